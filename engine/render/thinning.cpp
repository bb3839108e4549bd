// Cook et al., "Stochastic simplification of aggregate detail", 2007: a random part of many small things,
// made larger to cover as much, looks like all of them. What covers a pixel at random places leaves exp(−Σ
// coverage) of it, so that it is coverage, not optical depth, that is multiplied.
#include "engine/render/thinning.h"

#include <algorithm>

#include "engine/core/units.h"
#include "engine/render/frame_block.h"
#include "engine/render/sub_frames.h"

namespace stubble {
namespace {

/// Of a pixel that a drawn hair may cover, or a drawn dot may take, on average. Working defaults, by eye:
/// more shows as grain in a moving picture.
constexpr float kMostHairCoverage = 0.45f, kMostDotLoss = 0.3f;
constexpr int kMostStride = 4;

int strideFor(float share, float most) {
    int stride = 1;
    while (stride < kMostStride && 2 * static_cast<float>(stride) * share <= most) stride *= 2;
    return stride;
}

}  // namespace

Thinning thinningOf(const GpuScene& scene, const View& view) {
    if (!view.fast) return {};
    const float pixelMm = nearestPixelMm(scene, view.camera, view.height);
    const float variance = splatFilterVariance(view.samples);
    // The middle of a Gaussian filter, of a line and of a point under it.
    const float hair = scene.meanHairMm / pixelMm / std::sqrt(2 * kPi * variance);
    const float dot = scene.meanDotMm2 / (pixelMm * pixelMm) / (2 * kPi * variance);
    return {strideFor(hair, kMostHairCoverage), strideFor(dot, kMostDotLoss)};
}

}  // namespace stubble
