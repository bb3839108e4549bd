#include "engine/hair/follicles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/core/units.h"
#include "engine/geometry/spread.h"
#include "engine/hair/growth_direction.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

/// An ellipsoid with the azimuthal chart of its own centre: the vertex above, radius 1 on the equator.
Head ellipsoidHead() {
    Head head;
    head.mesh = makeEllipsoid(5, {75, 95, 100});
    for (const glm::vec3& p : head.mesh.positionsMm) {
        const glm::vec3 d = glm::normalize(p);
        const float polar = std::acos(std::clamp(d.y, -1.0f, 1.0f)) / (kPi / 2);
        const float across = std::max(std::hypot(d.x, d.z), 1e-9f);
        head.chartPositions.push_back(polar * glm::vec2(-d.x, d.z) / across);  // +X is the head's left
    }
    return head;
}

std::vector<float> upperHalf(const Head& head, float hairsPerCm2) {
    std::vector<float> density;
    for (const glm::vec3& p : head.mesh.positionsMm) density.push_back(p.y > 0 ? hairsPerCm2 : 0);
    return density;
}

double integral(const TriMesh& mesh, std::span<const float> perCm2) {
    double sum = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        sum += triangleAreaMm2(mesh, i) / 100 * (perCm2[t.x] + perCm2[t.y] + perCm2[t.z]) / 3;
    }
    return sum;
}

Follicles grow(const Head& head, std::span<const float> hairsPerCm2, const HairDesign& hair = {},
               std::uint64_t seed = 1) {
    auto follicles = growFollicles(head, hairsPerCm2, hair, seed);
    if (!follicles) throw std::runtime_error(follicles.error().message);
    return *std::move(follicles);
}

std::vector<int> unitSizesOf(const Follicles& follicles) {
    std::vector<int> sizes;
    for (const std::uint32_t unit : follicles.units) {
        if (unit >= sizes.size()) sizes.resize(unit + 1u, 0);
        ++sizes[unit];
    }
    return sizes;
}

TEST(Follicles, HoldTheHairsAskedFor) {
    const Head head = ellipsoidHead();
    const std::vector<float> density = upperHalf(head, 190);
    const Follicles follicles = grow(head, density);
    const double expected = integral(head.mesh, density);
    EXPECT_NEAR(static_cast<double>(follicles.size()), expected, 0.01 * expected);
    for (const std::size_t size :
         {follicles.normals.size(), follicles.directions.size(), follicles.diametersUm.size(),
          follicles.melanin.size(), follicles.units.size()})
        EXPECT_EQ(size, follicles.size());
    EXPECT_TRUE(std::is_sorted(follicles.units.begin(), follicles.units.end()));
}

TEST(Follicles, UnitsHaveTheMeasuredSizes) {
    const Head head = ellipsoidHead();
    HairDesign hair;
    const std::vector<float> everywhere(head.mesh.positionsMm.size(), hair.densityPerCm2);
    const std::vector<int> sizes = unitSizesOf(grow(head, everywhere));
    std::array<double, 5> shares{};
    for (const int size : sizes) {
        ASSERT_TRUE(size >= 1 && size <= 5);
        shares[static_cast<std::size_t>(size - 1)] += 100.0 / static_cast<double>(sizes.size());
    }
    const std::array<double, 5> measured = {28, 53, 17, 1.3, 0.2};  // sum 99.5
    for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(shares[k], measured[k] / 0.995, 0.1) << k + 1;
}

TEST(Follicles, ThinHairStandsSinglyAndFiner) {
    const Head head = ellipsoidHead();
    HairDesign hair;
    const std::vector<float> full(head.mesh.positionsMm.size(), hair.densityPerCm2);
    const std::vector<float> thin(head.mesh.positionsMm.size(), 0.15f * hair.densityPerCm2);
    const Follicles dense = grow(head, full), sparse = grow(head, thin);
    EXPECT_NEAR(static_cast<double>(sparse.size()), integral(head.mesh, thin),
                0.02 * integral(head.mesh, thin));
    const auto meanSize = [](const Follicles& f) {
        return static_cast<double>(f.size()) / (f.units.back() + 1.0);
    };
    EXPECT_NEAR(meanSize(dense), 1.92, 0.01);
    EXPECT_LT(meanSize(sparse), 1.2);
    const auto meanDiameter = [](const Follicles& f) {
        double sum = 0;
        for (const float d : f.diametersUm) sum += d;
        return sum / static_cast<double>(f.size());
    };
    EXPECT_NEAR(meanDiameter(dense), hair.diameterUm, 0.01 * hair.diameterUm);
    EXPECT_LT(meanDiameter(sparse), 0.8 * hair.diameterUm);
}

TEST(Follicles, HairsOfAUnitStandTogetherAndUnitsApart) {
    const Head head = ellipsoidHead();
    const Follicles f = grow(head, upperHalf(head, 190));
    for (std::size_t i = 1; i < f.size(); ++i)
        for (std::size_t j = i; j-- > 0 && f.units[j] == f.units[i];) {
            const float apart = glm::distance(f.positionsMm[i], f.positionsMm[j]);
            EXPECT_TRUE(apart > 0.08f && apart < 0.3f) << apart;
        }
    // First hairs of units: at least the sampler's spacing less two rings.
    const float least = 0.65f * static_cast<float>(hexagonalSpacing(100 * 1.92, 190)) - 0.25f;
    std::vector<glm::vec3> firsts;
    for (std::size_t i = 0; i < f.size(); ++i)
        if (i == 0 || f.units[i] != f.units[i - 1]) firsts.push_back(f.positionsMm[i]);
    for (std::size_t i = 0; i < firsts.size(); i += 50)
        for (std::size_t j = 0; j < firsts.size(); ++j)
            if (i != j) {
                EXPECT_GT(glm::distance(firsts[i], firsts[j]), least);
            }
}

