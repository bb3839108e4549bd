#pragma once
// A scene in the memory of the graphics device.

#include <glm/glm.hpp>

#include "engine/gpu/objects.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Made on the thread that owns the context.
class GpuScene {
  public:
    explicit GpuScene(const Scene& scene);

    GlVertexArray mesh;
    GlBuffer splats;
    GLsizei indexCount = 0;
    GlVertexArray shadowMesh;  ///< positions alone, fewer triangles
    GLsizei shadowIndexCount = 0;
    GLuint splatCount = 0;
    glm::vec3 skinAlbedo{0.5f};
    float shine = 0.5f;
    /// By channel, how far light travels inside: of light skin (Jensen et al. 2001, "skin2": mean free paths
    /// over the albedo term), rounded.
    glm::vec3 scatterMm{0.75f, 0.35f, 0.22f};
    float bloodMottling = 0,
          melaninMottling = 0;  ///< over 1 to 12 mm: share of green light, one standard deviation / 0.25
    glm::vec3 boundsMinMm{0}, boundsMaxMm{0};

  private:
    GlBuffer vertices_, indices_, shadowVertices_, shadowIndices_;
};

}  // namespace stubble
