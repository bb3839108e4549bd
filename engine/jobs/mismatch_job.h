#pragma once
// Everything that `stubble mismatch` says of a design.

#include <nlohmann/json.hpp>
#include <optional>

#include "engine/jobs/mismatch.h"
#include "engine/jobs/mismatch_map.h"
#include "engine/scalp/head_load.h"

namespace stubble {

struct MismatchJob {
    Design design;
    HeadSource head;
    MismatchSight sight;
    std::optional<float> lengthMm;  ///< of map and report; unset: the design's own
    bool map = true;                ///< the picture, and figures of all treated skin in sight
    bool report = true;             ///< angles and relief too
    bool curve = false;             ///< mismatchCurve too
    ContextOptions gl;
};

struct MismatchReport {
    MismatchJob job;
    float lengthMm = 0;
    std::string renderer, importReport;
    BlendingLength blending;
    std::string sentence;
    std::optional<MismatchMap> map;
    std::optional<MismatchMeasure> window;  ///< at lengthMm
    std::optional<MismatchAngles> byTurn, byLamp;
    std::optional<ReliefPair> relief;
    std::vector<MismatchPoint> curve;
    double seconds = 0;
};

/// Bakes, renders, measures. Fails where no hair was lost or the camera sees none of the treated skin.
/// `progress` may be null.
Result<MismatchReport> runMismatch(const MismatchJob& job, Progress* progress = nullptr);

/// Figures with their units in the keys, and what they were taken of and with. Same input, same bytes.
nlohmann::ordered_json mismatchJson(const MismatchReport& report);

}  // namespace stubble
