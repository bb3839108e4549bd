// Between two stages the border moves as the blend of their signed distances: Cohen-Or, Solomovici and Levin,
// "Three-dimensional distance field metamorphosis", 1998.

#include "engine/scalp/hair_loss.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/units.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/scalp_region.h"
#include "engine/scalp/skull.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {
namespace {

// Working defaults, unless said otherwise.
constexpr float kMiniaturisedMm = 16;  // belt between bald and full
constexpr float kBelt = 0.5f * kMiniaturisedMm;
constexpr float kSweepMm = 40;       // as far as borders move from one stage to the next
constexpr float kAsymmetryMm = 12;   // of border that one side is ahead at most (hair_loss.h)
constexpr float kAheadFrom = 0.25f;  // chart x from which a side is wholly ahead
/// Ludwig's field: an oval of the chart that leaves a front band of some two centimetres, full in its inner
/// part, and the share of hair it has lost at no loss and at grades I to III ("full baldness" at III:
/// Ludwig).
constexpr glm::vec2 kLudwigCentre{0, -0.08f}, kLudwigRadii{0.42f, 0.50f};
constexpr float kLudwigFull = 0.45f;
constexpr std::array<float, 4> kLudwigLoss = {0, 0.3f, 0.65f, 1};

float smoothStep(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

std::vector<glm::vec2> mirroredClosed(const std::vector<glm::vec2>& right, glm::vec2 back, glm::vec2 front) {
    std::vector<glm::vec2> points{front};
    points.insert(points.end(), right.begin(), right.end());
    points.push_back(back);
    for (auto p = right.rbegin(); p != right.rend(); ++p) points.push_back({-p->x, p->y});
    return points;
}

/// How far each vertex lies on hair's side of the border, mm; empty where there is no such border.
struct Depths {
    std::vector<float> front;  ///< front line and ring
    std::vector<float> spot;
};

/// Lowers depths by what a stage has lost, no farther than ±reachMm.
void losePattern(Depths& depths, const Head& head, const SkullGuides& guides, const NorwoodPattern& pattern,
                 float reachMm) {
    const auto lower = [&](std::vector<float>& depth, std::vector<glm::vec3> borderMm,
                           std::span<const glm::vec2> region, float sideOfHair) {
        const std::vector<float> distances =
            signedDistancesMm(head.mesh, head.chartPositions, std::move(borderMm), region, reachMm);
        depth.resize(distances.size(), reachMm);
        for (std::size_t i = 0; i < depth.size(); ++i)
            depth[i] = std::min(depth[i], sideOfHair * distances[i]);
    };
    const auto lose = [&](std::vector<float>& depth, const std::vector<glm::vec2>& knots) {
        const std::vector<glm::vec2> region = smoothCurve(knots, true);
        lower(depth, guides.tracer().trace(region, true), region, -1);
    };
    const std::vector<glm::vec2> front = smoothCurve(frontLinePoints(guides, pattern.front), false);
    lower(depths.front, guides.tracer().trace(front, false), regionBehind(front), 1);
    if (pattern.spotRadii.x > 0) {
        std::vector<glm::vec2> ellipse;
        constexpr int kKnots = 16;
        for (int k = 0; k < kKnots; ++k) {
            const float angle = 2 * kPi * static_cast<float>(k) / kKnots;
            ellipse.push_back(glm::vec2(0, pattern.spotY) +
                              pattern.spotRadii * glm::vec2(std::sin(angle), std::cos(angle)));
        }
        lose(depths.spot, ellipse);
    }
    if (!pattern.ring.empty())
        lose(depths.front, mirroredClosed(pattern.ring, {0, pattern.ring.back().y - 0.04f}, {0, 0.88f}));
}

/// A border that the later stage has and the earlier one lacks starts as the later one's, moved back until
/// nothing is lost: a spot opens in its middle.
void startFrom(std::vector<float>& earlier, const std::vector<float>& later, const Head& head,
               float aheadMm) {
    if (!earlier.empty() || later.empty()) return;
    float deepest = kBelt + aheadMm;
    for (std::size_t i = 0; i < later.size(); ++i)
        if (head.scalpMask[i] > 0) deepest = std::min(deepest, later[i]);
    earlier = later;
    for (float& depth : earlier) depth += kBelt + aheadMm - deepest;
}

std::vector<float> nearerOf(const Depths& depths) {
    if (depths.spot.empty()) return depths.front;
    std::vector<float> nearer = depths.front;
    for (std::size_t i = 0; i < nearer.size(); ++i) nearer[i] = std::min(nearer[i], depths.spot[i]);
    return nearer;
}

void loseByNorwood(std::vector<float>& share, const Head& head, const HairLoss& loss) {
    const Norwood next = loss.norwoodProgress > 0 ? nextStage(loss.norwood) : loss.norwood;
    const Norwood stage = loss.norwoodProgress < 1 ? loss.norwood : next;
    const bool isBetween = stage != next;
    if (next == Norwood::none) return;
    const std::shared_ptr<const Skull> skull = skullOf(head);
    const float aheadMm = kAsymmetryMm * std::abs(loss.lossAsymmetry);
    const float reachMm = isBetween ? kSweepMm : kMiniaturisedMm + aheadMm;
    Depths depths;
    const std::vector<Norwood> upToStage = stagesUpTo(stage), upToNext = stagesUpTo(next);
    for (const Norwood before : upToStage)
        losePattern(depths, head, skull->guides(), patternOf(before), reachMm);
    std::vector<float> depth;
    if (isBetween) {
        Depths later = depths;
        for (const Norwood added : upToNext)
            if (std::ranges::count(upToStage, added) == 0)
                losePattern(later, head, skull->guides(), patternOf(added), reachMm);
        startFrom(depths.front, later.front, head, aheadMm);
        startFrom(depths.spot, later.spot, head, aheadMm);
        depth = nearerOf(depths);
        const std::vector<float> end = nearerOf(later);
        for (std::size_t i = 0; i < depth.size(); ++i) depth[i] += loss.norwoodProgress * (end[i] - depth[i]);
    } else {
        depth = nearerOf(depths);
    }
    const float side = loss.lossAsymmetry < 0 ? -1.0f : 1.0f;
    for (std::size_t i = 0; i < share.size(); ++i) {
        const float ahead = aheadMm * smoothStep(0, kAheadFrom, side * head.chartPositions[i].x);
        share[i] = std::min(share[i], smoothStep(-kBelt, kBelt, depth[i] - ahead));
    }
}

/// Share of hair lost at a place.
float ludwigLoss(glm::vec2 chart, float grade) {
    const auto i = std::min(static_cast<std::size_t>(grade), kLudwigLoss.size() - 2);
    const float lost = glm::mix(kLudwigLoss[i], kLudwigLoss[i + 1], grade - static_cast<float>(i));
    return lost * (1 - smoothStep(kLudwigFull, 1, glm::length((chart - kLudwigCentre) / kLudwigRadii)));
}

}  // namespace

std::vector<float> hairShare(const Head& head, const HairLoss& loss) {
    std::vector<float> share = head.scalpMask;
    loseByNorwood(share, head, loss);
    for (std::size_t i = 0; i < share.size(); ++i)
        share[i] *= (1 - ludwigLoss(head.chartPositions[i], loss.ludwig)) * (1 - loss.diffuseLoss);
    return share;
}

double baldAreaCm2(const Head& head, std::span<const float> share) {
    std::vector<float> lost(share.size());
    for (std::size_t i = 0; i < lost.size(); ++i) lost[i] = head.scalpMask[i] - share[i];
    return integralOverCm2(head.mesh, lost);
}

}  // namespace stubble
