#pragma once
// Neighbours among points of a surface, in space and on the same side: a balanced tree of boxes (after
// Bentley, "Multidimensional binary search trees used for associative searching", 1975).

#include <array>
#include <cstddef>
#include <cstdint>
#include <glm/glm.hpp>
#include <limits>
#include <span>
#include <vector>

namespace stubble {

/// Normals of one side differ by at most 101.5°, and neither place lies steeper than 55° above the other:
/// what fails this lies across a thin sheet or a fold. Working defaults.
inline constexpr float kSideNormalsDot = -0.2f, kSideSteepness = 0.82f;

/// Whether two places `stepMm` apart share a side of the surface. Symmetric. Normals are unit.
inline bool shareSide(glm::vec3 stepMm, glm::vec3 normalA, glm::vec3 normalB) {
    if (glm::dot(normalA, normalB) < kSideNormalsDot) return false;
    const glm::vec3 sum = normalA + normalB;  // along the mean; never near 0 here
    const float above = glm::dot(stepMm, sum);
    return above * above <= kSideSteepness * kSideSteepness * glm::dot(stepMm, stepMm) * glm::dot(sum, sum);
}

/// Holds copies of oriented points, in an order of its own in which neighbours are near. Queries are
/// thread-safe, and what they find does not depend on how the tree is built.
class OrientedTree {
  public:
    /// As many unit normals as positions; at most 2³² − 1, all finite.
    OrientedTree(std::span<const glm::vec3> positionsMm, std::span<const glm::vec3> normals);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] glm::vec3 positionMm(std::size_t i) const { return entries_[i].positionMm; }
    [[nodiscard]] glm::vec3 normal(std::size_t i) const { return normals_[i]; }
    /// The index, as given, of the i-th point of the tree's order.
    [[nodiscard]] std::uint32_t given(std::size_t i) const { return entries_[i].given; }

    /// Calls visit(i, squaredDistanceMm2) for every point within radiusMm.
    template <typename Visit>
    void visitWithin(glm::vec3 centreMm, float radiusMm, const Visit& visit) const;

    static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
    struct Nearest {
        std::size_t i = kNone;  ///< in the tree's order
        float squaredMm2 = std::numeric_limits<float>::infinity();
    };
    /// The nearest point less than withinMm away for which accept(i, stepMm) holds, stepMm leading from the
    /// centre to the point.
    template <typename Accept>
    [[nodiscard]] Nearest nearest(glm::vec3 centreMm, const Accept& accept,
                                  float withinMm = std::numeric_limits<float>::infinity()) const;

  private:
    struct Entry {
        glm::vec3 positionMm;
        std::uint32_t given;
    };
    /// Node k has the children 2k + 1 and 2k + 2, which halve its points.
    struct Node {
        glm::vec3 minMm;
        std::uint32_t begin;
        glm::vec3 maxMm;
        std::uint32_t end;
    };
    void build(std::size_t node, std::size_t begin, std::size_t end);
    [[nodiscard]] float squaredTo(std::size_t node, glm::vec3 p) const {
        const glm::vec3 way = glm::max(glm::max(nodes_[node].minMm - p, p - nodes_[node].maxMm), 0.0f);
        return glm::dot(way, way);
    }

    static constexpr std::size_t kMaxStack = 72;  ///< two a level suffice
    std::vector<Entry> entries_;
    std::vector<glm::vec3> normals_;
    std::vector<Node> nodes_;
    std::size_t firstLeaf_ = 0;
};

template <typename Visit>
void OrientedTree::visitWithin(glm::vec3 centreMm, float radiusMm, const Visit& visit) const {
    if (entries_.empty()) return;
    const float limit = radiusMm * radiusMm;
    std::array<std::uint32_t, kMaxStack> stack;
    std::size_t depth = 0;
    if (squaredTo(0, centreMm) <= limit) stack[depth++] = 0;
    while (depth > 0) {
        const std::size_t node = stack[--depth];
        if (node >= firstLeaf_) {
            for (std::size_t i = nodes_[node].begin; i < nodes_[node].end; ++i) {
                const glm::vec3 step = entries_[i].positionMm - centreMm;
                if (const float squared = glm::dot(step, step); squared <= limit) visit(i, squared);
            }
            continue;
        }
        for (const std::size_t child : {2 * node + 1, 2 * node + 2})
            if (squaredTo(child, centreMm) <= limit) stack[depth++] = static_cast<std::uint32_t>(child);
    }
}

template <typename Accept>
OrientedTree::Nearest OrientedTree::nearest(glm::vec3 centreMm, const Accept& accept, float withinMm) const {
    Nearest best{.squaredMm2 = withinMm * withinMm};
    if (entries_.empty()) return best;
    struct Visit {
        std::uint32_t node;
        float squared;
    };
    std::array<Visit, kMaxStack> stack;
    std::size_t depth = 0;
    stack[depth++] = {0, squaredTo(0, centreMm)};
    while (depth > 0) {
        const Visit at = stack[--depth];
        if (at.squared >= best.squaredMm2) continue;
        if (at.node >= firstLeaf_) {
            for (std::size_t i = nodes_[at.node].begin; i < nodes_[at.node].end; ++i) {
                const glm::vec3 step = entries_[i].positionMm - centreMm;
                const float squared = glm::dot(step, step);
                if (squared < best.squaredMm2 && accept(i, step)) best = {i, squared};
            }
            continue;
        }
        const std::uint32_t left = 2 * at.node + 1;
        const Visit a{left, squaredTo(left, centreMm)}, b{left + 1, squaredTo(left + 1, centreMm)};
        stack[depth++] = a.squared < b.squared ? b : a;
        stack[depth++] = a.squared < b.squared ? a : b;
    }
    return best;
}

}  // namespace stubble
