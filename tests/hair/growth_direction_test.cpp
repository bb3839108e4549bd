#include "engine/hair/growth_direction.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/units.h"
#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

TEST(GrowthDirection, SpiralsOutOfTheCrown) {
    const glm::vec2 crown(0, -0.45f);
    for (const float turn : {0.3f, 1.7f, 4.0f}) {
        const glm::vec2 outwards(std::cos(turn), std::sin(turn));
        const glm::vec2 place = crown + 0.05f * outwards;
        const glm::vec2 clockwise = growthInChart(place, std::vector{Whorl{crown, WhorlTurn::clockwise}});
        const glm::vec2 anticlockwise =
            growthInChart(place, std::vector{Whorl{crown, WhorlTurn::anticlockwise}});
        const auto turned = [&](glm::vec2 v) { return outwards.x * v.y - outwards.y * v.x; };
        EXPECT_LT(turned(clockwise), -0.5f);  // seen from above with the face up, clockwise is a right turn
        EXPECT_GT(turned(anticlockwise), 0.5f);
        EXPECT_GT(glm::dot(clockwise, outwards), 0.3f);
        EXPECT_NEAR(glm::length(clockwise), 1, 1e-5);
    }
    EXPECT_NEAR(glm::dot(growthInChart({0, 0.6f}, std::vector<Whorl>(1)), glm::vec2(0, 1)), 1, 0.01);
    int clockwise = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) clockwise += whorlTurnOf(seed) == WhorlTurn::clockwise;
    EXPECT_NEAR(clockwise / 2000.0, 0.89, 0.03);
}

std::vector<Whorl> whorls(WhorlKind kind, float sideMm, std::uint64_t seed = 1) {
    HairDesign hair;
    hair.whorl = kind;
    hair.whorlSideMm = sideMm;
    return whorlsOf(test::ellipsoidHead(), hair, seed);
}

float alongSkinMm(glm::vec2 from, glm::vec2 to) {
    const Head& head = test::ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    return static_cast<float>(lengthMm(tracer.trace(std::vector{from, to}, false)));
}

TEST(Whorls, StandWhereTheDesignSays) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        ASSERT_EQ(whorls(WhorlKind::seed, 0, seed).size(), 1u);
        EXPECT_EQ(whorls(WhorlKind::seed, 0, seed)[0].turn, whorlTurnOf(seed));
        EXPECT_EQ(whorls(WhorlKind::clockwise, 0, seed)[0].turn, WhorlTurn::clockwise);
        EXPECT_EQ(whorls(WhorlKind::anticlockwise, 0, seed)[0].turn, WhorlTurn::anticlockwise);
    }
    const glm::vec2 middle = whorls(WhorlKind::clockwise, 0)[0].centre;
    EXPECT_EQ(middle.x, 0);
    for (const float sideMm : {-30.0f, -10.0f, 12.0f, 30.0f}) {
        const glm::vec2 centre = whorls(WhorlKind::clockwise, sideMm)[0].centre;
        EXPECT_EQ(centre.x > 0, sideMm > 0) << "to the head's own right";
        EXPECT_NEAR(alongSkinMm(middle, centre), std::abs(sideMm), 1.5);
    }
}

TEST(Whorls, TwoTurnAgainstEachOther) {
    const std::vector<Whorl> two = whorls(WhorlKind::twin, 5);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_NE(two[0].turn, two[1].turn);
    EXPECT_NEAR(alongSkinMm(two[0].centre, two[1].centre), 40, 2);
    // Around each centre the field is its own spiral: it turns once around, outwards all along.
    for (const Whorl& whorl : two)
        for (float angle = 0; angle < 6.2f; angle += 0.2f) {
            const glm::vec2 outwards(std::cos(angle), std::sin(angle));
            const glm::vec2 place = whorl.centre + 0.03f * outwards;
            EXPECT_GT(glm::dot(growthInChart(place, two), growthInChart(place, std::vector{whorl})), 0.9f);
        }
    // Far off they are as one.
    EXPECT_GT(growthInChart({0, 0.6f}, two).y, 0.95f);
    EXPECT_LT(growthInChart({0, -0.9f}, two).y, -0.8f);
}

}  // namespace
}  // namespace stubble
