#pragma once
// The arrays of one scene after another, for those who go on editing.

#include <memory>
#include <vector>

#include "engine/core/stage.h"
#include "engine/hair/hair_cover.h"
#include "engine/render/dot_store.h"
#include "engine/render/scene_arrays.h"

namespace stubble {

/// Makes arrays and does over only those whose inputs have changed since the last scene: parts that stay keep
/// their Shared::id. What comes out depends on the scene alone. Use on one thread at a time.
class ArraysBaker {
  public:
    /// As SceneArrays::of.
    SceneArrays bake(const Scene& scene, bool stored = false);

  private:
    struct DotPart : DotFigures {
        Shared<std::vector<shared::Dot>> dots;
        Shared<std::vector<shared::DotLobes>> dotLobes;
        Shared<TailField> tails;
    };
    struct StrandPart : StrandFigures {
        Shared<std::vector<shared::Strand>> strands;
    };
    struct HeadPart {
        Shared<ShadowCaster> shadow;
        Bounds boundsMm;
        bool closed = false;
    };

    [[nodiscard]] static HeadPart headPart(const TriMesh& mesh);
    DotPart dotPart(const Scene& scene, ContentHash hairs);
    static StrandPart strandPart(const Scene& scene, const Strands& hairs);
    void addSurface(const Scene& scene, const Shared<Strands>& hairs, bool stored, SceneArrays& arrays);

    std::shared_ptr<const Head> head_;
    std::shared_ptr<const DotLooks> looks_;
    std::uint64_t looksId_ = 0;  ///< another one for each of those
    Stage<HeadPart> headPart_;
    Stage<Strands> hairs_;
    Stage<std::vector<HairCover>> cover_;
    Stage<std::vector<float>> shown_;
    Stage<ClusteredSurface> surface_;
    Stage<std::vector<glm::uvec3>> triangles_;
    Stage<std::vector<SkinVertex>> vertices_;
    Stage<StrandPart> strandPart_;
    std::optional<DotStore> dotStore_;
    std::optional<TailBaker> tailBaker_;
    Stage<DotPart> dotPart_;
    Stage<std::vector<SurfaceLevel>> levels_;
    Stage<std::optional<ScarField>> scars_;
};

}  // namespace stubble
