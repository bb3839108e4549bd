#include "engine/treatment/keep_clear.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/random.h"

namespace stubble {
namespace {

std::vector<glm::vec3> scattered(std::size_t count, std::uint64_t seed, float sizeMm) {
    RandomStream random(seed);
    std::vector<glm::vec3> places(count);
    for (glm::vec3& p : places) p = {sizeMm * random.uniform(), 0, sizeMm * random.uniform()};
    return places;
}

TEST(KeepClear, GapsAreThoseToTheNearestHairOnTheSameSide) {
    const PlaceTree tree(scattered(3000, 1, 30));
    const std::vector<glm::vec3> normals(3000, {0, 1, 0});
    std::vector<HairRoot> hairs;
    RandomStream random(2);
    for (const glm::vec3& p : scattered(500, 3, 30))
        hairs.push_back({p, {0, random.uniform() < 0.5f ? 1.0f : -1.0f, 0}, 0.2f * random.uniform()});
    const std::vector<float> gaps = hairGapsMm(tree, normals, hairs, 0.7f);
    std::size_t near = 0;
    for (std::size_t s = 0; s < gaps.size(); ++s) {
        float expected = 0.7f;
        for (const HairRoot& hair : hairs)
            if (hair.normal.y > 0)
                expected = std::min(
                    expected, glm::distance(hair.positionMm, tree.positionsMm()[s]) - 0.5f * hair.diameterMm);
        EXPECT_EQ(gaps[s], expected);
        near += expected < 0.7f;
    }
    EXPECT_GT(near, 500u);
    EXPECT_EQ(hairGapsMm(tree, normals, {}, 0.7f), std::vector<float>(3000, 0.7f));
}

TEST(KeepClear, OpenSharesCountTheRoomAround) {
    const PlaceTree tree(scattered(20000, 1, 60));
    std::vector<float> gaps(20000);
    for (std::size_t s = 0; s < gaps.size(); ++s) gaps[s] = static_cast<float>(s % 10);
    for (const float share : openShares(tree, gaps, 3)) EXPECT_NEAR(share, 0.7f, 0.02f);
    for (const float share : openShares(tree, gaps, 0)) EXPECT_EQ(share, 1);
    for (const float share : openShares(tree, gaps, 20)) EXPECT_EQ(share, kLeastOpenShare);
    // Closed on one half, open on the other: each half knows its own.
    for (std::size_t s = 0; s < gaps.size(); ++s) gaps[s] = tree.positionsMm()[s].x < 30 ? 0.0f : 1.0f;
    const std::vector<float> shares = openShares(tree, gaps, 0.5f);
    for (std::size_t leaf = 0; leaf < shares.size(); ++leaf) {
        const PlaceTree::Node& node = tree.leaf(leaf);
        if (node.centreMm.x - node.radiusMm > 38) {
            EXPECT_EQ(shares[leaf], 1);
        }
        if (node.centreMm.x + node.radiusMm < 22) {
            EXPECT_EQ(shares[leaf], kLeastOpenShare);
        }
    }
}

}  // namespace
}  // namespace stubble
