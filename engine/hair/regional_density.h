#pragma once
// Where on the scalp hair stands denser and where thinner by nature.

#include <vector>

#include "engine/scalp/head.h"

namespace stubble {

/// Density of full hair relative to that of the middle of the front hairline: a smooth field in the chart,
/// the same on both sides.
float relativeDensity(glm::vec2 chart);

/// Hairs/cm² of a full head at each vertex, whose mean over the scalp (by head.scalpMask) is the one given.
std::vector<float> fullHairsPerCm2(const Head& head, float meanPerCm2);

}  // namespace stubble
