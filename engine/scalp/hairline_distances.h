#pragma once
// Signed hairline distances at many fixed places, for hairlines that are being moved.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/scalp/chart.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/place_tree.h"

namespace stubble {

/// Distances as Hairline::signedDistanceMm gives them, to the bit, as far as they matter: kBefore wherever
/// that is negative, and no more than a reach.
class HairlineDistances {
  public:
    static constexpr float kBefore = -1;

    /// The tree must outlive this.
    HairlineDistances(const PlaceTree& tree, const ScalpChart& chart);

    /// Measures what differs from the hairline and the reach before. Sets leafChanged, one a leaf, where a
    /// distance has changed; leaves the others as they are.
    void update(const Hairline& hairline, float reachMm, std::span<std::uint8_t> leafChanged);

    /// Of each slot of the tree; far behind the line before the first update.
    [[nodiscard]] std::span<const float> distancesMm() const { return distancesMm_; }
    [[nodiscard]] std::span<const glm::vec2> chart() const { return chart_; }

  private:
    struct Box {
        glm::vec2 low{0}, high{0};
    };
    /// Of all places of a node.
    enum class Side : std::uint8_t { unknown, before, behind, mixed };
    struct Pass;

    const PlaceTree* tree_;
    std::vector<glm::vec2> chart_;
    std::vector<Box> boxes_;  ///< of each node's places in the chart
    std::vector<float> distancesMm_;

    // What the last update left for the next.
    std::optional<Hairline> hairline_;
    float reachMm_ = 0;
    std::vector<Side> sides_;                   ///< of each node; counts where its parent's is mixed
    std::vector<PolylineDistance::Foot> feet_;  ///< of each slot, in leaves that are measured
    std::vector<std::uint8_t> behind_;          ///< of each slot there: whether the smooth line is before it
    std::vector<std::uint8_t> measured_;        ///< of each leaf: place by place, not settled as a whole
};

}  // namespace stubble
