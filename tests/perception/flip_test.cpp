#include "engine/perception/flip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/perception/scattered_strokes.h"

namespace stubble {
namespace {

constexpr double kPixelsPerDegree = 67;

ImageLinear flat(glm::vec3 colour) {
    return ImageLinear(40, 30, colour);
}

TEST(Flip, IdenticalPicturesDoNotDiffer) {
    const ImageLinear dots = scatteredStrokes({.sidePx = 64});
    EXPECT_EQ(flipDifference(dots, dots, kPixelsPerDegree)->mean, 0);
}

TEST(Flip, GreenAndBlueAreAsFarApartAsColoursCanBe) {
    const auto difference = flipDifference(flat({0, 1, 0}), flat({0, 0, 1}), kPixelsPerDegree);
    EXPECT_NEAR(difference->mean, 1, 1e-4);
}

TEST(Flip, BlackAndWhiteByTheFormulas) {
    // Lightness differs by 100, raised to 0.7; the largest difference of all, green to blue, is 41.28 after
    // that power. From 0.4 of it on, errors run from 0.95 to 1.
    const double largest = 41.276, knee = 0.4 * largest;
    const double expected = 0.95 + (std::pow(100, 0.7) - knee) / (largest - knee) * 0.05;
    EXPECT_NEAR(flipDifference(flat({0, 0, 0}), flat({1, 1, 1}), kPixelsPerDegree)->mean, expected, 2e-4);
}

TEST(Flip, IsSymmetricAndWithinZeroAndOne) {
    const ImageLinear one = scatteredStrokes({.seed = 1, .sidePx = 80});
    const ImageLinear two = scatteredStrokes({.seed = 2, .sidePx = 80, .lengthMm = 1});
    const auto there = flipDifference(one, two, kPixelsPerDegree),
               back = flipDifference(two, one, kPixelsPerDegree);
    EXPECT_EQ(there->map.pixels, back->map.pixels);
    EXPECT_GT(there->mean, 0.02);
    EXPECT_THAT(there->map.pixels, testing::Each(testing::AllOf(testing::Ge(0.0f), testing::Le(1.0f))));
}

TEST(Flip, DiffersWhereThePicturesDoAndLessFromAfar) {
    ImageLinear one = flat({0.4f, 0.3f, 0.25f}), two = one;
    two.at(10, 15) = glm::vec3(0.05f);
    const auto near = flipDifference(one, two, 30), far = flipDifference(one, two, 300);
    EXPECT_GT(near->map.at(10, 15), 0.1f);
    EXPECT_NEAR(near->map.at(38, 2), 0, 1e-4f);
    EXPECT_LT(far->map.at(10, 15), 0.6f * near->map.at(10, 15));
}

TEST(Flip, AFeatureRaisesTheErrorOfTheSameColourDifference) {
    // The same two colours, once everywhere and once as a line: only the line has edges.
    const glm::vec3 base(0.4f), other(0.36f);
    ImageLinear line = flat(base);
    for (int y = 0; y < line.height; ++y)
        for (int x = 20; x < line.width; ++x) line.at(x, y) = other;
    const auto everywhere = flipDifference(flat(base), flat(other), kPixelsPerDegree);
    const auto edge = flipDifference(flat(base), line, kPixelsPerDegree);
    EXPECT_GT(*std::max_element(edge->map.pixels.begin(), edge->map.pixels.end()), 1.05 * everywhere->mean);
}

TEST(Flip, RefusesWhatItCannotCompare) {
    EXPECT_EQ(flipDifference(flat({}), ImageLinear(40, 31), kPixelsPerDegree).error().message,
              "FLIP: test is 40 x 31 pixels, expected 40 x 30 as the reference");
    EXPECT_EQ(flipDifference(ImageLinear(), ImageLinear(), kPixelsPerDegree).error().message,
              "FLIP: reference: 0 x 0 pixels, expected at least 1 x 1");
    EXPECT_EQ(flipDifference(flat({}), flat({}), 0).error().message,
              "FLIP: reference: 0 pixels per degree, expected a positive number");
    ImageLinear broken = flat({});
    broken.at(3, 2).y = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(flipDifference(flat({}), broken, kPixelsPerDegree).error().message,
              "FLIP: test: pixel (3, 2) is (0, nan, 0), expected finite values");
}

}  // namespace
}  // namespace stubble
