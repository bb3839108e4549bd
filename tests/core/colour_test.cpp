#include "engine/core/colour.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

struct Pair {
    glm::vec3 one, two;
    float difference;
};

// Sharma, Wu and Dalal 2005, table 1: all sides of the formula's cases.
constexpr Pair kPublished[] = {
    {{50, 2.6772f, -79.7751f}, {50, 0, -82.7485f}, 2.0425f},
    {{50, 3.1571f, -77.2803f}, {50, 0, -82.7485f}, 2.8615f},
    {{50, -1.3802f, -84.2814f}, {50, 0, -82.7485f}, 1.0000f},
    {{50, -0.9009f, -85.5211f}, {50, 0, -82.7485f}, 1.0000f},
    {{50, 0, 0}, {50, -1, 2}, 2.3669f},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0009f}, 7.1792f},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0012f}, 7.2195f},
    {{50, -0.001f, 2.49f}, {50, 0.0009f, -2.49f}, 4.8045f},
    {{50, -0.001f, 2.49f}, {50, 0.0011f, -2.49f}, 4.7461f},
    {{50, 2.5f, 0}, {50, 0, -2.5f}, 4.3065f},
    {{50, 2.5f, 0}, {73, 25, -18}, 27.1492f},
    {{50, 2.5f, 0}, {61, -5, 29}, 22.8977f},
    {{50, 2.5f, 0}, {56, -27, -3}, 31.9030f},
    {{50, 2.5f, 0}, {58, 24, 15}, 19.4535f},
    {{50, 2.5f, 0}, {50, 3.1736f, 0.5854f}, 1.0000f},
    {{60.2574f, -34.0099f, 36.2677f}, {60.4626f, -34.1751f, 39.4387f}, 1.2644f},
    {{63.0109f, -31.0961f, -5.8663f}, {62.8187f, -29.7946f, -4.0864f}, 1.2630f},
    {{22.7233f, 20.0904f, -46.6940f}, {23.0331f, 14.9730f, -42.5619f}, 2.0373f},
    {{36.4612f, 47.8580f, 18.3852f}, {36.2715f, 50.5065f, 21.2231f}, 1.4146f},
    {{90.8027f, -2.0831f, 1.4410f}, {91.1528f, -1.6435f, 0.0447f}, 1.4441f},
    {{6.7747f, -0.2908f, -2.4247f}, {5.8714f, -0.0985f, -2.2286f}, 0.6377f},
    {{2.0776f, 0.0795f, -1.1350f}, {0.9033f, -0.0636f, -0.5514f}, 0.9082f},
};

TEST(DeltaE2000Test, AgreesWithThePublishedPairsEitherWayRound) {
    for (const Pair& pair : kPublished) {
        EXPECT_NEAR(deltaE2000(pair.one, pair.two), pair.difference, 1e-4f) << pair.difference;
        EXPECT_NEAR(deltaE2000(pair.two, pair.one), pair.difference, 1e-4f) << pair.difference;
    }
}

TEST(LabTest, WhiteAndPrimariesAreWhereSrgbPutsThem) {
    const auto near = [](glm::vec3 a, glm::vec3 b) { EXPECT_LT(glm::distance(a, b), 0.05f) << b.x; };
    near(labFromLinearSrgb(glm::vec3(1)), {100, 0, 0});
    near(labFromLinearSrgb(glm::vec3(0)), {0, 0, 0});
    // Lindbloom's calculator, sRGB without adaptation.
    near(labFromLinearSrgb({1, 0, 0}), {53.24f, 80.09f, 67.20f});
    near(labFromLinearSrgb({0, 0, 1}), {32.30f, 79.19f, -107.86f});
}

TEST(LabTest, ComesBack) {
    for (const glm::vec3 c :
         {glm::vec3(0.8f, 0.6f, 0.4f), glm::vec3(0.02f, 0.018f, 0.014f), glm::vec3(0, 1, 0)})
        EXPECT_LT(glm::distance(linearSrgbFromLab(labFromLinearSrgb(c)), c), 1e-5f);
}

TEST(ItaTest, TellsLightFromDark) {
    EXPECT_NEAR(itaDegrees({70, 10, 20}), 45, 1e-4f);
    EXPECT_NEAR(itaDegrees({30, 10, 20}), -45, 1e-4f);
}

}  // namespace
}  // namespace stubble
