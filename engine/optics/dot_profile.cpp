// Source of the figures: a layered Monte Carlo photon transport after Wang, Jacques and Zheng, "MCML: Monte
// Carlo modeling of light transport in multi-layered tissues", 1995; skin coefficients after Jacques, "Skin
// optics", 1998.
#include "engine/optics/dot_profile.h"

#include <algorithm>
#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

/// A black dot of 0.12 mm, 0.1 mm thick, absorption 30/mm, one a mm²: what the transport gave.
struct DepthRow {
    float depthMm;
    float coreLoss550;  ///< loss over the core at 550 nm
    glm::vec3 lossMm2;  ///< at 650, 550, 450 nm
};
constexpr std::array<DepthRow, 5> kRows = {{
    {0.14f, 0.32f, {0.058f, 0.052f, 0.028f}},
    {0.25f, 0.09f, {0.058f, 0.046f, 0.020f}},
    {0.40f, 0.04f, {0.052f, 0.038f, 0.011f}},
    {0.60f, 0.03f, {0.046f, 0.026f, 0.005f}},
    {1.00f, 0.002f, {0.031f, 0.016f, 0.0005f}},
}};
constexpr float kReferenceDiameterMm = 0.12f;
constexpr float kReferenceOpticalDepth = 3.0f;
/// Bulk absorption of carbon pigment a percent of volume, 1/mm.
constexpr float kAbsorptionPerPercent = 130.0f;
constexpr float kPigmentThicknessMm = 0.1f;
/// The red primary of sRGB sees light around 610 nm, between the table's 550 and 650. Working default.
constexpr float kRedBetween550And650 = 0.65f;
/// Blur of the core by the tissue above it, mm a mm of depth, and the halo's width at no depth and its
/// growth. Fitted by eye to keep both lobes positive over the table; working defaults.
constexpr float kCoreBlur = 0.35f;
constexpr float kHaloSigmaMm = 0.22f;
constexpr float kHaloGrowth = 0.45f;

DepthRow rowAt(float depthMm) {
    std::size_t i = 0;
    while (i + 2 < kRows.size() && depthMm > kRows[i + 1].depthMm) ++i;
    const DepthRow &a = kRows[i], &b = kRows[i + 1];
    const float t = std::min((depthMm - a.depthMm) / (b.depthMm - a.depthMm), 1.0f);
    // Light decays about exponentially on its way down and back, so interpolate logarithms; t < 0 extends the
    // first two.
    const auto mixLog = [t](float x, float y) { return std::exp(std::log(x) * (1 - t) + std::log(y) * t); };
    DepthRow row{depthMm, std::min(mixLog(a.coreLoss550, b.coreLoss550), 0.9f), {}};
    for (int k = 0; k < 3; ++k) row.lossMm2[k] = mixLog(a.lossMm2[k], b.lossMm2[k]);
    return row;
}

constexpr float gaussianAreaMm2(float sigmaMm) {
    return 2 * kPi * sigmaMm * sigmaMm;
}

}  // namespace

glm::vec3 tailRatio(glm::vec3 tails) {
    return glm::exp(-tails);
}

glm::vec3 integratedLossMm2(const DotProfile& profile) {
    glm::vec3 sum(0);
    for (std::size_t i = 0; i < kCoreLobes; ++i)
        sum += gaussianAreaMm2(profile.coreSigmaMm[i]) * profile.coreLoss[i];
    for (std::size_t i = 0; i < kTailLobes; ++i)
        sum += gaussianAreaMm2(kTailSigmaMm[i]) * profile.tailLoss[i];
    return sum;
}

DotProfile pigmentDot(float diameterMm, float depthMm, float loadPercent) {
    DepthRow row = rowAt(std::max(depthMm, 0.05f));
    row.lossMm2.r = row.lossMm2.g + kRedBetween550And650 * (row.lossMm2.r - row.lossMm2.g);
    const auto coreSigma = [&](float diameter) { return std::hypot(diameter / 4, kCoreBlur * depthMm); };
    const float haloSigma = kHaloSigmaMm + kHaloGrowth * depthMm;

    // Split the reference dot: core and halo peaks add up to the core loss, their integrals to the whole
    // loss.
    const float coreArea = gaussianAreaMm2(coreSigma(kReferenceDiameterMm)),
                haloArea = gaussianAreaMm2(haloSigma);
    // Light that returns through a shallow dot met it at any wavelength: its core is black. From deeper, less
    // of the blue comes from below it at all. Working default between the two.
    const float deep = glm::smoothstep(0.14f, 0.6f, depthMm);
    const glm::vec3 coreLoss = row.coreLoss550 * glm::mix(glm::vec3(1), row.lossMm2 / row.lossMm2.g, deep);
    const glm::vec3 haloPeak =
        glm::max((row.lossMm2 - coreArea * coreLoss) / (haloArea - coreArea), glm::vec3(0));
    const glm::vec3 coreIntegral = glm::max(row.lossMm2 - haloArea * haloPeak, glm::vec3(0));

    // Another dot absorbs in proportion to its area and to the light its load stops.
    const float opticalDepth = kAbsorptionPerPercent * loadPercent * kPigmentThicknessMm;
    const float scale = diameterMm * diameterMm / (kReferenceDiameterMm * kReferenceDiameterMm) *
                        (1 - std::exp(-opticalDepth)) / (1 - std::exp(-kReferenceOpticalDepth));
    DotProfile profile;
    const float sigmaMm = coreSigma(diameterMm);
    profile.coreSigmaMm = {sigmaMm, sigmaMm, sigmaMm};
    profile.coreLoss[0] = glm::min(scale * coreIntegral / gaussianAreaMm2(sigmaMm), glm::vec3(0.95f));
    profile.tailLoss[0] = scale * haloPeak * haloArea / gaussianAreaMm2(kTailSigmaMm[0]);
    return profile;
}

DotProfile shavedHair(float diameterUm, float melanin) {
    // A shaft absorbs from the surface down to its root. Its mouth is a shallow dot as wide as itself, dense
    // (load 2 %); what lies deeper is too blurred to have a core, but adds a wide, bluish halo: the shadow of
    // a shaved beard.
    constexpr float kMouthDepthMm = 0.09f, kShaftDepthMm = 0.3f, kLoadPercent = 2.0f;
    const float diameterMm = diameterUm * 1e-3f;
    DotProfile profile = pigmentDot(1.25f * diameterMm, kMouthDepthMm, kLoadPercent);
    const DotProfile shaft = pigmentDot(1.4f * diameterMm, kShaftDepthMm, kLoadPercent);
    profile.tailLoss[0] += integratedLossMm2(shaft) / gaussianAreaMm2(kTailSigmaMm[0]);
    profile.coreLoss[0] *= melanin;
    profile.tailLoss[0] *= melanin;
    return profile;
}

}  // namespace stubble
