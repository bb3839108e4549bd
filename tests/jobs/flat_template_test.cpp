// Development of lines whose flat shape is known, and of hairlines on heads.
#include "engine/jobs/flat_template.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/core/random.h"
#include "engine/scalp/skull.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

struct Circle {
    std::vector<glm::vec3> places, normals;
};

/// Part of the circle at a polar angle on a sphere, from the right to the left of one who looks along −z with
/// the pole up.
Circle latitude(double radiusMm, double polar, double spanRadians, int steps) {
    Circle circle;
    for (int i = 0; i <= steps; ++i) {
        const double azimuth = spanRadians * (static_cast<double>(i) / steps - 0.5);
        const glm::dvec3 normal(std::sin(polar) * std::sin(azimuth), std::cos(polar),
                                std::sin(polar) * std::cos(azimuth));
        circle.places.emplace_back(radiusMm * normal);
        circle.normals.emplace_back(normal);
    }
    return circle;
}

TEST(RollOut, ACircleOfLatitudeBecomesItsConesArc) {
    constexpr double kRadiusMm = 90, kSpan = 2.4;
    for (const double polar : {0.5, 0.9, 1.3}) {
        const Circle circle = latitude(kRadiusMm, polar, kSpan, 600);
        const auto flat = rollOut(circle.places, circle.normals, 300, {0, -1, 0});
        // The cone that touches the sphere along the circle: its apex is so far up, and the arc so wide.
        const double slant = kRadiusMm * std::tan(polar), angle = kSpan * std::cos(polar);
        for (const std::size_t i : {std::size_t{0}, std::size_t{150}, std::size_t{450}, std::size_t{600}}) {
            const double at = angle * (static_cast<double>(i) / 600 - 0.5);
            EXPECT_NEAR(flat[i].x, slant * std::sin(at), 0.05) << polar << ' ' << i;
            EXPECT_NEAR(flat[i].y, slant * (1 - std::cos(at)), 0.05) << polar << ' ' << i;
        }
    }
}

TEST(RollOut, AGreatCircleIsStraightAndTheWayDownIsDown) {
    const Circle circle = latitude(90, std::numbers::pi / 2, 2, 400);
    const auto flat = rollOut(circle.places, circle.normals, 100, {0, -1, 0});
    for (std::size_t i = 0; i < flat.size(); ++i) EXPECT_NEAR(flat[i].y, 0, 1e-3) << i;
    EXPECT_NEAR(flat.front().x, -45, 0.01);
    EXPECT_NEAR(flat.back().x, 135, 0.02);
}

TEST(RollOut, OnePlaceStays) {
    const std::vector<glm::vec3> place = {{1, 2, 3}}, normal = {{0, 0, 1}};
    EXPECT_EQ(rollOut(place, normal, 0, {0, -1, 0}), std::vector<glm::vec2>{glm::vec2(0)});
}

/// How an arc of ten millimetres on paper compares with the head's, over the whole line.
float worstArcError(const FlatTemplate& flat) {
    float worst = 0;
    constexpr std::size_t kSteps = 20;
    for (std::size_t i = 0; i + kSteps < flat.placesMm.size(); i += kSteps) {
        double paper = 0, head = 0;
        for (std::size_t k = i; k < i + kSteps; ++k) {
            paper += double{glm::distance(flat.placesMm[k], flat.placesMm[k + 1])};
            head += double{glm::distance(flat.headMm[k], flat.headMm[k + 1])};
        }
        worst = std::max(worst, static_cast<float>(std::abs(paper / head - 1)));
    }
    return worst;
}

Head roughHead(float noiseMm) {
    test::MeshAndLandmarks built = test::ellipsoidParts();
    RandomStream random(7);
    for (std::size_t i = 0; i < built.mesh.positionsMm.size(); ++i)
        built.mesh.positionsMm[i] += built.mesh.normals[i] * (noiseMm * (2 * random.uniform() - 1));
    if (noiseMm > 0) computeNormals(built.mesh);
    return buildHead("ellipsoid", built.mesh, built.landmarks).value();
}

class DevelopedHairline : public ::testing::TestWithParam<HairlineStyle> {};

TEST_P(DevelopedHairline, KeepsItsArcsAndItsMirror) {
    const Head& head = test::ellipsoidHead();
    HairlineDesign design;
    design.style = GetParam();
    const Hairline hairline = Hairline::build(head, design, 1).value();
    const FlatTemplate flat = developHairline(head, hairline);
    ASSERT_EQ(flat.placesMm.size(), hairline.lineMm().size());
    EXPECT_LT(worstArcError(flat), 1e-4f);
    EXPECT_NEAR(flat.lengthMm(), hairline.lengthMm(), 0.1f);
    EXPECT_EQ(flat.placesMm[flat.middle], glm::vec2(0));
    EXPECT_NEAR(flat.arcsMm[flat.middle], 0, 1e-6f);
    // The ellipsoid's halves mirror each other, and so do the line's points.
    EXPECT_NEAR(flat.placesMm.front().x, -flat.placesMm.back().x, 2);
    EXPECT_NEAR(flat.placesMm.front().y, flat.placesMm.back().y, 2);
    EXPECT_LT(flat.arcsMm[flat.apexes[0]], 0);  // the client's right is on the left of the paper
    EXPECT_GT(flat.arcsMm[flat.apexes[1]], 0);
    EXPECT_GT(flat.behind(flat.middle).y, 0.99f);
}

INSTANTIATE_TEST_SUITE_P(Styles, DevelopedHairline,
                         ::testing::Values(HairlineStyle::natural, HairlineStyle::receded,
                                           HairlineStyle::rounded),
                         [](const auto& style) { return std::string(hairlineStyleName(style.param)); });

TEST(DevelopedHairlineOnAScan, NoiseHardlyBendsIt) {
    const Head smooth = roughHead(0), noisy = roughHead(0.15f);
    const FlatTemplate a = developHairline(smooth, Hairline::build(smooth, {}, 1).value());
    const FlatTemplate b = developHairline(noisy, Hairline::build(noisy, {}, 1).value());
    EXPECT_LT(worstArcError(b), 1e-4f);
    // Roughness of the skin makes a line along it longer; a tape's length differs by less than the bar of 1
    // %.
    EXPECT_NEAR(b.lengthMm() / a.lengthMm(), 1, 0.01f);
    for (const std::size_t k : {std::size_t{0}, std::size_t{1}})
        EXPECT_LT(glm::distance(a.placesMm[a.apexes[k]], b.placesMm[b.apexes[k]]), 2.5f);
}

TEST(FlatTemplate, AtAnArcIsOnTheLine) {
    FlatTemplate flat;
    flat.placesMm = {{-10, 0}, {0, 0}, {10, 0}};
    flat.arcsMm = {-10, 0, 10};
    flat.middle = 1;
    EXPECT_EQ(flat.at(5), glm::vec2(5, 0));
    EXPECT_EQ(flat.at(-99), glm::vec2(-10, 0));
    EXPECT_EQ(flat.at(99), glm::vec2(10, 0));
    EXPECT_EQ(flat.lengthMm(), 20);
}

}  // namespace
}  // namespace stubble
