#include "engine/scalp/scar.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/scalp/skull.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

double distanceToSegment(glm::dvec3 place, glm::dvec3 a, glm::dvec3 b) {
    const glm::dvec3 ab = b - a;
    const double squared = glm::dot(ab, ab);
    const double t = squared > 0 ? std::clamp(glm::dot(place - a, ab) / squared, 0.0, 1.0) : 0;
    return glm::distance(place, a + t * ab);
}

TEST(Stroke, DistanceIsThatToTheNearestSegment) {
    RandomStream random(7);
    const auto somewhere = [&](float extentMm) {
        return extentMm * glm::vec3(random.uniform(), random.uniform(), random.uniform());
    };
    for (const std::size_t count : {1u, 2u, 3u, 16u, 17u, 18u, 100u}) {
        std::vector<glm::vec3> line;
        for (std::size_t i = 0; i < count; ++i) line.push_back(somewhere(60));
        if (count > 3) line[2] = line[1];  // a step of no length
        const StrokeOnSkin stroke(line, 9, 0.5f);
        for (int i = 0; i < 500; ++i) {
            const glm::vec3 place = somewhere(60);
            double nearest = glm::distance(place, line.front());
            for (std::size_t k = 1; k < count; ++k)
                nearest = std::min(nearest, distanceToSegment(place, line[k - 1], line[k]));
            ASSERT_NEAR(stroke.distanceMm(place), nearest, 1e-4) << count << " points";
            const double t = std::clamp((9 - nearest) / 4.5, 0.0, 1.0);
            ASSERT_NEAR(stroke.shareAt(place), t * t * (3 - 2 * t), 1e-4) << count << " points";
            ASSERT_TRUE(stroke.mayReach(place) || nearest >= 9);
        }
    }
}

TEST(Stroke, EdgesAreHardOrSoft) {
    const std::vector<glm::vec3> dab = {{1, 2, 3}};
    const StrokeOnSkin hard(dab, 4, 0), soft(dab, 4, 1);
    EXPECT_EQ(hard.shareAt({4.99f, 2, 3}), 1);
    EXPECT_EQ(hard.shareAt({5.01f, 2, 3}), 0);
    EXPECT_EQ(soft.shareAt({1, 2, 3}), 1);
    EXPECT_FLOAT_EQ(soft.shareAt({3, 2, 3}), 0.5f);
    EXPECT_EQ(soft.shareAt({5, 2, 3}), 0);
    EXPECT_EQ(hard.boundsMm().minMm, glm::vec3(-3, -2, -1));
    EXPECT_EQ(hard.boundsMm().maxMm, glm::vec3(5, 6, 7));
}

TEST(Stroke, ThatIsEmptyReachesNothing) {
    const StrokeOnSkin none({}, 5, 0.5f);
    EXPECT_TRUE(none.empty());
    EXPECT_FALSE(none.mayReach({0, 0, 0}));
    EXPECT_EQ(none.shareAt({0, 0, 0}), 0);
    EXPECT_TRUE(std::isinf(none.distanceMm({0, 0, 0})));
    EXPECT_TRUE(StrokeGrid(std::vector<StrokeOnSkin>(3)).near({0, 0, 0}).empty());
    EXPECT_TRUE(StrokeGrid().near({0, 0, 0}).empty());
}

TEST(Stroke, LiesOnTheSkinAndIsAsWideAsItSays) {
    const Head& head = ellipsoidHead();
    const auto skull = skullOf(head);
    const std::vector<glm::vec2> points = {{-0.5f, -0.6f}, {0, -0.7f}, {0.5f, -0.6f}};
    const StrokeOnSkin stroke = layStroke(skull->tracer(), points, 6, 0);
    // The line stays on the skin between its points, too.
    for (const float share : {0.0f, 0.13f, 0.5f, 0.77f, 1.0f}) {
        const auto on = skull->tracer().positionMm(glm::mix(points[0], points[1], share));
        ASSERT_TRUE(on);
        EXPECT_LT(stroke.distanceMm(*on), 0.02f);
    }
    std::vector<float> inside(head.mesh.positionsMm.size());
    for (std::size_t i = 0; i < inside.size(); ++i)
        inside[i] = 6 - stroke.distanceMm(head.mesh.positionsMm[i]);
    const double length = lengthMm(skull->tracer().trace(points, false));
    const double pi = std::acos(-1.0);
    EXPECT_NEAR(areaCm2Above(head.mesh, inside, 0), (12 * length + 36 * pi) / 100, 0.3);
}

