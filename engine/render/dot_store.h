#pragma once
// What is drawn of each dot in the skin, kept from one scene to the next.

#include <vector>

#include "engine/core/hash.h"
#include "engine/render/dot_levels.h"
#include "engine/render/splats.h"
#include "engine/render/tail_baker.h"

namespace stubble {

/// A dot in the skin and all that follows from it alone.
struct StoredDot {
    PackedDot packed;
    TailDot tail;
    glm::vec3 lossMm2{0};  ///< integratedLossMm2, at least a little
    glm::vec3 reachable{1};
    float widestSigmaMm = 0;

    StoredDot() = default;
    StoredDot(const TailMap& map, const SkinDot& skinDot);
};

/// The dots in the skin of a scene, and how they differ from those of the one before.
struct StoredDots {
    std::vector<const StoredDot*> all;   ///< impressions in their order, and then hairs
    bool anew = false;                   ///< all differ; else:
    std::vector<const StoredDot*> come;  ///< of all those
    std::vector<TailDot> gone;
};

/// The dots of one scene after another, of which only new ones are computed. Use on one thread at a time.
class DotStore {
  public:
    explicit DotStore(const TailMap& map) : map_(map) {}

    /// Valid until the next call. `looks` and `hairs` stand for the contents of Scene::looks and
    /// Scene::follicles.
    StoredDots of(const Scene& scene, std::uint64_t looks, ContentHash hairs);

  private:
    void findImpressions(const Scene& scene, StoredDots& found);

    TailMap map_;
    std::uint64_t looks_ = 0;
    ContentHash hairs_;
    Impressions impressions_;           ///< the last scene's
    std::vector<std::uint32_t> slots_;  ///< of each of them in dots_
    std::vector<std::uint32_t> free_;
    std::vector<StoredDot> dots_, hairDots_;
};

}  // namespace stubble
