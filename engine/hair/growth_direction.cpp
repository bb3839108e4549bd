#include "engine/hair/growth_direction.h"

#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

constexpr float kClockwiseShare = 0.89f;  ///< clockwise whorls: 84 to 94 %
constexpr float kWhorlReach = 0.22f;      ///< chart radius in which the spiral unwinds; working default
constexpr float kWhorlTwistDegrees = 70;  ///< between growth and the radius at the centre; working default

constexpr float kBetweenTwinsMm = 40;  ///< centres of a double whorl; working default

/// Emergence angles in degrees. Front 10–20, temple 3–10, mid-scalp 30–60, crown like mid-scalp; sides and
/// nape are a working default between temple and front.
constexpr EmergenceAngle kMidScalp{45, 15}, kFront{15, 5}, kTemple{6.5f, 3.5f}, kSides{18, 5};

EmergenceAngle mix(EmergenceAngle a, EmergenceAngle b, float t) {
    return {glm::mix(a.mean, b.mean, t), glm::mix(a.halfRange, b.halfRange, t)};
}

}  // namespace

WhorlTurn whorlTurnOf(std::uint64_t seed) {
    return unitFloat(hashCounters(seed, 0x77686f726c)) < kClockwiseShare ? WhorlTurn::clockwise
                                                                         : WhorlTurn::anticlockwise;
}

std::vector<Whorl> whorlsOf(const Head& head, const HairDesign& hair, std::uint64_t seed) {
    const glm::vec2 crown = Whorl{}.centre;
    const auto beside = [&](float rightMm) {
        if (rightMm == 0) return crown;
        // Millimetres of skin a chart unit there, over a step to the right.
        constexpr float kStep = 0.05f;
        const std::shared_ptr<const Skull> skull = skullOf(head);
        const auto from = skull->tracer().positionMm(crown),
                   to = skull->tracer().positionMm(crown + glm::vec2(kStep, 0));
        const float mmPerUnit = from && to ? glm::distance(*from, *to) / kStep : kSkullRadiusMm * kPi / 2;
        return crown + glm::vec2(rightMm / mmPerUnit, 0);
    };
    switch (hair.whorl) {
        case WhorlKind::seed:
            return {{beside(hair.whorlSideMm), whorlTurnOf(seed)}};
        case WhorlKind::clockwise:
            return {{beside(hair.whorlSideMm), WhorlTurn::clockwise}};
        case WhorlKind::anticlockwise:
            return {{beside(hair.whorlSideMm), WhorlTurn::anticlockwise}};
        case WhorlKind::twin:
            return {{beside(hair.whorlSideMm + kBetweenTwinsMm / 2), WhorlTurn::clockwise},
                    {beside(hair.whorlSideMm - kBetweenTwinsMm / 2), WhorlTurn::anticlockwise}};
    }
    return {Whorl{}};
}

glm::vec2 growthInChart(glm::vec2 chart, std::span<const Whorl> whorls) {
    glm::vec2 sum(0);
    for (const Whorl& whorl : whorls) {
        const glm::vec2 fromWhorl = chart - whorl.centre;
        const float distance = glm::length(fromWhorl);
        if (distance < 1e-6f) return {0, 1};  // the very centre has no direction of its own
        const glm::vec2 outwards = fromWhorl / distance;
        const float sign = whorl.turn == WhorlTurn::clockwise ? 1.0f : -1.0f;
        const glm::vec2 around = sign * glm::vec2(outwards.y, -outwards.x);
        const float twist = radiansFromDegrees(kWhorlTwistDegrees) * std::exp(-distance / kWhorlReach);
        sum += (std::cos(twist) * outwards + std::sin(twist) * around) / (distance * distance);
    }
    const float length = glm::length(sum);
    // Between two whorls there is a place where they cancel.
    return length > 0 ? sum / length : glm::vec2(0, 1);
}

EmergenceAngle emergenceAngle(glm::vec2 chart) {
    // Borders in the chart are working defaults: the hairline of an adult lies at about y = 0.5.
    const EmergenceAngle middle = mix(kMidScalp, kFront, glm::smoothstep(0.2f, 0.5f, chart.y));
    const EmergenceAngle side = mix(kSides, kTemple, glm::smoothstep(-0.1f, 0.25f, chart.y));
    const EmergenceAngle across = mix(middle, side, glm::smoothstep(0.45f, 0.75f, std::abs(chart.x)));
    const EmergenceAngle all = mix(across, kSides, glm::smoothstep(0.6f, 0.9f, -chart.y));
    return {radiansFromDegrees(all.mean), radiansFromDegrees(all.halfRange)};
}

std::vector<glm::vec3> growthAtVertices(const Head& head, std::span<const Whorl> whorls) {
    const TriMesh& mesh = head.mesh;
    std::vector<glm::vec3> growth(mesh.positionsMm.size(), glm::vec3(0));
    for (const glm::uvec3& t : mesh.triangles) {
        const glm::vec2 c0 = head.chartPositions[t.x];
        const glm::vec2 u = head.chartPositions[t.y] - c0, v = head.chartPositions[t.z] - c0;
        const float area = u.x * v.y - u.y * v.x;
        if (std::abs(area) < 1e-12f) continue;  // folded in the chart, as ears are
        const glm::vec2 wanted = growthInChart(c0 + (u + v) / 3.0f, whorls);
        const float a = (wanted.x * v.y - wanted.y * v.x) / area,
                    b = (u.x * wanted.y - u.y * wanted.x) / area;
        const glm::vec3 step = a * (mesh.positionsMm[t.y] - mesh.positionsMm[t.x]) +
                               b * (mesh.positionsMm[t.z] - mesh.positionsMm[t.x]);
        const float length = glm::length(step);
        if (!(length > 0)) continue;
        for (int k = 0; k < 3; ++k) growth[t[k]] += step / length;
    }
    for (std::size_t i = 0; i < growth.size(); ++i) {
        const glm::vec3 normal = mesh.normals[i];
        glm::vec3 along = growth[i] - glm::dot(growth[i], normal) * normal;
        // At the whorl's centre neighbours cancel: then any tangent, downhill or to the front.
        if (glm::dot(along, along) < 1e-8f) along = glm::vec3(0, -1, 0) + normal.y * normal;
        if (glm::dot(along, along) < 1e-8f) along = {0, 0, 1};
        growth[i] = glm::normalize(along);
    }
    return growth;
}

}  // namespace stubble
