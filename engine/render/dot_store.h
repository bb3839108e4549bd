#pragma once
// What is drawn of each dot in the skin, kept from one scene to the next.

#include <unordered_map>
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
    std::uint32_t tile = 0, cell = 0;  ///< cellCode: of its cube of a lattice, and within that

    StoredDot() = default;
    StoredDot(const TailMap& map, const SkinDot& skinDot);
};

/// The dots that stand in one cube of a fixed lattice, and all that follows from them alone.
struct DotTile {
    std::vector<std::uint32_t> slots;  ///< in DotStore
    bool stale = true;                 ///< what follows is not of these slots
    DotRecords records;
    glm::dvec3 lossMm2{0}, reachedMm2{0};  ///< sums of StoredDot::lossMm2 and what of it is reachable
    float widestSigmaMm = 0;
    MapRect tails;
};

/// The dots of one scene after another: its impressions and its hairs' parts in the skin. Only new dots, and
/// tiles of which dots have come or gone, are computed. Use on one thread at a time.
class DotStore {
  public:
    explicit DotStore(const TailMap& map) : map_(map) {}

    /// Makes them those of the scene. `looks` and `hairs` stand for the contents of Scene::looks and
    /// Scene::follicles.
    void update(const Scene& scene, std::uint64_t looks, ContentHash hairs);

    // Until the next update; they depend on the present scene alone:
    /// All tiles with dots, neighbours near one another.
    [[nodiscard]] const std::vector<const DotTile*>& tiles() const { return inOrder_; }
    [[nodiscard]] std::vector<const TailDot*> tails() const;
    // And on the one before:
    [[nodiscard]] std::vector<const TailDot*> tailsThatCame() const { return tailsOf(come_); }
    [[nodiscard]] std::vector<const TailDot*> tailsThatWent() const { return tailsOf(gone_); }

  private:
    [[nodiscard]] std::vector<const TailDot*> tailsOf(const std::vector<std::uint32_t>& slots) const;
    std::uint32_t newSlot();
    void findImpressions(const Scene& scene);
    void write(DotTile& tile) const;

    TailMap map_;
    std::uint64_t looks_ = 0;
    ContentHash hairs_;
    Impressions impressions_;                           ///< the last scene's
    std::vector<std::uint32_t> slots_, hairSlots_;      ///< of its impressions, and of its hairs
    std::vector<StoredDot> dots_;                       ///< by slot
    std::vector<std::uint32_t> places_;                 ///< of each slot's dot in the scene
    std::vector<std::uint32_t> free_, come_, gone_;     ///< slots
    std::unordered_map<std::uint32_t, DotTile> tiles_;  ///< by StoredDot::tile
    std::vector<const DotTile*> inOrder_;
};

}  // namespace stubble
