#pragma once
// Which way hair leaves the scalp: a field in the scalp chart.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/scalp/head.h"

namespace stubble {

enum class WhorlTurn { clockwise, anticlockwise };  ///< seen from above

/// Clockwise in about nine of ten seeds.
WhorlTurn whorlTurnOf(std::uint64_t seed);

/// Unit direction of growth in the chart: a spiral out of the crown, forwards over the top, down at the sides
/// and the nape.
glm::vec2 growthInChart(glm::vec2 chart, WhorlTurn turn);

/// The angle between hair and skin: mean and half the range, radians.
struct EmergenceAngle {
    float mean = 0, halfRange = 0;
};
EmergenceAngle emergenceAngle(glm::vec2 chart);

/// growthInChart carried to the surface: one vector a vertex, unit and tangential to it, by the chart's
/// derivative on the triangles around it.
std::vector<glm::vec3> growthAtVertices(const Head& head, WhorlTurn turn);

}  // namespace stubble
