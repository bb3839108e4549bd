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

/// The dots of one scene after another, of which only new ones are computed. Use on one thread at a time.
class DotStore {
  public:
    explicit DotStore(const TailMap& map) : map_(map) {}

    /// All impressions of the scene, in their order, and then all its hairs; until the next call. `looks` and
    /// `hairs` stand for the contents of Scene::looks and Scene::follicles.
    std::vector<const StoredDot*> of(const Scene& scene, std::uint64_t looks, ContentHash hairs);

  private:
    void findImpressions(const Scene& scene);

    TailMap map_;
    std::uint64_t looks_ = 0;
    ContentHash hairs_;
    Impressions impressions_;           ///< the last scene's
    std::vector<std::uint32_t> slots_;  ///< of each of them in dots_
    std::vector<std::uint32_t> free_;
    std::vector<StoredDot> dots_, hairDots_;
};

}  // namespace stubble
