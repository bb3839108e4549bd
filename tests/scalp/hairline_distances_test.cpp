#include "engine/scalp/hairline_distances.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/random.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

/// Places all over the head, ears and neck included, most of them inside triangles.
std::vector<glm::vec3> placesOnHead(std::size_t count) {
    const TriMesh& mesh = ellipsoidHead().mesh;
    RandomStream random(7);
    std::vector<glm::vec3> places;
    while (places.size() < count) {
        const auto triangle =
            static_cast<std::uint32_t>(random.uniform() * static_cast<float>(mesh.triangles.size()));
        const float u = random.uniform(), v = random.uniform() * (1 - u);
        places.push_back(positionMmAt(mesh, {triangle, {1 - u - v, u, v}}));
    }
    return places;
}

Hairline hairlineOf(HairlineStyle style, float heightMm, std::vector<glm::vec2> points = {}) {
    return Hairline::build(ellipsoidHead(), {style, heightMm, 8, 2.5f, std::move(points)}, 5).value();
}

TEST(PlaceTree, HoldsEveryPlaceOnceInTheBallsOfItsNodes) {
    const std::vector<glm::vec3> places = placesOnHead(64 * 64 + 1);  // one more than fill whole leaves
    const PlaceTree tree(places);
    std::vector<int> seen(places.size(), 0);
    for (std::size_t s = 0; s < places.size(); ++s) {
        EXPECT_EQ(tree.positionsMm()[s], places[tree.order()[s]]);
        ++seen[tree.order()[s]];
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), 64 * 64 + 1);
    std::uint32_t end = 0;
    for (std::size_t leaf = 0; leaf < tree.leafCount(); ++leaf) {
        EXPECT_EQ(tree.leaf(leaf).begin, end);
        EXPECT_LE(tree.leaf(leaf).size(), PlaceTree::kMaxLeafPlaces);
        end = tree.leaf(leaf).end;
    }
    EXPECT_EQ(end, places.size());
    for (std::size_t i = 0; i < tree.nodeCount(); ++i)
        for (std::size_t s = tree.node(i).begin; s < tree.node(i).end; ++s)
            EXPECT_LE(glm::distance(tree.positionsMm()[s], tree.node(i).centreMm), tree.node(i).radiusMm);
}

TEST(PlaceTree, FindsAllLeavesThatABoxMeets) {
    const std::vector<glm::vec3> places = placesOnHead(5000);
    const PlaceTree tree(places);
    for (std::size_t k = 0; k < 200; ++k) {
        const Bounds box{places[k] - 6.0f, places[k] + glm::vec3(6, 3, 9)};
        std::vector<int> visited(tree.leafCount(), 0);
        tree.visitLeaves(box, [&](std::size_t leaf) { ++visited[leaf]; });
        EXPECT_LT(std::count(visited.begin(), visited.end(), 1), 40);
        for (std::size_t leaf = 0; leaf < tree.leafCount(); ++leaf)
            for (std::size_t s = tree.leaf(leaf).begin; s < tree.leaf(leaf).end; ++s) {
                const glm::vec3 p = tree.positionsMm()[s];
                if (glm::clamp(p, box.minMm, box.maxMm) == p) {
                    ASSERT_EQ(visited[leaf], 1);
                }
            }
    }
    const PlaceTree none;
    none.visitLeaves({glm::vec3(-1), glm::vec3(1)}, [](std::size_t) { FAIL(); });
}

TEST(HairlineDistances, AreThoseOfTheHairlineToTheBit) {
    const std::vector<glm::vec3> places = placesOnHead(20000);
    const PlaceTree tree(places);
    HairlineDistances distances(tree, ellipsoidHead().chart);
    for (int style = 0; style < kHairlineStyleCount; ++style)
        for (const float reachMm : {12.0f, 60.0f}) {
            const Hairline hairline =
                hairlineOf(static_cast<HairlineStyle>(style), 60 + 3 * static_cast<float>(style));
            const std::vector<float> old(distances.distancesMm().begin(), distances.distancesMm().end());
            std::vector<std::uint8_t> changed(tree.leafCount(), 0);
            distances.update(hairline, reachMm, changed);
            std::size_t near = 0;
            for (std::size_t leaf = 0; leaf < tree.leafCount(); ++leaf) {
                bool differs = false;
                for (std::size_t s = tree.leaf(leaf).begin; s < tree.leaf(leaf).end; ++s) {
                    const float exact = hairline.signedDistanceMm(tree.positionsMm()[s]);
                    ASSERT_EQ(distances.distancesMm()[s],
                              exact < 0 ? HairlineDistances::kBefore : std::min(exact, reachMm));
                    differs |= old[s] != distances.distancesMm()[s];
                    near += exact > 0 && exact < reachMm;
                }
                EXPECT_EQ(changed[leaf] != 0, differs);
            }
            EXPECT_GT(near, 500u);
        }
}

TEST(HairlineDistances, FollowALineThatIsDragged) {
    const std::vector<glm::vec3> places = placesOnHead(20000);
    const PlaceTree tree(places);
    HairlineDistances distances(tree, ellipsoidHead().chart);
    const std::vector<glm::vec2> points = hairlineOf(HairlineStyle::natural, 70).points();
    RandomStream random(3);
    for (int edit = 0; edit < 25; ++edit) {
        std::vector<glm::vec2> dragged = points;
        const auto which = static_cast<std::size_t>(random.uniform() * static_cast<float>(points.size()));
        dragged[which] += 0.04f * glm::vec2(random.uniform() - 0.5f, random.uniform() - 0.5f);
        const auto hairline = Hairline::build(ellipsoidHead(), {HairlineStyle::broken, 70, 8, 2, dragged}, 5);
        if (!hairline) continue;
        std::vector<std::uint8_t> changed(tree.leafCount(), 0);
        distances.update(*hairline, 40, changed);
        for (std::size_t s = 0; s < places.size(); ++s) {
            const float exact = hairline->signedDistanceMm(tree.positionsMm()[s]);
            ASSERT_EQ(distances.distancesMm()[s],
                      exact < 0 ? HairlineDistances::kBefore : std::min(exact, 40.0f))
                << edit;
        }
    }
}

}  // namespace
}  // namespace stubble
