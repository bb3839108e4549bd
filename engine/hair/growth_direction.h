#pragma once
// Which way hair leaves the scalp: a field in the scalp chart.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/hair/hair.h"
#include "engine/scalp/head.h"

namespace stubble {

enum class WhorlTurn { clockwise, anticlockwise };  ///< seen from above

/// A centre of the crown, in the chart.
struct Whorl {
    glm::vec2 centre{0, -0.45f};  ///< working default: the crown on the midline
    WhorlTurn turn = WhorlTurn::clockwise;
};

/// Clockwise in about nine of ten seeds.
WhorlTurn whorlTurnOf(std::uint64_t seed);

/// One whorl or two, as the design says. Two lie side by side and turn against each other, the right one
/// clockwise.
std::vector<Whorl> whorlsOf(const Head& head, const HairDesign& hair, std::uint64_t seed);

/// Unit direction of growth in the chart: a spiral out of the crown, forwards over the top, down at the sides
/// and the nape. Near one whorl of several it is that one's own. At least one whorl.
glm::vec2 growthInChart(glm::vec2 chart, std::span<const Whorl> whorls);

/// The angle between hair and skin: mean and half the range, radians.
struct EmergenceAngle {
    float mean = 0, halfRange = 0;
};
EmergenceAngle emergenceAngle(glm::vec2 chart);

/// growthInChart carried to the surface: one vector a vertex, unit and tangential to it, by the chart's
/// derivative on the triangles around it.
std::vector<glm::vec3> growthAtVertices(const Head& head, std::span<const Whorl> whorls);

}  // namespace stubble
