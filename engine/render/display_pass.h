#pragma once
// The sum of sub-frames, before the backdrop, as a picture for the eye or as light.

#include <array>
#include <optional>

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/frame_block.h"
#include "engine/render/view.h"

namespace stubble {

enum class DisplayDepth { bits8, bits16, linear };

/// Use on the thread that owns the context.
class DisplayPass {
  public:
    static Result<DisplayPass> create();

    /// A texture of the target's size: RGBA8 or RGBA16 and sRGB-encoded behind the tone curve, or RGBA32F,
    /// linear radiance before exposure. Valid until the next call. The frame block is bound at uniform
    /// binding 0; `sum` holds `subFrames` of them in the target's box.
    Result<GLuint> draw(const View& view, const Target& target, const GlTexture& sum, int subFrames,
                        DisplayDepth depth);

  private:
    /// What a texture holds beside the head is kept from frame to frame.
    struct Kept {
        View view;
        Target target;
    };
    struct Display {
        GlProgram program;
        GlTexture texture;
        GlFramebuffer framebuffer;
        std::optional<Kept> kept;
    };
    std::array<Display, 3> displays_;
    GlVertexArray empty_;
};

}  // namespace stubble
