#pragma once
// Everything that a sheet for the treatment room says of a design. Apart from how it is written down.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/image.h"
#include "engine/jobs/flat_template.h"
#include "engine/jobs/lint.h"
#include "engine/jobs/mismatch.h"
#include "engine/jobs/placement_stats.h"
#include "engine/jobs/session_figures.h"
#include "engine/scalp/head_load.h"

namespace stubble {

struct PlanJob {
    Design design;
    HeadSource head;
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::string light = "studio";          ///< one of lightNames()
    std::string software;                  ///< "stubble 1.2.3": what the sheet says it is made by
    bool picture = true;
    bool blending = true;  ///< measured as `stubble mismatch` does it, which takes most of the time
    ContextOptions gl;
};

/// Up to which hair length pigment and hair blend.
struct PlanBlending {
    MismatchSight sight;
    BlendingLength length;
    float clipEveryDays = 0;  ///< 0 where there is no such interval
    float growthMmPerDay = 0;
};

/// The design's cartridge, in practice's range of widths.
struct PlanNeedle {
    int points = 0;
    double leastMm = 0.15, mostMm = 0.30;
};

struct PlanSession {
    SessionFigures figures;
    Hours hours;
    double day = 0;  ///< from the first session on
};

/// What happens after each session.
struct PlanAftercare {
    double fromDays = 0, toDays = 0;
    std::string_view key;   ///< "crusts": stable
    std::string_view what;  ///< a sentence
};
/// In the order of days. Sources: docs/sources.md, Healing.
std::span<const PlanAftercare> planAftercare();

struct Plan {
    Design design;
    std::string headName, importReport;  ///< sentences for a person; empty for a built-in head
    std::string software;
    std::string camera, light;  ///< of the picture
    std::optional<ImageRgb8> picture;
    std::size_t dots = 0;
    double areaCm2 = 0;  ///< treated skin
    std::vector<PlacementStats::ZonePart> zones;
    PlanNeedle needle;
    std::vector<PlanSession> sessions;
    Hours hours;  ///< of all sessions
    FlatTemplate hairline;
    std::vector<LintNote> advice;
    std::optional<PlanBlending> blending;
    std::string whyNoBlending;  ///< a sentence, where there is none

    [[nodiscard]] double dotsPerCm2() const { return areaCm2 > 0 ? static_cast<double>(dots) / areaCm2 : 0; }
};

/// Bakes, measures, renders what the job asks for. A picture and blending need OpenGL. `progress` may be
/// null.
Result<Plan> makePlan(const PlanJob& job, Progress* progress = nullptr);

}  // namespace stubble
