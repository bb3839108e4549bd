#pragma once
// What dots in the skin and hairs on it take from each pixel of a view.

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/gpu_scene.h"

namespace stubble {

/// Programs and sums of the splatting. Use on the thread that owns the context.
class DotPass {
  public:
    static Result<DotPass> create();

    /// Sums over a picture of the given size. `depthMmMap` holds the skin's depth along the view axis (0:
    /// none); the frame block stands at uniform binding 0.
    void draw(const GpuScene& scene, GLuint depthMmMap, int width, int height);
    /// Binds the sums where shaders/skin/resolve.frag reads them.
    void bindSums() const;

    /// Most pixels that the driver can hold the sums of.
    static std::int64_t maxPixels();

  private:
    void resize(int width, int height);

    GlProgram splat_;
    GlBuffer fineLoss_, coarseLoss_;
    int width_ = 0, height_ = 0;
};

}  // namespace stubble
