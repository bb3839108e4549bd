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
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_one();
    worker_.join();
}

void Surveyor::look(std::shared_ptr<const Scene> scene) {
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(scene);
    }
    arrived_.notify_one();
}

std::optional<Survey> Surveyor::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(found_, std::nullopt);
}

void Surveyor::publish(const Survey& survey) {
    {
        const std::lock_guard lock(mutex_);
        found_ = survey;
    }
    wake_();
}

void Surveyor::work() {
    const auto isCalled = [this] { return ending_ || next_; };
    std::unique_lock lock(mutex_);
    for (;;) {
        arrived_.wait(lock, isCalled);
        if (ending_) return;
        Survey survey;
        survey.scene = std::exchange(next_, nullptr);
        lock.unlock();
        survey.advice = lint(*survey.scene);
        survey.sessions = sessionFigures(*survey.scene);
        publish(survey);
        lock.lock();
        if (arrived_.wait_for(lock, rest_, isCalled)) continue;
        lock.unlock();
        survey.treatedCm2 =
            measurePlacement(survey.scene->head->mesh, survey.scene->impressions).whole.areaCm2;
        publish(survey);
        lock.lock();
    }
}

}  // namespace stubble
