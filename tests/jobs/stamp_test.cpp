// The mark, and the display curve that it is measured by.
#include "engine/jobs/stamp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/jobs/display_image.h"

namespace stubble {
namespace {

float mostOf(glm::vec3 difference) {
    return std::max({std::abs(difference.r), std::abs(difference.g), std::abs(difference.b)});
}

TEST(DisplayImage, SceneAndShownAreInverse) {
    for (int r = 0; r <= 240; r += 12)
        for (int g = 0; g <= 240; g += 16)
            for (int b = 0; b <= 240; b += 20) {
                const glm::vec3 shown = glm::vec3(r, g, b) / 255.0f;
                const glm::vec3 back = shownFromScene(sceneFromShown(shown));
                // A hundredth of a level of 8 bits.
                EXPECT_NEAR(mostOf((back - shown)), 0, 0.01 / 255) << r << ' ' << g << ' ' << b;
            }
}

/// Flat pictures that show 0 to 255 everywhere, in each kind of pixel.
struct FlatPictures {
    ImageRgb8 eight;
    ImageRgb16 sixteen;
    ImageLinear light;
    FlatPictures(int width, int height, Rgb8 level)
        : eight(width, height, level),
          sixteen(width, height, Rgb16(level) * std::uint16_t{257}),
          light(width, height, sceneFromShown(glm::vec3(level) / 255.0f)) {}
};

class StampTest : public ::testing::TestWithParam<Rgb8> {};

TEST_P(StampTest, IsTheSameMarkInEveryKindOfPixel) {
    FlatPictures flat(480, 360, GetParam());
    const FlatPictures before = flat;
    ASSERT_TRUE(stampSimulation(flat.eight));
    ASSERT_TRUE(stampSimulation(flat.sixteen));
    ASSERT_TRUE(stampSimulation(flat.light));
    int marked = 0;
    float strongest = 0;
    for (std::size_t i = 0; i < flat.eight.pixels.size(); ++i) {
        const glm::vec3 eight(flat.eight.pixels[i]);
        ASSERT_LT(mostOf((eight - glm::vec3(flat.sixteen.pixels[i]) / 257.0f)), 0.51f);
        ASSERT_LT(mostOf((eight - 255.0f * shownFromScene(flat.light.pixels[i]))), 0.52f);
        const bool inCorner = i % 480 >= 378 && i / 480 > 340;
        const bool changed = flat.sixteen.pixels[i] != before.sixteen.pixels[i];
        ASSERT_TRUE(inCorner || !changed) << "outside the corner";
        ASSERT_TRUE(inCorner || flat.light.pixels[i] == before.light.pixels[i]);
        marked += changed;
        strongest = std::max(strongest, mostOf((eight - glm::vec3(GetParam()))));
    }
    EXPECT_GT(marked, 96) << "more pixels than the mark is wide";
    EXPECT_GT(strongest, 40) << "legible on any ground";
}

INSTANTIATE_TEST_SUITE_P(Grounds, StampTest,
                         ::testing::Values(Rgb8(0), Rgb8(60, 40, 30), Rgb8(139), Rgb8(141),
                                           Rgb8(235, 215, 205)));

TEST(Stamp, SmallPicturesAreLeftAlone) {
    FlatPictures flat(159, 200, Rgb8(60));
    ASSERT_TRUE(stampSimulation(flat.eight));
    EXPECT_TRUE(std::ranges::all_of(flat.eight.pixels, [](Rgb8 pixel) { return pixel == Rgb8(60); }));
}

}  // namespace
}  // namespace stubble
