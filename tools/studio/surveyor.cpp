#include "tools/studio/surveyor.h"

#include <algorithm>
#include <utility>

#include "engine/jobs/placement_stats.h"

namespace stubble {
namespace {

/// "~14,000 dots in 2-4 h": docs/sources.md, practice.
constexpr double kDotsASitting = 14000, kLeastHours = 2, kMostHours = 4;

}  // namespace

std::vector<SessionFigures> sessionFigures(const Scene& scene) {
    const Impressions& dots = scene.impressions;
    const SmpDesign& smp = scene.design.smp;
    std::vector<SessionFigures> figures(static_cast<std::size_t>(std::max(smp.sessions, 1)));
    std::vector<double> loads(figures.size(), 0);
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const std::size_t session = dots.sessions[i];
        if (session >= figures.size()) continue;
        ++figures[session].dots;
        figures[session].diameterMm += double{dots.diametersMm[i]};
        loads[session] += double{dots.loads[i]};
    }
    for (std::size_t k = 0; k < figures.size(); ++k) {
        SessionFigures& f = figures[k];
        if (f.dots == 0) continue;
        const auto count = static_cast<double>(f.dots);
        f.share = count / static_cast<double>(dots.size());
        f.diameterMm /= count;
        f.dilution = kLoadPercentTimesDilution / (loads[k] / count);
    }
    return figures;
}

Hours hoursFor(std::size_t dots) {
    const double sittings = static_cast<double>(dots) / kDotsASitting;
    return {kLeastHours * sittings, kMostHours * sittings};
}

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
        Survey survey;
        survey.scene = *std::move(scene);
        survey.advice = lint(*survey.scene);
        survey.sessions = sessionFigures(*survey.scene);
        publish(survey);
        if (!called_.staysQuiet(rest_)) continue;
        survey.treatedCm2 =
            measurePlacement(survey.scene->head->mesh, survey.scene->impressions).whole.areaCm2;
        publish(survey);
    }
}

}  // namespace stubble
