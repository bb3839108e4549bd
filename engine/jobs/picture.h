#pragma once
// All sub-frames of a view, in tiles where it is large.

#include <vector>

#include "engine/core/progress.h"
#include "engine/render/renderer.h"

namespace stubble {

/// Pixels that are rendered at once unless asked for otherwise: each takes 110 to 170 bytes of graphics
/// memory.
inline constexpr int kTilePixels = 2048 * 2048;

/// The parts of a picture, from its upper left, row by row: even ones of `tilePixels` at most.
std::vector<PixelRect> tilesOf(int width, int height, int tilePixels = kTilePixels);

// The picture is the same, byte for byte, for any tiles. `progress` may be null.

Result<ImageRgb8> renderPicture(Renderer& renderer, const GpuScene& scene, const View& view,
                                Progress* progress = nullptr, int tilePixels = kTilePixels);
Result<ImageRgb16> renderPicture16(Renderer& renderer, const GpuScene& scene, const View& view,
                                   Progress* progress = nullptr, int tilePixels = kTilePixels);
/// Radiance before exposure and display curve.
Result<ImageLinear> renderLight(Renderer& renderer, const GpuScene& scene, const View& view,
                                Progress* progress = nullptr, int tilePixels = kTilePixels);

}  // namespace stubble
