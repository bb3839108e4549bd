// Bentley, "Multidimensional binary search trees used for associative searching", 1975. The tree is implicit:
// the median of a range is its root.

#include "engine/scalp/point_tree.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stubble {

PointTree::PointTree(std::span<const glm::vec3> pointsMm) {
    points_.reserve(pointsMm.size());
    for (std::uint32_t i = 0; i < pointsMm.size(); ++i) points_.push_back({pointsMm[i], i});
    build(0, points_.size(), 0);
}

void PointTree::build(std::size_t begin, std::size_t end, int axis) {
    if (end - begin < 2) return;
    const std::size_t middle = begin + (end - begin) / 2;
    const auto at = [&](std::size_t i) { return points_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(begin), at(middle), at(end), [axis](const Entry& a, const Entry& b) {
        return a.positionMm[axis] != b.positionMm[axis] ? a.positionMm[axis] < b.positionMm[axis]
                                                        : a.index < b.index;
    });
    build(begin, middle, (axis + 1) % 3);
    build(middle + 1, end, (axis + 1) % 3);
}

void PointTree::search(std::size_t begin, std::size_t end, int axis, glm::vec3 positionMm, float& bestSquared,
                       std::uint32_t& best) const {
    if (begin == end) return;
    const std::size_t middle = begin + (end - begin) / 2;
    const Entry& root = points_[middle];
    const glm::vec3 difference = positionMm - root.positionMm;
    const float squared = glm::dot(difference, difference);
    if (squared < bestSquared || (squared == bestSquared && root.index < best))
        bestSquared = squared, best = root.index;
    const float side = difference[axis];
    const int next = (axis + 1) % 3;
    if (side < 0) {
        search(begin, middle, next, positionMm, bestSquared, best);
        if (side * side <= bestSquared) search(middle + 1, end, next, positionMm, bestSquared, best);
    } else {
        search(middle + 1, end, next, positionMm, bestSquared, best);
        if (side * side <= bestSquared) search(begin, middle, next, positionMm, bestSquared, best);
    }
}

std::optional<PointTree::Nearest> PointTree::nearest(glm::vec3 positionMm, float withinMm) const {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    float squared = withinMm * withinMm;
    std::uint32_t index = kNone;
    search(0, points_.size(), 0, positionMm, squared, index);
    if (index == kNone) return std::nullopt;
    return Nearest{index, std::sqrt(squared)};
}

}  // namespace stubble
