#pragma once
// A scene in the memory of the graphics device.

#include <cstdint>
#include <optional>

#include "engine/gpu/objects.h"
#include "engine/render/scene_arrays.h"

namespace stubble {

/// Made on the thread that owns the context.
class GpuScene : public SceneFigures {
  public:
    explicit GpuScene(const SceneArrays& arrays);
    explicit GpuScene(const Scene& scene);
    /// Makes it that of these arrays; uploads only what is not there yet (Shared::id).
    void update(const SceneArrays& arrays);

    std::uint64_t id = 0;  ///< of what it shows; no other one's, in this process

    GlVertexArray mesh;                    ///< of SkinVertex
    GlBuffer dots, dotLobes, strands;      ///< as in SceneArrays
    GLuint dotCount = 0, strandCount = 0;  ///< dots: by whole groups, without those merged
    GlTexture tails;                       ///< as TailField
    GlVertexArray shadowMesh;              ///< positions alone, fewer triangles
    ContentHash shadowHash;                ///< ShadowCaster::hash
    GLsizei shadowIndexCount = 0;
    struct ScarMap {
        GlTexture texture;  ///< as ScarField
        glm::vec4 window{0};
    };
    std::optional<ScarMap> scars;

  private:
    /// Which arrays are there, by Shared::id.
    struct Uploaded {
        std::uint64_t vertices = 0, triangles = 0, shadow = 0, dots = 0, dotLobes = 0, strands = 0, scars = 0;
        std::vector<std::uint64_t> tailBlocks;
        glm::ivec2 tailSize{0};
    };
    void updateTails(const TailField& field);

    Uploaded uploaded_;
    GlBuffer vertices_, indices_, shadowVertices_, shadowIndices_;
};

}  // namespace stubble
