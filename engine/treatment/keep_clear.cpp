#include "engine/treatment/keep_clear.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

/// Over which room is averaged: some hundred candidates, well below the width in which hair thins out.
/// Working default.
constexpr float kRoomMm = 6;
constexpr float kSlack = 1.001f;  // for rounding

}  // namespace

std::vector<float> hairGapsMm(const PlaceTree& tree, std::span<const glm::vec3> normals,
                              std::span<const HairRoot> hairs, float reachMm) {
    std::vector<float> gaps(tree.positionsMm().size(), reachMm);
    if (hairs.empty()) return gaps;
    std::vector<glm::vec3> roots(hairs.size());
    float thickest = 0;
    for (std::size_t i = 0; i < hairs.size(); ++i) {
        roots[i] = hairs[i].positionMm;
        thickest = std::max(thickest, 0.5f * hairs[i].diameterMm);
    }
    const PlaceTree hairTree(roots);
    parallelFor(
        tree.leafCount(),
        [&](std::size_t leaf) {
            const PlaceTree::Node& here = tree.leaf(leaf);
            if (here.begin == here.end) return;
            const float withinMm = here.radiusMm + reachMm + thickest;
            // Beyond it no hair is near enough to count; spares a root for most.
            const float gapMm = kSlack * (reachMm + thickest);
            const Bounds box{here.centreMm - withinMm, here.centreMm + withinMm};
            hairTree.visitLeaves(box, [&](std::size_t hairLeaf) {
                for (std::size_t h = hairTree.leaf(hairLeaf).begin; h < hairTree.leaf(hairLeaf).end; ++h) {
                    const glm::vec3 root = hairTree.positionsMm()[h];
                    const glm::vec3 off = root - here.centreMm;
                    if (glm::dot(off, off) > withinMm * withinMm) continue;
                    const HairRoot& hair = hairs[hairTree.order()[h]];
                    for (std::size_t s = here.begin; s < here.end; ++s) {
                        const glm::vec3 apart = root - tree.positionsMm()[s];
                        if (glm::dot(apart, apart) > gapMm * gapMm) continue;
                        const float gap = glm::distance(root, tree.positionsMm()[s]) - 0.5f * hair.diameterMm;
                        if (gap < gaps[s] && glm::dot(hair.normal, normals[s]) > 0) gaps[s] = gap;
                    }
                }
            });
        },
        8);
    return gaps;
}

std::vector<float> openShares(const PlaceTree& tree, std::span<const float> gapsMm, float radiusMm) {
    std::vector<float> open(tree.leafCount(), 0), shares(tree.leafCount(), 1);
    parallelFor(open.size(), [&](std::size_t leaf) {
        for (std::size_t s = tree.leaf(leaf).begin; s < tree.leaf(leaf).end; ++s)
            open[leaf] += gapsMm[s] >= radiusMm ? 1.0f : 0.0f;
    });
    parallelFor(open.size(), [&](std::size_t leaf) {
        const glm::vec3 centre = tree.leaf(leaf).centreMm;
        float sum = 0, weights = 0;
        tree.visitLeaves({centre - kRoomMm, centre + kRoomMm}, [&](std::size_t other) {
            const glm::vec3 off = tree.leaf(other).centreMm - centre;
            const float inside = 1 - glm::dot(off, off) / (kRoomMm * kRoomMm);
            if (inside <= 0) return;
            weights += inside * static_cast<float>(tree.leaf(other).size());
            sum += inside * open[other];
        });
        if (weights > 0) shares[leaf] = std::max(sum / weights, kLeastOpenShare);
    });
    return shares;
}

}  // namespace stubble
