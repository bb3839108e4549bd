#include "engine/jobs/session_figures.h"

#include <algorithm>

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

}  // namespace stubble