TEST(Follicles, LeaveTheSkinAtTheAnglesOfTheirRegion) {
    const Head head = ellipsoidHead();
    const Follicles f = grow(head, upperHalf(head, 60));
    int front = 0, temple = 0, middle = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
        EXPECT_NEAR(glm::length(f.directions[i]), 1, 1e-5);
        const float angle = degreesFromRadians(std::asin(glm::dot(f.directions[i], f.normals[i])));
        EXPECT_GT(angle, 2.9f);
        const glm::vec3 d = glm::normalize(f.positionsMm[i]);
        const float polar = std::acos(d.y) / (kPi / 2);
        const glm::vec2 chart = polar * glm::normalize(glm::vec2(-d.x, d.z));
        constexpr float kSlack = 0.5f;
        if (chart.y > 0.55f && std::abs(chart.x) < 0.4f) {
            ++front;
            EXPECT_TRUE(angle > 10 - kSlack && angle < 20 + kSlack) << angle;
        } else if (std::abs(chart.x) > 0.8f && chart.y > 0.3f) {
            ++temple;
            EXPECT_TRUE(angle > 3 - kSlack && angle < 10 + kSlack) << angle;
        } else if (glm::length(chart) < 0.15f) {
            ++middle;
            EXPECT_TRUE(angle > 30 - kSlack && angle < 60 + kSlack) << angle;
        }
    }
    EXPECT_GT(front, 100);
    EXPECT_GT(temple, 20);
    EXPECT_GT(middle, 100);
}

TEST(Follicles, GrowForwardsOnTopAndDownAtTheSides) {
    const Head head = ellipsoidHead();
    const Follicles f = grow(head, upperHalf(head, 60));
    glm::vec3 top(0), left(0), nape(0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        const glm::vec3 p = glm::normalize(f.positionsMm[i]);
        if (p.y > 0.8f && p.z > 0.2f) top += f.directions[i];
        if (p.x > 0.9f) left += f.directions[i];
        if (p.z < -0.95f) nape += f.directions[i];
    }
    EXPECT_GT(glm::normalize(top).z, 0.6f);
    EXPECT_LT(glm::normalize(left).y, -0.7f);
    EXPECT_LT(glm::normalize(nape).y, -0.7f);
}

TEST(GrowthDirection, SpiralsOutOfTheCrown) {
    const glm::vec2 crown(0, -0.45f);
    for (const float turn : {0.3f, 1.7f, 4.0f}) {
        const glm::vec2 outwards(std::cos(turn), std::sin(turn));
        const glm::vec2 place = crown + 0.05f * outwards;
        const glm::vec2 clockwise = growthInChart(place, WhorlTurn::clockwise);
        const glm::vec2 anticlockwise = growthInChart(place, WhorlTurn::anticlockwise);
        const auto turned = [&](glm::vec2 v) { return outwards.x * v.y - outwards.y * v.x; };
        EXPECT_LT(turned(clockwise), -0.5f);  // seen from above with the face up, clockwise is a right turn
        EXPECT_GT(turned(anticlockwise), 0.5f);
        EXPECT_GT(glm::dot(clockwise, outwards), 0.3f);
        EXPECT_NEAR(glm::length(clockwise), 1, 1e-5);
    }
    EXPECT_NEAR(glm::dot(growthInChart({0, 0.6f}, WhorlTurn::clockwise), glm::vec2(0, 1)), 1, 0.01);
    int clockwise = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) clockwise += whorlTurnOf(seed) == WhorlTurn::clockwise;
    EXPECT_NEAR(clockwise / 2000.0, 0.89, 0.03);
}

TEST(Follicles, GreyInTheShareAskedFor) {
    const Head head = ellipsoidHead();
    HairDesign hair;
    for (const float share : {0.0f, 0.3f, 1.0f}) {
        hair.greyShare = share;
        const Follicles f = grow(head, upperHalf(head, 60), hair);
        double grey = 0;
        for (const float melanin : f.melanin) {
            ASSERT_TRUE(melanin == 0 || melanin == 1);
            grey += 1 - melanin;
        }
        EXPECT_NEAR(grey / static_cast<double>(f.size()), share, 0.015);
    }
}

TEST(Follicles, DependOnTheSeedAlone) {
    const Head head = ellipsoidHead();
    const std::vector<float> density = upperHalf(head, 60);
    const Follicles a = grow(head, density), b = grow(head, density), c = grow(head, density, {}, 2);
    EXPECT_EQ(a.positionsMm, b.positionsMm);
    EXPECT_EQ(a.directions, b.directions);
    EXPECT_NE(a.positionsMm, c.positionsMm);
}

TEST(Follicles, NoHairIsNoError) {
    const Head head = ellipsoidHead();
    EXPECT_EQ(grow(head, upperHalf(head, 0)).size(), 0u);
    HairDesign bald;
    bald.densityPerCm2 = 0;
    EXPECT_EQ(grow(head, upperHalf(head, 0), bald).size(), 0u);
}

TEST(Follicles, RefuseBadInput) {
    Head head = ellipsoidHead();
    std::vector<float> density = upperHalf(head, 60);
    density[7] = NAN;
    EXPECT_EQ(growFollicles(head, density, {}, 1).error().message,
              "follicles: density at vertex 7 is nan hairs/cm², expected a finite number of at least 0");
    density.pop_back();
    EXPECT_THAT(growFollicles(head, density, {}, 1).error().message,
                testing::HasSubstr("one of each a vertex"));
    head.chartPositions.clear();
    EXPECT_FALSE(growFollicles(head, upperHalf(head, 60), {}, 1));
}

}  // namespace
}  // namespace stubble
