#include "engine/scalp/zones.h"

#include <cmath>

namespace stubble {
namespace {

struct Names {
    std::string_view name, key, meaning;
};
constexpr std::array<Names, kZoneCount> kNames = {
    {{"front edge", "frontEdge", "the first 10 mm behind the hairline over the forehead"},
     {"transition", "transition", "the next 15 mm, where density rises"},
     {"forelock", "forelock", "behind it in the middle, to just before the line from ear to ear"},
     {"mid-scalp", "midScalp", "between forelock and crown"},
     {"crown", "crown", "around the whorl"},
     {"temples", "temples", "beside the forelock and in front of the ears, sideburns included"},
     {"sides", "sides", "above and behind the ears"},
     {"nape", "nape", "the back below the crown"},
     {"scar", "scar", "in a scar, wherever it lies"},
     {"outside", "outside", "before the hairline"}}};
static_assert(static_cast<int>(Zone::outside) == kTreatedZoneCount && kTreatedZoneCount + 1 == kZoneCount);

// The transition zone of single-hair units is 5 to 10 mm wide, density rises behind it: docs/sources.md,
// hairline. Chart figures are working defaults.
constexpr float kFrontEdgeMm = 10, kTransitionMm = kZoneReachMm;
constexpr float kTopHalfWidth = 0.36f;  // of the top in the chart: about the vertical of the lateral canthus
constexpr float kForelockY = 0.06f;     // behind here begins the mid-scalp
constexpr float kCrownY = -0.16f;       // and behind here the crown
constexpr glm::vec2 kWhorl{0, -0.38f};
constexpr float kCrownRadius = 0.30f;
constexpr float kTempleY = 0.12f;        // beside the top, in front of here: temples
constexpr float kForeheadSlope = 1.5f;   // over the forehead, |x| is less than this times y
constexpr float kNapeHalfAngle = 0.72f;  // tangent of the nape's half width in azimuth, about 36°

constexpr int kSplit = 4;  // a triangle's edges are split in so many to measure zones

}  // namespace

std::string_view zoneName(Zone zone) {
    return kNames[static_cast<std::size_t>(zone)].name;
}

std::string_view zoneKey(Zone zone) {
    return kNames[static_cast<std::size_t>(zone)].key;
}

std::string_view zoneMeaning(Zone zone) {
    return kNames[static_cast<std::size_t>(zone)].meaning;
}

std::optional<Zone> zoneFromName(std::string_view name) {
    for (int i = 0; i < kZoneCount; ++i)
        if (kNames[i].name == name) return static_cast<Zone>(i);
    return std::nullopt;
}

Zone zoneAt(glm::vec2 chart, float hairlineDistanceMm) {
    const float out = std::abs(chart.x);
    if (hairlineDistanceMm < 0) return Zone::outside;
    const bool front = chart.y > kTempleY && out < kForeheadSlope * chart.y && out < kTopHalfWidth;
    if (front && hairlineDistanceMm < kFrontEdgeMm) return Zone::frontEdge;
    if (front && hairlineDistanceMm < kTransitionMm) return Zone::transition;
    if (glm::distance(chart, kWhorl) < kCrownRadius) return Zone::crown;
    if (out < kTopHalfWidth) {
        if (chart.y > kForelockY) return Zone::forelock;
        if (chart.y > kCrownY) return Zone::midScalp;
    }
    if (chart.y > kTempleY) return Zone::temples;
    if (chart.y < kCrownY && out < -kNapeHalfAngle * chart.y) return Zone::nape;
    return Zone::sides;
}

std::array<double, kZoneCount> zoneAreasCm2(const Head& head, const HairlineField& hairline) {
    std::array<double, kZoneCount> areas{};
    for (std::uint32_t i = 0; i < head.mesh.triangles.size(); ++i) {
        const glm::uvec3 t = head.mesh.triangles[i];
        const glm::vec3 mask(head.craniumMask[t.x], head.craniumMask[t.y], head.craniumMask[t.z]);
        if (mask == glm::vec3(0)) continue;
        const glm::vec3 distance(hairline.signedDistanceMm[t.x], hairline.signedDistanceMm[t.y],
                                 hairline.signedDistanceMm[t.z]);
        const double part = triangleAreaMm2(head.mesh, i) / (100.0 * kSplit * kSplit);
        const auto add = [&](glm::vec3 b) {
            const glm::vec2 chart = b.x * head.chartPositions[t.x] + b.y * head.chartPositions[t.y] +
                                    b.z * head.chartPositions[t.z];
            areas[static_cast<std::size_t>(zoneAt(chart, glm::dot(b, distance)))] += part * glm::dot(b, mask);
        };
        for (int row = 0; row < kSplit; ++row)
            for (int column = 0; column < kSplit - row; ++column) {
                const auto at = [&](float third) {
                    const glm::vec2 c((static_cast<float>(row) + third) / kSplit,
                                      (static_cast<float>(column) + third) / kSplit);
                    return glm::vec3(c.x, c.y, 1 - c.x - c.y);
                };
                add(at(1.0f / 3));
                if (row + column + 1 < kSplit) add(at(2.0f / 3));
            }
    }
    return areas;
}

}  // namespace stubble
