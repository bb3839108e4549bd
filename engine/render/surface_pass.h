#pragma once
// The skin that a view sees: normals, depth, tint and which lamps come through the hair.

#include "engine/core/result.h"
#include "engine/gpu/objects.h"
#include "engine/render/frame_targets.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/shared_structs.h"

namespace stubble {

/// The stencil of skin that dots darken and of skin that none reaches; 0 is no skin.
inline constexpr GLint kDottedStencil = 1, kBareStencil = 2;

/// Both hold.
struct SurfaceError {
    float pixels, mm;
};

/// Use on the thread that owns the context.
class SurfacePass {
  public:
    static Result<SurfacePass> create();

    /// Fills `maps`, of the target's size; where there is no skin, depthMm and the stencil are 0 and the
    /// others hold anything. The surface may be as wrong as `allowed`.
    void draw(const GpuScene& scene, const shared::FrameBlock& frame, const SurfaceMaps& maps,
              const SurfaceError& allowed);

  private:
    void drawInto(const SurfaceMaps& maps, glm::ivec2 corner, glm::ivec4 scissor, const GpuScene& scene,
                  const shared::FrameBlock& frame, const SurfaceLevel& level) const;

    GlProgram program_;
    SurfaceMaps cell_;  ///< for targets that are not one cell
};

}  // namespace stubble
