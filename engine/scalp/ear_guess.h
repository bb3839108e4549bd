#pragma once
// Finds an ear, and the tragus before it, on a map of the side of the head.

#include <optional>

#include "engine/scalp/head_probe.h"

namespace stubble {

struct EarGuess {
    glm::vec3 tragus{0};  ///< in the probe's frame
    float confidence = 0;
};

/// Looks around where proportions put the tragus (y, z in the probe's frame; scale 1 for an average head) on
/// the left (side = 1) or right (−1). Empty when no auricle stands out there.
std::optional<EarGuess> findEar(const HeadProbe& probe, float side, float usualY, float usualZ, float scale);

}  // namespace stubble
