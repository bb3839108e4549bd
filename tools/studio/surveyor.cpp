#include "tools/studio/surveyor.h"

#include <utility>

#include "engine/jobs/placement_stats.h"

namespace stubble {

Surveyor::Surveyor(std::function<void()> wake, std::chrono::milliseconds rest)
    : wake_(std::move(wake)), rest_(rest), worker_([this] { work(); }) {}

Surveyor::~Surveyor() {
    called_.close();
    worker_.join();
}

void Surveyor::work() {
    const auto publish = [this](const Survey& survey) {
        found_.post(survey);
        wake_();
    };
    while (auto scene = called_.fetch()) {
        if (!called_.staysQuiet(kPause)) continue;
        Survey survey;
        survey.scene = *std::move(scene);
        survey.advice = lint(*survey.scene);
        survey.sessions = sessionFigures(*survey.scene);
        publish(survey);
        if (!called_.staysQuiet(rest_)) continue;
        survey.treatedCm2 = measureTreated(survey.scene->head->mesh, survey.scene->impressions).whole.areaCm2;
        publish(survey);
    }
}

}  // namespace stubble
