#pragma once
// Light into, through and out of the skin, what dots leave of it, and hair over it: a sub-frame's sum.

#include <array>
#include <functional>
#include <string_view>

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/dot_pass.h"
#include "engine/render/frame_targets.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/hair_pass.h"
#include "engine/render/shared_structs.h"

namespace stubble {

/// Use on the thread that owns the context.
class SkinPass {
  public:
    static Result<SkinPass> create();

    /// Makes ready what a scene needs where a pixel is that wide on the skin. Call before `draw`.
    Result<void> prepare(const GpuScene& scene, float nearestPixelMm);

    struct Inputs {
        const FrameTargets& targets;
        const DotPass& dots;
        const HairPass& hair;
        GLuint shadowMap;
        GLuint mottling;
    };
    /// Adds a sub-frame to the sum, or begins it with the first. `begins` is told each step's name.
    void draw(const GpuScene& scene, const shared::FrameBlock& frame, const Inputs& inputs, bool first,
              const std::function<void(std::string_view)>& begins) const;

  private:
    // What the shading of skin has to deal with, as bits.
    static constexpr unsigned kRelief = 1, kScars = 2;

    void resolve(const GpuScene& scene, const Inputs& inputs) const;
    static void bindScars(const GlProgram& program, const GpuScene& scene);
    void fullscreen(const GlProgram& program, const GlFramebuffer& target) const;

    GlProgram halfMask_, light_, scatter_, overBackdrop_;
    // With kRelief and kScars, those that were needed. Without relief the skin is shaded at half size.
    std::array<GlProgram, 4> shade_, resolve_, resolveBare_;
    unsigned features_ = 0;
    GlTexture relief_;  ///< once a view is near enough to show it
    GlVertexArray empty_;
};

}  // namespace stubble
