// The shapes follow Norwood 1975, figures 1 to 12; the areas are calibrated on the built-in head to 40, 80,
// 130, 200 and 300 cm² for III, IV, V, VI and VII (docs/sources.md, hair: working defaults).
#include "engine/scalp/hair_loss.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/front_line.h"

namespace stubble {
namespace {

constexpr float kCurvatureRadiusMm = 90;  // of the skull, for bending chords to arcs
constexpr float kThinnedMm = 12;          // width of the border where hair is miniaturised. Working default
constexpr float kFarMm = 400;

float smoothStep(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

/// How a stage looks, mm.
struct Stage {
    float midpointMm = 66, templeRiseMm = -4, recessBackMm = 0;  ///< front line
    float crownRadiusMm = 0;                                     ///< patch around the whorl
    float wreathSideMm = 0;  ///< height of the wreath above the tragus; 0: no dome is bald
    float wreathBackMm = 0;  ///< and above the inion
};

Stage stageOf(Norwood norwood) {
    switch (norwood) {
        case Norwood::none:
            return {62, -9, 0, 0, 0, 0};
        case Norwood::I:
            return {};
        case Norwood::II:
            return {68, 8, 4, 0, 0, 0};
        case Norwood::III:
            return {70, 22, 10, 0, 0, 0};
        case Norwood::IIIVertex:
            return {69, 17, 8, 26, 0, 0};
        case Norwood::IV:
            return {74, 28, 13, 28, 0, 0};
        case Norwood::V:
            return {84, 41, 19, 38, 0, 0};
        case Norwood::VI:
            return {62, -9, 0, 0, 103, 84};
        case Norwood::VII:
            return {62, -9, 0, 0, 76, 60};
    }
    return {};
}

/// Signed distances from a chart curve: positive where `inside` (a closed polygon in the chart) contains the
/// vertex.
std::vector<float> signedFrom(const Head& head, const SkullTracer& tracer, std::span<const glm::vec2> curve,
                              bool closed, std::span<const glm::vec2> inside) {
    const PolylineDistance line(tracer.trace(curve, closed), kCurvatureRadiusMm);
    std::vector<float> result(head.mesh.positionsMm.size(), -kFarMm);
    if (line.empty()) return result;
    parallelFor(result.size(), [&](std::size_t i) {
        const float mm = std::min(line.nearest(head.mesh.positionsMm[i]).distanceMm, kFarMm);
        result[i] = isInside(inside, head.chartPositions[i]) ? mm : -mm;
    });
    return result;
}

/// mm behind a front line. All of the back of the head, nape and neck included, counts as behind.
std::vector<float> behindFront(const Head& head, const SkullGuides& guides, const FrontShape& shape) {
    const std::vector<glm::vec2> curve = smoothCurve(frontLinePoints(guides, shape), false);
    std::vector<glm::vec2> behind = curve;
    // Close the curve by a wide arc around the back of the map, from the left sideburn to the right one.
    constexpr int kSteps = 32;
    for (int i = 0; i <= kSteps; ++i) {
        const float angle = kPi * (1.0f + static_cast<float>(i) / kSteps);
        behind.emplace_back(4 * std::cos(angle), 4 * std::sin(angle));
    }
    return signedFrom(head, guides.tracer(), curve, false, behind);
}

/// A round patch about the whorl, a little longer than wide.
std::vector<glm::vec2> crownPatch(const SkullGuides& guides, float radiusMm) {
    constexpr float kWhorlAboveInionMm = 88;
    const glm::vec2 centre = guides.fromInion(0, kWhorlAboveInionMm);
    const glm::vec3 centreMm = guides.tracer().positionMm(centre).value_or(guides.chart().centreMm());
    const glm::vec3 normal = glm::normalize(centreMm - guides.chart().centreMm());
    const glm::vec3 across(1, 0, 0), up = glm::normalize(glm::cross(normal, across));
    std::vector<glm::vec2> points;
    constexpr int kPoints = 20;
    for (int i = 0; i < kPoints; ++i) {
        const float angle = 2 * kPi * static_cast<float>(i) / kPoints;
        points.push_back(guides.chart().chartFromMm(
            centreMm + radiusMm * (0.94f * std::cos(angle) * across + 1.08f * std::sin(angle) * up)));
    }
    return points;
}

/// What is bald above the wreath, from the forehead over the top to the back.
std::vector<glm::vec2> bareDome(const SkullGuides& guides, const Stage& stage) {
    std::vector<glm::vec2> points;
    const auto half = [&](Side side) -> std::vector<glm::vec2> {
        const glm::vec3 canthus = guides.canthusMm(side);
        const float high = stage.wreathSideMm;
        return {guides.onForehead(side, 0.5f, 22),
                guides.onForehead(side, 1, 22),
                guides.onSide(side, canthus.y + 0.38f * high, canthus.z - 30),
                guides.fromTragus(side, 0.80f * high, 24),
                guides.fromTragus(side, high, -6),
                guides.fromTragus(side, 0.98f * high, -36)};
    };
    const glm::vec2 back = guides.fromInion(0, stage.wreathBackMm);
    // Around the back the border swings evenly from the side to the middle.
    const auto swing = [&](glm::vec2 from, glm::vec2 to, float t) {
        float turn = std::atan2(to.y, to.x) - std::atan2(from.y, from.x);
        turn -= 2 * kPi * std::round(turn / (2 * kPi));
        const float angle = std::atan2(from.y, from.x) + t * turn;
        return glm::mix(glm::length(from), glm::length(to), t) * glm::vec2(std::cos(angle), std::sin(angle));
    };
    const std::vector<glm::vec2> right = half(Side::right), left = half(Side::left);
    points.push_back(guides.aboveGlabella(22));
    points.insert(points.end(), left.begin(), left.end());
    for (const float t : {0.33f, 0.67f, 1.0f}) points.push_back(swing(left.back(), back, t));
    for (const float t : {0.33f, 0.67f}) points.push_back(swing(back, right.back(), t));
    points.insert(points.end(), right.rbegin(), right.rend());
    return points;
}

}  // namespace

HairLossField hairLossField(const Head& head, Norwood norwood) {
    const SkullTracer tracer(head.mesh, head.chart);
    const SkullGuides guides(head.landmarks, head.chart, tracer);
    const Stage stage = stageOf(norwood), whole = stageOf(Norwood::none), grown = stageOf(Norwood::I);
    const auto frontOf = [&](const Stage& s) {
        FrontShape shape;
        shape.midpointMm = s.midpointMm, shape.templeRiseMm = s.templeRiseMm,
        shape.recessBackMm = s.recessBackMm;
        return behindFront(head, guides, shape);
    };
    const std::vector<float> natural = frontOf(whole), mature = frontOf(grown);
    HairLossField field;
    field.remainingMm = norwood == Norwood::none ? natural : frontOf(stage);
    const auto remove = [&](const std::vector<glm::vec2>& patch) {
        const std::vector<glm::vec2> curve = smoothCurve(patch, true);
        const std::vector<float> inside = signedFrom(head, tracer, curve, true, curve);
        for (std::size_t i = 0; i < inside.size(); ++i)
            field.remainingMm[i] = std::min(field.remainingMm[i], -inside[i]);
    };
    if (stage.crownRadiusMm > 0) remove(crownPatch(guides, stage.crownRadiusMm));
    if (stage.wreathSideMm > 0) remove(bareDome(guides, stage));

    const std::size_t count = natural.size();
    field.recededMm.resize(count);
    field.share.resize(count);
    std::vector<float> lost(count);
    for (std::size_t i = 0; i < count; ++i) {
        field.recededMm[i] = natural[i] - field.remainingMm[i];
        // The natural front is a soft edge of the mask already; only a border that moved thins the hair
        // behind it.
        const auto shareBehind = [&](float remainingMm) {
            const float thinned = smoothStep(-0.5f * kThinnedMm, 0.5f * kThinnedMm, remainingMm);
            return head.scalpMask[i] * (1 - smoothStep(0, 6, natural[i] - remainingMm) * (1 - thinned));
        };
        field.share[i] = shareBehind(field.remainingMm[i]);
        lost[i] = std::max(shareBehind(mature[i]) - field.share[i], 0.0f);
    }
    field.baldCm2 = integralOverCm2(head.mesh, lost);
    return field;
}

}  // namespace stubble
