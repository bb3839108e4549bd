#include "engine/hair/strands.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/hair/canopy.h"
#include "engine/hair/hair_cover.h"
#include "tests/hair/add_hair.h"

namespace stubble {
namespace {

float pathMm(const Strands& strands, std::size_t i) {
    float sum = 0;
    for (std::size_t k = 1; k < kStrandPoints; ++k)
        sum += glm::distance(strands.pointsMm[i][k], strands.pointsMm[i][k - 1]);
    return sum;
}

TEST(Strands, StraightHairHasItsLengthAndDirection) {
    Follicles hairs;
    addHair(hairs, {1, 2, 0}, {0, 3, 4});
    HairDesign design;
    design.lengthMm = 5;
    const Strands strands = growStrands(hairs, design);
    EXPECT_NEAR(glm::distance(strands.pointsMm[0].back(), glm::vec3(1, 5, 4)), 0, 1e-4f);
    EXPECT_FLOAT_EQ(strands.lengthsMm[0], 5);
}

TEST(Strands, CurledHairLiesOnItsCircle) {
    constexpr float kCurvature = 0.2f;
    Follicles hairs;
    addHair(hairs, {0, 0, 0}, {0, 1, 1}, {.curvaturePerMm = kCurvature});  // away from the skin
    HairDesign design;
    design.lengthMm = 6;
    const Strands strands = growStrands(hairs, design);
    // The circle's middle is 1 ÷ curvature from the root, at right angles to where the hair starts.
    const glm::vec3 aside = glm::cross(hairs.curlAxes[0], hairs.directions[0]);
    EXPECT_GT(aside.z, 0);
    const glm::vec3 middleMm = aside / kCurvature;
    for (const glm::vec3 point : strands.pointsMm[0])
        EXPECT_NEAR(glm::distance(point, middleMm), 1 / kCurvature, 1e-3f);
    // Chords of a quarter of the arc are a little shorter than it.
    EXPECT_NEAR(pathMm(strands, 0), 6, 0.03f);
}

TEST(Strands, NoHairDivesIntoFlatSkin) {
    Follicles hairs;
    addHair(hairs, {0, 0, 0}, {0, 1, 0.1f}, {.curvaturePerMm = -0.15f});  // bends down
    HairDesign design;
    design.lengthMm = 10;
    const Strands strands = growStrands(hairs, design);
    // As far as a skull falls away under it.
    for (const glm::vec3 point : strands.pointsMm[0])
        EXPECT_GE(point.z, -glm::dot(glm::vec2(point), glm::vec2(point)) / 180 - 1e-4f);
}

TEST(Strands, LengthFollowsClipperReachAndGrowth) {
    Follicles hairs;
    addHair(hairs, {0, 0, 0}, {0, 1, 1});
    addHair(hairs, {1, 0, 0}, {0, 1, 1}, {.reachMm = 2});
    addHair(hairs, {2, 0, 0}, {0, 1, 1}, {.growing = false});
    HairDesign design;
    design.lengthMm = 3, design.hoursSinceShave = 48;
    const Strands strands = growStrands(hairs, design);
    EXPECT_NEAR(strands.lengthsMm[0], 3 + 2 * traitsOf(design).growthUmPerDay * 1e-3f, 1e-4f);
    EXPECT_FLOAT_EQ(strands.lengthsMm[1], 2);
    EXPECT_FLOAT_EQ(strands.lengthsMm[2], 3);
}

TEST(HairCover, CountsTheHairsAround) {
    Follicles hairs;
    RandomStream random(5);
    constexpr float kWidthMm = 40, kHairsPerMm2 = 2;
    for (int i = 0; i < int(kHairsPerMm2 * kWidthMm * kWidthMm); ++i)
        addHair(hairs, {kWidthMm * (random.uniform() - 0.5f), kWidthMm * (random.uniform() - 0.5f), 0},
                {0, 1, 1});
    HairDesign design;
    design.lengthMm = 4;
    const Strands strands = growStrands(hairs, design);
    std::vector<glm::vec3> places;
    for (int i = 0; i < 400; ++i)
        places.emplace_back(30 * (random.uniform() - 0.5f), 30 * (random.uniform() - 0.5f), 0);
    const std::vector<glm::vec3> normals(places.size(), {0, 0, 1}), other(places.size(), {0, 0, -1});
    double layers = 0;
    for (const HairCover& cover : hairCoverAt(places, normals, strands)) {
        layers += cover.layersPerMm / 400.0;
        EXPECT_NEAR(cover.lengthMm, 4, 1e-4f);
        EXPECT_NEAR(glm::dot(cover.direction, glm::normalize(glm::vec3(0, 1, 1))), 1, 1e-4f);
    }
    EXPECT_NEAR(layers, kHairsPerMm2 * 0.06, 0.03 * kHairsPerMm2 * 0.06);
    // Skin that faces the other way has none of it.
    for (const HairCover& cover : hairCoverAt(places, other, strands)) EXPECT_EQ(cover.layersPerMm, 0);
}

}  // namespace
}  // namespace stubble
