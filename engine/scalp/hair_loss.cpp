// Norwood, "Male pattern baldness: classification and incidence", Southern Medical Journal, 1975. The
// outlines are drawn after its figures and sized to the bald areas in docs/sources.md, hair.

#include "engine/scalp/hair_loss.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/units.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/front_line.h"
#include "engine/scalp/scalp_region.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

constexpr float kMiniaturisedMm = 10;  // belt between bald and full; working default

constexpr std::array<std::string_view, kNorwoodCount> kNames = {"none", "I", "II", "III", "IIIVertex",
                                                                "IV",   "V", "VI", "VII"};

/// What hair has left: a front that has moved back, a spot around the crown, or all above a fringe.
struct Pattern {
    FrontShape front;
    float spotY = 0;                // centre of the crown's spot in the chart
    glm::vec2 spotRadii{0};         // across and along
    std::vector<glm::vec2> fringe;  // upper border of the wreath from the right temple back to the middle
};

// Chart figures are working defaults, calibrated as described in docs/sources.md.
Pattern patternOf(Norwood norwood) {
    switch (norwood) {
        case Norwood::none:
            return {{64, -9, 0, 0, 0, 0, false}, 0, {}, {}};
        case Norwood::I:
            return {{65, -5, 0, 0, 0, 0, false}, 0, {}, {}};
        case Norwood::II:
            return {{66, 4, 0, 0, 1, -2, false}, 0, {}, {}};
        case Norwood::III:
            return {{67.5f, 15, 0, 0, 5, -4, false}, 0, {}, {}};
        case Norwood::IIIVertex:
            return {{67.5f, 15, 0, 0, 5, -4, false}, -0.40f, {0.13f, 0.12f}, {}};
        case Norwood::IV:
            return {{69, 20, 0, 0, 7, -5, false}, -0.39f, {0.175f, 0.16f}, {}};
        case Norwood::V:
            return {{72, 27, 0, 0, 10, -7, false}, -0.37f, {0.245f, 0.22f}, {}};
        case Norwood::VI:
            return {{72, 27, 0, 0, 10, -7, false},
                    -0.37f,
                    {0.245f, 0.22f},
                    {{0.46f, 0.60f},
                     {0.35f, 0.46f},
                     {0.265f, 0.25f},
                     {0.23f, 0},
                     {0.235f, -0.25f},
                     {0.21f, -0.43f},
                     {0.12f, -0.55f}}};
        case Norwood::VII:
            return {{72, 27, 0, 0, 10, -7, false},
                    -0.37f,
                    {0.245f, 0.22f},
                    {{0.51f, 0.72f},
                     {0.515f, 0.5f},
                     {0.445f, 0.25f},
                     {0.405f, 0},
                     {0.415f, -0.25f},
                     {0.385f, -0.52f},
                     {0.24f, -0.71f}}};
    }
    return {};
}

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

void losePattern(std::vector<float>& share, const Head& head, const SkullGuides& guides,
                 const Pattern& pattern) {
    constexpr float kBelt = 0.5f * kMiniaturisedMm;
    // What is left where a border's side of hair is positive.
    const auto keepOnly = [&](const std::vector<glm::vec3>& borderMm, std::span<const glm::vec2> region,
                              float sideOfHair) {
        const std::vector<float> distances =
            signedDistancesMm(head.mesh, head.chartPositions, borderMm, region, kMiniaturisedMm);
        for (std::size_t i = 0; i < share.size(); ++i)
            share[i] = std::min(share[i], smoothStep(-kBelt, kBelt, sideOfHair * distances[i]));
    };
    const auto lose = [&](const std::vector<glm::vec2>& knots) {
        const std::vector<glm::vec2> region = smoothCurve(knots, true);
        keepOnly(guides.tracer().trace(region, true), region, -1);
    };

    const std::vector<glm::vec2> front = smoothCurve(frontLinePoints(guides, pattern.front), false);
    keepOnly(guides.tracer().trace(front, false), regionBehind(front), 1);
    if (pattern.spotRadii.x > 0) {
        std::vector<glm::vec2> ellipse;
        constexpr int kKnots = 16;
        for (int k = 0; k < kKnots; ++k) {
            const float angle = 2 * kPi * static_cast<float>(k) / kKnots;
            ellipse.push_back(glm::vec2(0, pattern.spotY) +
                              pattern.spotRadii * glm::vec2(std::sin(angle), std::cos(angle)));
        }
        lose(ellipse);
    }
    if (!pattern.fringe.empty())
        lose(mirroredClosed(pattern.fringe, {0, pattern.fringe.back().y - 0.04f}, {0, 0.88f}));
}

}  // namespace

std::string_view norwoodName(Norwood norwood) {
    return kNames[static_cast<std::size_t>(norwood)];
}

std::optional<Norwood> norwoodFromName(std::string_view name) {
    for (int i = 0; i < kNorwoodCount; ++i)
        if (kNames[i] == name) return static_cast<Norwood>(i);
    return std::nullopt;
}

std::vector<float> hairShare(const Head& head, Norwood norwood) {
    std::vector<float> share = head.scalpMask;
    const std::shared_ptr<const Skull> skull = skullOf(head);
    for (int stage = 1; stage <= static_cast<int>(norwood); ++stage)
        losePattern(share, head, skull->guides(), patternOf(static_cast<Norwood>(stage)));
    return share;
}

double baldAreaCm2(const Head& head, std::span<const float> share) {
    std::vector<float> lost(share.size());
    for (std::size_t i = 0; i < lost.size(); ++i) lost[i] = head.scalpMask[i] - share[i];
    return integralOverCm2(head.mesh, lost);
}

}  // namespace stubble
