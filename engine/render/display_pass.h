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

/// What a texture holds beside the head is kept from frame to frame.
struct DisplayTarget {
    GlTexture texture;
    GlFramebuffer framebuffer;
    std::optional<View> view;  ///< last drawn
    Target target;
};
/// One for each DisplayDepth, all of one size; made when they are needed.
using DisplayTargets = std::array<DisplayTarget, 3>;

/// Use on the thread that owns the context.
class DisplayPass {
  public:
    static Result<DisplayPass> create();

    /// Fills the texture of `kept`, of the target's size: RGBA8 or RGBA16 and sRGB-encoded behind the tone
    /// curve, or RGBA32F, linear radiance before exposure. The frame block is bound at uniform binding 0;
    /// `sum` holds `subFrames` of them in the target's box.
    Result<GLuint> draw(const View& view, const Target& target, const GlTexture& sum, int subFrames,
                        DisplayDepth depth, DisplayTargets& kept);

  private:
    std::array<GlProgram, 3> programs_;
    GlVertexArray empty_;
};

}  // namespace stubble
