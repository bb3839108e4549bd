#pragma once
// What shaders know of a sub-frame (shaders/shared/frame_block.h).

#include "engine/render/gpu_scene.h"
#include "engine/render/shared_structs.h"
#include "engine/render/view.h"

namespace stubble {

/// Of the picture, the pixels that are worked on: `core`, and around it those that `core` depends on. GL
/// counts: y from the picture's bottom.
struct Target {
    PixelRect core;        ///< as asked for, y from the top
    glm::ivec2 corner{0};  ///< lower left one in the picture; multiples of 8
    glm::ivec2 size{0};
    glm::ivec4 box{0};  ///< in the target: what the head and its hair may cover, x, y, width, height

    friend bool operator==(const Target&, const Target&) = default;
};

Target targetOf(const GpuScene& scene, const View& view, const PixelRect& core);

/// One sub-frame of a view, 0 to samples − 1.
shared::FrameBlock frameBlockOf(const GpuScene& scene, const View& view, const Target& target, int sample);

/// From world to a light's clip space; the whole scene lies in it.
glm::mat4 shadowClipFromWorld(const GpuScene& scene, glm::vec3 towards);

/// Width on the skin of a pixel where the scene comes nearest to the eye, mm.
float nearestPixelMm(const GpuScene& scene, const Camera& camera, int pictureHeight);

}  // namespace stubble
