// Bentley, "Multidimensional binary search trees used for associative searching", 1975, with the places in
// the leaves and every cut across the longest side.

#include "engine/scalp/place_tree.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr float kSlack = 1.0001f;  // for the rounding of a ball's radius

struct Entry {
    glm::vec3 positionMm;
    std::uint32_t index;
};

Bounds boundsOf(std::span<const Entry> entries) {
    Bounds bounds{entries.front().positionMm, entries.front().positionMm};
    for (const Entry& entry : entries) {
        bounds.minMm = glm::min(bounds.minMm, entry.positionMm);
        bounds.maxMm = glm::max(bounds.maxMm, entry.positionMm);
    }
    return bounds;
}

void cut(std::span<Entry> entries, glm::vec3 sizeMm) {
    const int axis = sizeMm.x >= sizeMm.y && sizeMm.x >= sizeMm.z ? 0 : sizeMm.y >= sizeMm.z ? 1 : 2;
    const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(entries.size() / 2);
    std::nth_element(entries.begin(), middle, entries.end(), [axis](const Entry& a, const Entry& b) {
        return a.positionMm[axis] != b.positionMm[axis] ? a.positionMm[axis] < b.positionMm[axis]
                                                        : a.index < b.index;
    });
}

}  // namespace

PlaceTree::Plan PlaceTree::plan(std::span<const glm::vec3> positionsMm) {
    Plan plan;
    std::vector<Node>& nodes = plan.nodes;
    std::vector<Entry> entries(positionsMm.size());
    for (std::uint32_t i = 0; i < entries.size(); ++i) entries[i] = {positionsMm[i], i};
    int depth = 0;
    while ((kMaxLeafPlaces << depth) < entries.size()) ++depth;
    nodes.resize((std::size_t{2} << depth) - 1);
    nodes[0].end = static_cast<std::uint32_t>(entries.size());
    for (int level = 0; level <= depth; ++level) {
        const std::size_t first = (std::size_t{1} << level) - 1;
        const auto finish = [&](std::size_t k) {
            Node& here = nodes[first + k];
            if (here.begin == here.end) return;
            const std::span<Entry> range(entries.data() + here.begin, here.size());
            const Bounds bounds = boundsOf(range);
            here.centreMm = bounds.centreMm();
            float squared = 0;
            for (const Entry& entry : range) {
                const glm::vec3 off = entry.positionMm - here.centreMm;
                squared = std::max(squared, glm::dot(off, off));
            }
            here.radiusMm = kSlack * std::sqrt(squared);
            if (level == depth) {
                std::sort(range.begin(), range.end(),
                          [](const Entry& a, const Entry& b) { return a.index < b.index; });
                return;
            }
            cut(range, bounds.sizeMm());
            const std::uint32_t middle = here.begin + static_cast<std::uint32_t>(here.size() / 2);
            Node& left = nodes[2 * (first + k) + 1];
            Node& right = nodes[2 * (first + k) + 2];
            left.begin = here.begin, left.end = right.begin = middle, right.end = here.end;
        };
        parallelFor(std::size_t{1} << level, finish, 1);
    }
    plan.order.resize(entries.size());
    for (std::size_t slot = 0; slot < entries.size(); ++slot) plan.order[slot] = entries[slot].index;
    return plan;
}

PlaceTree::PlaceTree(std::span<const glm::vec3> positionsMm, Plan plan)
    : plan_(std::move(plan)), positionsMm_(positionsMm.size()) {
    parallelFor(positionsMm_.size(),
                [&](std::size_t slot) { positionsMm_[slot] = positionsMm[plan_.order[slot]]; });
}

}  // namespace stubble
