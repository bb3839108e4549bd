#include "engine/treatment/brush.h"

#include <gtest/gtest.h>

#include <numbers>

namespace stubble {
namespace {

float after(float density, float strength, float share, float level = 1) {
    return brushed(density, 200, {.points = {}, .strength = strength, .level = level}, share);
}

TEST(Brush, ErasesAndFills) {
    EXPECT_EQ(after(80, -1, 1), 0);
    EXPECT_EQ(after(80, -1, 0), 80);
    EXPECT_EQ(after(80, -0.5f, 0.5f), 60);
    EXPECT_EQ(after(80, 1, 1), 200);
    EXPECT_EQ(after(80, 0.5f, 0.5f), 110);
    EXPECT_EQ(after(0, 1, 0.25f), 50);
    EXPECT_EQ(after(80, 0, 1), 80);
    EXPECT_EQ(after(240, 1, 1), 240) << "filling takes nothing away";
}

TEST(Brush, EvensOutFromBothSides) {
    EXPECT_EQ(after(80, 1, 1, 0.5f), 100);
    EXPECT_EQ(after(180, 1, 1, 0.5f), 100);
    EXPECT_EQ(after(180, 0.5f, 0.5f, 0.5f), 160);
    EXPECT_EQ(after(180, -1, 1, 0.5f), 0) << "erasing has no level";
    EXPECT_EQ(after(240, 1, 1, 1.5f), 300);
}

TEST(Brush, CountsDotsInADisc) {
    Impressions impressions;
    for (int x = -20; x <= 20; ++x)
        for (int y = -20; y <= 20; ++y) impressions.positionsMm.emplace_back(0.5f * x, 0.5f * y, 0);
    // A circle of radius 12 has 441 places of the whole-number lattice in it, 25 on a line through its
    // middle.
    const float discCm2 = 0.36f * std::numbers::pi_v<float>;
    EXPECT_FLOAT_EQ(densityAround(impressions, {0, 0, 0}, 6), 441 / discCm2);
    EXPECT_FLOAT_EQ(densityAround(impressions, {10, 0, 0}, 6), static_cast<float>((441 + 25) / 2) / discCm2);
    EXPECT_EQ(densityAround(impressions, {0, 0, 30}, 6), 0);
}

}  // namespace
}  // namespace stubble
