#pragma once
// A scene in the memory of the graphics device.

#include <cstdint>
#include <glm/glm.hpp>
#include <optional>
#include <vector>

#include "engine/gpu/objects.h"
#include "engine/render/scar_map.h"
#include "engine/render/surface_clusters.h"
#include "engine/render/tail_map.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Made on the thread that owns the context.
class GpuScene {
  public:
    explicit GpuScene(const Scene& scene);

    std::uint64_t id;  ///< no other one's, in this process

    GlVertexArray mesh;
    std::vector<SurfaceLevel> levels;  ///< of its triangles, the mesh itself first
    GlBuffer dots, strands;            ///< shared::Dot in the skin, shared::Strand above it
    float longestHairMm = 0;
    bool closed = false;  ///< no view from outside shows the inside
    GLuint dotCount = 0, strandCount = 0;
    GlTexture tails;  ///< as TailField
    TailMap tailMap;
    glm::vec3 reachable{1};    ///< DotProfile::reachable, mean over all dots by what they take
    glm::vec4 tailWindow{0};   ///< lower corner of the texture in the map, mm; one ÷ its size
    float widestSigmaMm = 0;   ///< of any of their Gaussians across
    GlVertexArray shadowMesh;  ///< positions alone, fewer triangles
    GLsizei shadowIndexCount = 0;
    glm::vec3 skinAlbedo{0.5f};
    float shine = 0.5f;
    glm::vec3 scatterMm{0.5f};  ///< SkinTone::scatterMm
    float bloodMottling = 0,
          melaninMottling = 0;  ///< over 1 to 12 mm: share of green light, one standard deviation / 0.25
    std::optional<ScarMap> scars;
    glm::vec3 paleAlbedo{0.6f};  ///< of a scar without pigment
    glm::vec3 boundsMinMm{0}, boundsMaxMm{0};

  private:
    GlBuffer vertices_, indices_, shadowVertices_, shadowIndices_;
};

}  // namespace stubble
