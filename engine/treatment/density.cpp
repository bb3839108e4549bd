#include "engine/treatment/density.h"

#include <algorithm>

namespace stubble {
namespace {

float smoothStep(float low, float high, float x) {
    if (high <= low) return x > low ? 1.0f : 0.0f;
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

/// 1 where hair is lost or never grew, fading over blendMm into hair that stays. Only a border that loss has
/// moved is blended into: along an untouched sideburn or nape no dots are wanted.
float need(float remainingMm, float recededMm, float blendMm) {
    constexpr float kMovedFromMm = 2, kMovedMm = 12;  // working defaults
    const float lost = 1 - smoothStep(0, blendMm, remainingMm);
    const float beforeNaturalLine = remainingMm + recededMm < 0 ? 1.0f : 0.0f;
    return lost * std::max(beforeNaturalLine, smoothStep(kMovedFromMm, kMovedMm, recededMm));
}

}  // namespace

std::vector<float> treatmentDensity(const Head& head, std::span<const float> behindHairlineMm,
                                    const HairLossField& loss, const SmpDesign& smp, float featherMm) {
    std::vector<float> density(head.mesh.positionsMm.size(), 0.0f);
    if (!smp.enabled) return density;
    for (std::size_t i = 0; i < density.size(); ++i) {
        const float behind = behindHairlineMm[i];
        const float edge = smoothStep(0, featherMm, behind);
        const float gradient =
            smp.frontDensity + (1 - smp.frontDensity) * smoothStep(0, smp.gradientMm, behind);
        density[i] = smp.densityPerCm2 * head.craniumMask[i] * edge * gradient *
                     need(loss.remainingMm[i], loss.recededMm[i], smp.blendMm);
    }
    return density;
}

}  // namespace stubble
