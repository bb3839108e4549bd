#pragma once
// Shadow maps of the lamps.

#include <array>

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/shared_structs.h"

namespace stubble {

/// Use on the thread that owns the context.
class ShadowPass {
  public:
    static Result<ShadowPass> create();

    /// Draws the maps of those lamps that moved since the last call, or all for another scene.
    void draw(const GpuScene& scene, const shared::FrameBlock& frame);
    /// Depth, one layer a lamp; 1 where nothing shades.
    [[nodiscard]] GLuint map() const { return map_.name(); }

  private:
    GlProgram program_;
    GlTexture map_;
    std::array<GlFramebuffer, STUBBLE_MAX_LIGHTS> layers_;
    std::array<glm::mat4, STUBBLE_MAX_LIGHTS> drawn_{};  ///< clip matrix of what each layer holds
    ContentHash caster_;                                 ///< GpuScene::shadowHash of it
};

}  // namespace stubble
