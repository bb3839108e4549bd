#include "tools/studio/hairline_rule.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {
namespace {

/// The chart place so far from two places, near `start`: Newton's method with differences.
std::optional<glm::vec2> placeAwayFrom(const SkullGuides& guides, glm::vec3 a, glm::vec3 b, float awayMm,
                                       glm::vec2 start) {
    constexpr int kSteps = 12;
    constexpr float kDifference = 0.01f, kMaxStep = 0.1f, kGoodMm = 0.2f;
    const auto missing = [&](glm::vec2 chart) -> std::optional<glm::vec2> {
        const auto at = guides.tracer().positionMm(chart);
        if (!at) return std::nullopt;
        return glm::vec2(lengthMm(layTape(guides, a, *at)), lengthMm(layTape(guides, b, *at))) - awayMm;
    };
    glm::vec2 place = start;
    for (int i = 0; i < kSteps; ++i) {
        const auto here = missing(place), right = missing(place + glm::vec2(kDifference, 0)),
                   up = missing(place + glm::vec2(0, kDifference));
        if (!here || !right || !up) return std::nullopt;
        if (glm::length(*here) < kGoodMm) return place;
        const glm::mat2 slopes((*right - *here) / kDifference, (*up - *here) / kDifference);
        if (std::abs(glm::determinant(slopes)) < 1e-3f) return std::nullopt;
        glm::vec2 step = -(glm::inverse(slopes) * *here);
        if (const float length = glm::length(step); length > kMaxStep) step *= kMaxStep / length;
        place += step;
    }
    return std::nullopt;
}

}  // namespace

HairlineRule layHairlineRule(const SkullGuides& guides) {
    const SkullTracer& tracer = guides.tracer();
    const auto onSkin = [&](glm::vec2 chart) {
        return SkinPlace{chart, tracer.positionMm(chart).value_or(guides.chart().centreMm())};
    };
    HairlineRule rule;
    rule.midpoint = onSkin(guides.aboveGlabella(kRuleMm));
    rule.fromGlabella = layLine(guides, std::array{guides.aboveGlabella(0), guides.aboveGlabella(kRuleMm)});
    for (const Side side : {Side::right, Side::left}) {
        const glm::vec3 canthus = guides.canthusMm(side);
        const auto temple = placeAwayFrom(guides, rule.midpoint.positionMm, canthus, kRuleMm,
                                          guides.onForehead(side, 1, kRuleMm));
        if (!temple) continue;
        HairlineRule::Half half;
        half.temple = onSkin(*temple);
        half.fromMidpoint = layTape(guides, rule.midpoint.positionMm, half.temple.positionMm);
        half.toCanthus = layTape(guides, half.temple.positionMm, canthus);
        float goneMm = 0;
        for (std::size_t i = 1; i < half.toCanthus.size() && goneMm < kRulePeakMm; ++i) {
            half.peak = half.toCanthus[i];
            goneMm += glm::distance(half.peak.positionMm, half.toCanthus[i - 1].positionMm);
        }
        rule.halves.push_back(std::move(half));
    }
    return rule;
}

}  // namespace stubble
