#pragma once
// What dots in the skin take from each pixel of a view.

#include <array>

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/group_dispatch.h"
#include "engine/render/shared_structs.h"

namespace stubble {

/// Programs and sums of the splatting. Use on the thread that owns the context.
class DotPass {
  public:
    static Result<DotPass> create();

    /// Sums over the picture that the frame block (bound at uniform binding 0) tells of. `depthMmMap` holds
    /// the skin's depth along the view axis (0: none). Dots may be drawn merged where that
    /// changes a pixel by no more than `mostError` of its light.
    void draw(const GpuScene& scene, const shared::FrameBlock& frame, GLuint depthMmMap, float mostError = 0);
    /// Binds the sums and the scene's tails where `resolve` (shaders/skin/resolve.frag) reads them.
    void bindSums(const GlProgram& resolve, const GpuScene& scene) const;
    /// Where a program finds places in the map of the tails (shaders/dots/tails.glsl).
    static void bindTailMap(const GlProgram& program, const GpuScene& scene);

    /// Most pixels that the head may cover: more sums the driver cannot hold.
    static std::int64_t maxPixels();

  private:
    void resize(const shared::FrameBlock& frame);
    void drawDots(const GpuScene& scene, const shared::FrameBlock& frame, float mostError);

    GlProgram small_, refine_;
    std::array<GlProgram, 2> wide_;  ///< to the fine and to the coarse sums
    GlBuffer fineLoss_, coarseLoss_;
    GroupDispatch groups_;
    GlBuffer wideDots_;  ///< indices of dots that small_ leaves to wide_, behind a header
    GLuint wideRoom_ = 0;
    GlTexture refined_;                                           ///< coarse sums, smooth
    int width_ = 0, height_ = 0;                                  ///< that coarseLoss_ and refined_ are for
    std::size_t fineRoom_ = 0, fineBytes_ = 0, coarseBytes_ = 0;  ///< made; used by the last view
    bool hasCoarse_ = false;  ///< something in the view may be wide enough for the coarse sums
};

}  // namespace stubble