TEST(StrokeGrid, NamesEveryStrokeThatReachesAPlaceInOrder) {
    RandomStream random(3);
    const auto somewhere = [&] {
        return 200.0f * glm::vec3(random.uniform(), random.uniform(), random.uniform());
    };
    std::vector<StrokeOnSkin> strokes;
    for (int i = 0; i < 300; ++i) {
        const glm::vec3 start = somewhere();
        const std::vector<glm::vec3> line = {start, start + 0.1f * somewhere()};
        strokes.emplace_back(line, 0.5f + 20 * random.uniform(), 0.5f);
    }
    const StrokeGrid grid(strokes);
    std::size_t named = 0, reaching = 0;
    for (int i = 0; i < 3000; ++i) {
        const glm::vec3 place = somewhere();
        const auto near = grid.near(place);
        EXPECT_TRUE(std::ranges::is_sorted(near));
        named += near.size();
        for (std::uint32_t k = 0; k < strokes.size(); ++k)
            if (strokes[k].shareAt(place) > 0) {
                ++reaching;
                ASSERT_TRUE(std::ranges::binary_search(near, k));
            }
    }
    EXPECT_GT(reaching, 500u);
    EXPECT_LT(named, 300u * 3000 / 10) << "the grid narrows the choice";
}

Scar stripScar(float uptake) {
    return {.points = {{-0.5f, -0.8f}, {0.5f, -0.8f}}, .widthMm = 5, .uptake = uptake};
}

TEST(Scars, AreHalfAtTheirBorder) {
    const Head& head = ellipsoidHead();
    const auto skull = skullOf(head);
    const std::vector<Scar> scars = {stripScar(0.7f)};
    const ScarsOnSkin onSkin(head, scars);
    const glm::vec3 middle = *skull->tracer().positionMm({0, -0.8f});
    const glm::vec3 up(0, 1, 0), along(1, 0, 0);
    // A tangent that leaves the line at a right angle: up the back of the head.
    const glm::vec3 normal =
        glm::normalize((middle - test::kCentreMm) / (test::kHalfAxesMm * test::kHalfAxesMm));
    const glm::vec3 away = glm::normalize(glm::cross(along, normal));
    EXPECT_GT(std::abs(glm::dot(away, up)), 0.3f);
    EXPECT_EQ(onSkin.at(middle).share, 1);
    EXPECT_EQ(onSkin.at(middle).scar, 0);
    EXPECT_EQ(onSkin.at(middle).uptake, 0.7f);
    EXPECT_NEAR(onSkin.at(middle + 2.5f * away).share, 0.5, 0.02);
    EXPECT_TRUE(onSkin.at(middle + 2.4f * away).isScar());
    EXPECT_FALSE(onSkin.at(middle + 2.6f * away).isScar());
    const auto healthy = onSkin.at(middle + 4.0f * away);
    EXPECT_EQ(healthy.share, 0);
    EXPECT_EQ(healthy.uptake, 1);
    EXPECT_EQ(healthy.scar, -1);
}

TEST(Scars, OneThatClaimsMostSaysTheUptake) {
    const Head& head = ellipsoidHead();
    const glm::vec3 middle = *skullOf(head)->tracer().positionMm({0, -0.8f});
    Scar round{.points = {{0, -0.8f}}, .widthMm = 1, .uptake = 1.3f};
    const std::vector<Scar> scars = {round, stripScar(0.5f)};
    const ScarsOnSkin onSkin(head, scars);
    EXPECT_EQ(onSkin.at(middle).uptake, 1.3f) << "the first among equals";
    EXPECT_EQ(onSkin.at(middle + glm::vec3(1, 0, 0)).uptake, 0.5f);
}

TEST(Scars, BearNoHair) {
    const Head& head = ellipsoidHead();
    std::vector<float> share(head.mesh.positionsMm.size(), 0.8f);
    clearHairInScars(head, ScarsOnSkin(), share);
    EXPECT_THAT(share, testing::Each(0.8f));
    Scar broad = stripScar(1);
    broad.widthMm = 20;
    const ScarsOnSkin onSkin(head, std::vector<Scar>{broad});
    clearHairInScars(head, onSkin, share);
    std::size_t bare = 0;
    for (std::size_t i = 0; i < share.size(); ++i) {
        const float distance = onSkin.strokes()[0].distanceMm(head.mesh.positionsMm[i]);
        if (distance < 8) {
            EXPECT_EQ(share[i], 0);
            ++bare;
        } else if (distance > 12) {
            EXPECT_EQ(share[i], 0.8f);
        }
    }
    EXPECT_GT(bare, 100u);
}

}  // namespace
}  // namespace stubble
