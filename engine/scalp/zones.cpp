#include "engine/scalp/zones.h"

#include <cmath>

namespace stubble {
namespace {

// The first edge and the transition zone are 0.5 to 1 cm of single hairs (docs/sources.md, hairline); the
// borders farther back are working defaults in chart units.
constexpr float kFrontEdgeMm = 5, kTransitionMm = 15;
constexpr float kNapeFrom = -0.80f, kSidesFrom = 0.62f, kTemplesFrom = 0.36f, kTemplesFront = 0.30f;
constexpr float kForelockFront = 0.28f;
constexpr glm::vec2 kCrown(0, -0.45f);
constexpr float kCrownRadius = 0.30f;

}  // namespace

std::string_view zoneName(Zone zone) {
    constexpr std::array<std::string_view, kZoneCount> kNames = {
        "front edge", "transition", "forelock", "mid-scalp", "crown", "temples", "sides", "nape"};
    return kNames[static_cast<std::size_t>(zone)];
}

Zone zoneAt(glm::vec2 chart, float behindHairlineMm) {
    if (behindHairlineMm < kFrontEdgeMm) return Zone::frontEdge;
    if (behindHairlineMm < kTransitionMm) return Zone::transition;
    if (glm::length(chart - kCrown) < kCrownRadius) return Zone::crown;
    if (chart.y < kNapeFrom) return Zone::nape;
    if (std::abs(chart.x) > kTemplesFrom && chart.y > kTemplesFront) return Zone::temples;
    if (std::abs(chart.x) > kSidesFrom) return Zone::sides;
    return chart.y > kForelockFront ? Zone::forelock : Zone::midScalp;
}

}  // namespace stubble
