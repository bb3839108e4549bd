#pragma once
// Many fixed places, sorted so that neighbours stand together: a balanced k-d tree (Bentley,
// "Multidimensional binary search trees used for associative searching", 1975) of ranges with a ball around
// each.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// A complete binary tree: node 0 is the root, node n has the children 2n + 1 and 2n + 2, leaves come last.
/// Places are named by their slot, their number in the tree's order. Immutable and thread-safe.
class PlaceTree {
  public:
    static constexpr std::size_t kMaxLeafPlaces = 64;

    struct Node {
        glm::vec3 centreMm{0};
        float radiusMm = 0;                ///< of a ball around all places
        std::uint32_t begin = 0, end = 0;  ///< slots
        [[nodiscard]] std::size_t size() const { return end - begin; }
    };
    /// What takes long to find.
    struct Plan {
        std::vector<Node> nodes;
        std::vector<std::uint32_t> order;  ///< of each slot: its place among those given
    };
    static Plan plan(std::span<const glm::vec3> positionsMm);

    explicit PlaceTree(std::span<const glm::vec3> positionsMm = {})
        : PlaceTree(positionsMm, plan(positionsMm)) {}
    /// The same, with the plan of the same places.
    PlaceTree(std::span<const glm::vec3> positionsMm, Plan plan);

    [[nodiscard]] const Node& node(std::size_t index) const { return plan_.nodes[index]; }
    [[nodiscard]] std::size_t nodeCount() const { return plan_.nodes.size(); }
    [[nodiscard]] std::size_t leafCount() const { return (plan_.nodes.size() + 1) / 2; }
    [[nodiscard]] bool isLeaf(std::size_t index) const { return 2 * index + 1 >= plan_.nodes.size(); }
    [[nodiscard]] const Node& leaf(std::size_t index) const { return plan_.nodes[leafCount() - 1 + index]; }

    /// Of each slot: its place among those given.
    [[nodiscard]] std::span<const std::uint32_t> order() const { return plan_.order; }
    /// Of each slot.
    [[nodiscard]] std::span<const glm::vec3> positionsMm() const { return positionsMm_; }

    /// Calls visit(number of the leaf) for every leaf whose ball meets the box.
    template <typename Visit>
    void visitLeaves(const Bounds& boxMm, const Visit& visit, std::size_t index = 0) const {
        const Node& here = plan_.nodes[index];
        const glm::vec3 off =
            glm::max(glm::max(boxMm.minMm - here.centreMm, here.centreMm - boxMm.maxMm), glm::vec3(0));
        if (here.begin == here.end || glm::dot(off, off) > here.radiusMm * here.radiusMm) return;
        if (isLeaf(index)) return visit(index + 1 - leafCount());
        visitLeaves(boxMm, visit, 2 * index + 1);
        visitLeaves(boxMm, visit, 2 * index + 2);
    }

  private:
    Plan plan_;
    std::vector<glm::vec3> positionsMm_;
};

}  // namespace stubble
