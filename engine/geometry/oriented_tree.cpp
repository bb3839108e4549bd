#include "engine/geometry/oriented_tree.h"

#include <tbb/parallel_invoke.h>

#include <algorithm>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr std::size_t kLeafPoints = 16;           ///< at most; 4 is 10 to 30 % slower
constexpr std::size_t kParallelPoints = 1 << 14;  ///< nodes with fewer are built by one thread

}  // namespace

OrientedTree::OrientedTree(std::span<const glm::vec3> positionsMm, std::span<const glm::vec3> normals) {
    entries_.resize(positionsMm.size());
    normals_.resize(positionsMm.size());
    if (entries_.empty()) return;
    for (std::size_t i = 0; i < entries_.size(); ++i)
        entries_[i] = {positionsMm[i], static_cast<std::uint32_t>(i)};
    while ((entries_.size() + firstLeaf_) / (firstLeaf_ + 1) > kLeafPoints) firstLeaf_ = 2 * firstLeaf_ + 1;
    nodes_.resize(2 * firstLeaf_ + 1);
    build(0, 0, entries_.size());
    parallelFor(entries_.size(), [&](std::size_t i) { normals_[i] = normals[entries_[i].given]; });
}

void OrientedTree::build(std::size_t node, std::size_t begin, std::size_t end) {
    glm::vec3 low(entries_[begin].positionMm), high(low);
    for (std::size_t i = begin; i < end; ++i) {
        low = glm::min(low, entries_[i].positionMm);
        high = glm::max(high, entries_[i].positionMm);
    }
    nodes_[node] = {low, static_cast<std::uint32_t>(begin), high, static_cast<std::uint32_t>(end)};
    if (node >= firstLeaf_) return;
    const glm::vec3 size = high - low;
    const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
    const std::size_t middle = (begin + end) / 2;
    const auto at = [&](std::size_t i) { return entries_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(begin), at(middle), at(end), [axis](const Entry& a, const Entry& b) {
        const float x = a.positionMm[axis], y = b.positionMm[axis];
        return x < y || (x == y && a.given < b.given);
    });
    const auto left = [&] { build(2 * node + 1, begin, middle); };
    const auto right = [&] { build(2 * node + 2, middle, end); };
    if (end - begin >= kParallelPoints) {
        tbb::parallel_invoke(left, right);
    } else {
        left();
        right();
    }
}

}  // namespace stubble
