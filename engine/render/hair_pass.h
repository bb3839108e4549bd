#pragma once
// Hairs above the skin: how much of each pixel they cover, and their light.

#include "engine/core/image.h"
#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/group_dispatch.h"
#include "engine/render/shared_structs.h"

namespace stubble {

/// Use on the thread that owns the context.
class HairPass {
  public:
    static Result<HairPass> create();

    /// Sums over the picture that the frame block (bound at uniform binding 0) tells of. `depthMmMap` holds
    /// the skin's depth along the view axis (0: none), `shadowMap` the lamps' layers. Of the hairs every
    /// `stride`-th is drawn, others each sub-frame.
    void draw(const GpuScene& scene, const shared::FrameBlock& frame, GLuint depthMmMap, GLuint shadowMap,
              int stride);
    /// Binds the sums where shaders/hair/sums.glsl reads them.
    void bindSums() const;

    /// Share of each of the target's pixels that hairs cover.
    [[nodiscard]] Image<float> coverage() const;

    /// Most pixels that the head may cover: more sums the driver cannot hold.
    static std::int64_t maxPixels();

  private:
    GlProgram program_;
    GlBuffer sums_;
    GroupDispatch groups_;
    shared::FrameBlock frame_{};  ///< of the last view
    std::size_t room_ = 0;        ///< bytes
};

}  // namespace stubble
