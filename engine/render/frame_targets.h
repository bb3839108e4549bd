#pragma once
// Textures that the passes of a frame write and read.

#include <array>

#include "engine/gpu/objects.h"

namespace stubble {

/// What is known of the visible surface.
struct SurfaceMaps {
    int width = 0, height = 0;
    GlTexture normalOpenness, tint, depthMm, lampsThrough, depthStencil;
    GlFramebuffer framebuffer;

    static SurfaceMaps make(int width, int height);
};

struct FrameTargets {
    int width = 0, height = 0, halfWidth = 0, halfHeight = 0;
    SurfaceMaps surface;
    GlTexture halfStencil;
    std::array<GlTexture, 2> irradiance;  ///< half size; w: depth
    GlTexture lit, shine;                 ///< half size
    GlTexture sum;  ///< of sub-frames: radiance; w: how many showed the head. In the head's box alone.
    GlFramebuffer mask, light, shade, resolve;
    std::array<GlFramebuffer, 2> scatter;

    static FrameTargets make(int width, int height);
};

}  // namespace stubble
