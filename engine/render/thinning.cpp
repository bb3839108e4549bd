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

/// Of a pixel that a drawn hair may cover, on average. Working default, by eye: more shows as grain in a
/// moving picture.
constexpr float kMostHairCoverage = 0.45f;
constexpr int kMostStride = 4;

}  // namespace

int hairStrideOf(const GpuScene& scene, const View& view) {
    if (!view.fast) return 1;
    const float pixelMm = nearestPixelMm(scene, view.camera, view.height);
    // The middle of a Gaussian filter and of a line under it.
    const float share = scene.meanHairMm / pixelMm / std::sqrt(2 * kPi * splatFilterVariance(view.samples));
    int stride = 1;
    while (stride < kMostStride && 2 * static_cast<float>(stride) * share <= kMostHairCoverage) stride *= 2;
    return stride;
}

}  // namespace stubble
