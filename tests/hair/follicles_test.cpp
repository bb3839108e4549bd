#include "engine/hair/follicles.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/core/units.h"
#include "engine/geometry/spread.h"
#include "engine/hair/regional_density.h"
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
        head.scalpMask.push_back(d.y > 0 ? 1.0f : 0.0f);
    }
    return head;
}

const Head& head() {
    static const Head built = ellipsoidHead();
    return built;
}

/// Hair left on the scalp, the same everywhere.
std::vector<float> scalpWith(float share) {
    std::vector<float> shares = head().scalpMask;
    for (float& value : shares) value *= share;
    return shares;
}

HairDesign hairOf(float densityPerCm2) {
    HairDesign hair;
    hair.densityPerCm2 = densityPerCm2;
    return hair;
}

double integral(const TriMesh& mesh, std::span<const float> perCm2) {
    double sum = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        sum += triangleAreaMm2(mesh, i) / 100 * (perCm2[t.x] + perCm2[t.y] + perCm2[t.z]) / 3;
    }
    return sum;
}

Follicles grow(std::span<const float> hairShare, const HairDesign& hair = {}, std::uint64_t seed = 1) {
    auto follicles = growFollicles(head(), hairShare, hair, seed);
    if (!follicles) throw std::runtime_error(follicles.error().message);
    return *std::move(follicles);
}

std::vector<int> unitSizesOf(const Follicles& follicles) {
    std::vector<int> sizes;
    for (const std::uint32_t unit : follicles.units) {
        if (unit >= sizes.size()) sizes.resize(unit + 1u, 0);
        ++sizes[unit];
    }
    std::erase(sizes, 0);  // units are numbered with gaps
    return sizes;
}

constexpr Ancestry kAncestries[] = {Ancestry::european, Ancestry::african, Ancestry::eastAsian};

double meanOf(std::span<const float> values) {
    double sum = 0;
    for (const float value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

double deviationOf(std::span<const float> values) {
    double sum = 0;
    const double mean = meanOf(values);
    for (const float value : values) sum += (value - mean) * (value - mean);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

TEST(Follicles, HaveTheAncestrysFiguresForEverySeed) {
    const double scalpCm2 = integral(head().mesh, scalpWith(1));
    for (const Ancestry ancestry : kAncestries)
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            SCOPED_TRACE(std::string(ancestryName(ancestry)) + ", seed " + std::to_string(seed));
            HairDesign hair;
            hair.ancestry = ancestry;
            const HairTraits& traits = traitsOf(ancestry);
            const Follicles f = grow(scalpWith(1), hair, seed);
            const double hairs = static_cast<double>(f.size());
            EXPECT_NEAR(hairs / scalpCm2 / traits.densityPerCm2, 1, 0.02);

            std::array<double, 5> shares{};
            const std::vector<int> sizes = unitSizesOf(f);
            for (const int size : sizes) {
                ASSERT_TRUE(size >= 1 && size <= 5);
                shares[static_cast<std::size_t>(size - 1)] += 1.0 / static_cast<double>(sizes.size());
            }
            // The scalp's border lets units thin out within one triangle.
            for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(shares[k], traits.unitShares[k], 0.02) << k + 1;

            std::vector<float> diameters, curvatures;
            double resting = 0;
            for (std::size_t i = 0; i < f.size(); ++i) {
                resting += 1 - f.growing[i];
                if (f.reachMm[i] < 100) continue;  // miniaturised at the border
                diameters.push_back(f.diametersUm[i]);
                curvatures.push_back(f.curvaturesPerMm[i]);
            }
            EXPECT_GT(static_cast<double>(diameters.size()), 0.95 * hairs);
            EXPECT_NEAR(meanOf(diameters) / traits.diameterUm, 1, 0.02);
            EXPECT_NEAR(deviationOf(diameters) / traits.diameterUm / traits.diameterSpread, 1, 0.05);
            EXPECT_NEAR(resting / hairs, traits.telogenShare, 0.005);
            EXPECT_NEAR(meanOf(curvatures) / traits.curvaturePerMm, 1, 0.02);
            EXPECT_NEAR(deviationOf(curvatures) / traits.curvaturePerMm / traits.curvatureSpread, 1, 0.02);
        }
}

TEST(Follicles, TheDesignsFiguresGoBeforeTheAncestrys) {
    HairDesign hair;
    hair.ancestry = Ancestry::eastAsian;
    hair.densityPerCm2 = 60;
    hair.diameterUm = 40;
    hair.diameterSpread = 0;
    const Follicles f = grow(scalpWith(1), hair);
    EXPECT_NEAR(static_cast<double>(f.size()) / integral(head().mesh, scalpWith(60)), 1, 0.02);
    for (std::size_t i = 0; i < f.size(); ++i)
        ASSERT_FLOAT_EQ(f.diametersUm[i], f.reachMm[i] > 100 ? 40 : 24);
}

TEST(Follicles, EachHasAllThatAHairHas) {
    const Follicles f = grow(scalpWith(1), hairOf(30));
    for (const std::size_t size :
         {f.normals.size(), f.directions.size(), f.diametersUm.size(), f.melanin.size(), f.reachMm.size(),
          f.curvaturesPerMm.size(), f.curlAxes.size(), f.growing.size(), f.units.size()})
        EXPECT_EQ(size, f.size());
    EXPECT_TRUE(std::is_sorted(f.units.begin(), f.units.end()));
}

TEST(Follicles, CurlMostlyTowardsTheSkin) {
    const Follicles f = grow(scalpWith(1), hairOf(30));
    double down = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
        ASSERT_NEAR(glm::length(f.curlAxes[i]), 1, 1e-4);
        ASSERT_NEAR(glm::dot(f.curlAxes[i], f.directions[i]), 0, 1e-4);
        const glm::vec3 bend = f.curvaturesPerMm[i] * glm::cross(f.curlAxes[i], f.directions[i]);
        down += glm::dot(bend, f.normals[i]) < 0;
    }
    EXPECT_GT(down / static_cast<double>(f.size()), 0.8);
    EXPECT_LT(down / static_cast<double>(f.size()), 0.99);
}

TEST(Follicles, ThinHairStandsSinglyFinerAndStaysShort) {
    const Follicles dense = grow(scalpWith(1)), sparse = grow(scalpWith(0.15f));
    const double expected = integral(head().mesh, scalpWith(0.15f * 226));
    EXPECT_NEAR(static_cast<double>(sparse.size()), expected, 0.02 * expected);
    const auto meanSize = [](const Follicles& f) {
        return static_cast<double>(f.size()) / static_cast<double>(unitSizesOf(f).size());
    };
    EXPECT_NEAR(meanSize(dense), 2.2, 0.03);
    EXPECT_LT(meanSize(sparse), 1.3);
    EXPECT_NEAR(meanOf(dense.diametersUm), 57, 1);
    EXPECT_LT(meanOf(sparse.diametersUm), 0.75 * 57);
    double miniature = 0;
    for (std::size_t i = 0; i < sparse.size(); ++i) {
        const float reach = sparse.reachMm[i];
        ASSERT_TRUE((reach >= 2 && reach <= 12) || reach == 600) << reach;
        miniature += reach < 100;
    }
    EXPECT_GT(miniature / static_cast<double>(sparse.size()), 0.8);
}

TEST(RegionalDensity, FallsFromTheMidlineToTheTempleAsMeasured) {
    const auto relative = [](float x, float y) {
        return relativeDensity({x, y}) / relativeDensity({0, 0.52f});
    };
    EXPECT_NEAR(relative(0.33f, 0.50f), 113.0 / 135, 0.05);
    EXPECT_NEAR(relative(0.66f, 0.52f), 70.0 / 135, 0.05);
    EXPECT_NEAR(relative(0.92f, 0.22f), 74.0 / 135, 0.05);
    EXPECT_GT(relative(0, -0.1f), 1);
    EXPECT_EQ(relativeDensity({0.4f, 0.1f}), relativeDensity({-0.4f, 0.1f}));
    // Smooth: no step between neighbouring places, wherever.
    for (float x = -1.4f; x < 1.4f; x += 0.05f)
        for (float y = -1.4f; y < 1.4f; y += 0.01f)
            ASSERT_LT(std::abs(relativeDensity({x, y + 0.01f}) - relativeDensity({x, y})), 0.04f) << x << y;
}

TEST(RegionalDensity, HasTheMeanAskedForAndIsSeenInTheFollicles) {
    const std::vector<float> full = fullHairsPerCm2(head(), 200);
    std::vector<float> onScalp = full;
    for (std::size_t i = 0; i < full.size(); ++i) onScalp[i] *= head().scalpMask[i];
    const double scalpCm2 = integral(head().mesh, head().scalpMask);
    EXPECT_NEAR(integral(head().mesh, onScalp) / scalpCm2, 200, 0.5);
    // Hairs on patches of the same size at the vertex and the right temple.
    const Follicles f = grow(scalpWith(1), hairOf(200));
    const auto countAt = [&](glm::vec3 direction) {
        return std::ranges::count_if(f.positionsMm, [&](glm::vec3 p) {
            return glm::dot(glm::normalize(p), glm::normalize(direction)) > 0.98f;
        });
    };
    EXPECT_LT(static_cast<double>(countAt({-0.8f, 0.35f, 0.5f})),
              0.75 * static_cast<double>(countAt({0, 1, 0})));
}

TEST(Follicles, HairsOfAUnitStandTogetherAndUnitsApart) {
    const Follicles f = grow(scalpWith(1), hairOf(190));
    for (std::size_t i = 1; i < f.size(); ++i)
        for (std::size_t j = i; j-- > 0 && f.units[j] == f.units[i];) {
            const float apart = glm::distance(f.positionsMm[i], f.positionsMm[j]);
            EXPECT_TRUE(apart > 0.08f && apart < 0.3f) << apart;
        }
    // First hairs of units: at least the sampler's spacing less two rings.
    const float least = 0.65f * static_cast<float>(hexagonalSpacing(100 * 2.2, 190 * 1.15)) - 0.25f;
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
    std::uint64_t seed = 0;
    for (const WhorlKind whorl : {WhorlKind::seed, WhorlKind::clockwise, WhorlKind::anticlockwise,
                                  WhorlKind::seed, WhorlKind::seed}) {
        HairDesign hair = hairOf(60);
        hair.whorl = whorl;
        const Follicles f = grow(scalpWith(1), hair, ++seed);
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
}

TEST(Follicles, GrowForwardsOnTopAndDownAtTheSides) {
    const Follicles f = grow(scalpWith(1), hairOf(60));
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

TEST(Follicles, GreyInTheShareAskedFor) {
    HairDesign hair = hairOf(60);
    for (const float share : {0.0f, 0.3f, 1.0f}) {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            hair.greyShare = share;
            const Follicles f = grow(scalpWith(1), hair, seed);
            double grey = 0;
            for (const float melanin : f.melanin) {
                ASSERT_TRUE(melanin == 0 || melanin == 1);
                grey += 1 - melanin;
            }
            EXPECT_NEAR(grey / static_cast<double>(f.size()), share, 0.015);
        }
    }
}

TEST(Follicles, DependOnTheSeedAlone) {
    const std::vector<float> share = scalpWith(1);
    const HairDesign hair = hairOf(60);
    const Follicles a = grow(share, hair), b = grow(share, hair), c = grow(share, hair, 2);
    EXPECT_EQ(a.positionsMm, b.positionsMm);
    EXPECT_EQ(a.directions, b.directions);
    EXPECT_NE(a.positionsMm, c.positionsMm);
}

TEST(Follicles, NoHairIsNoError) {
    EXPECT_EQ(grow(scalpWith(0)).size(), 0u);
    EXPECT_EQ(grow(scalpWith(1), hairOf(0)).size(), 0u);
}

TEST(Follicles, RefuseBadInput) {
    const auto faultOf = [](const Head& on, std::span<const float> share, const HairDesign& hair) {
        const auto grown = growFollicles(on, share, hair, 1);
        return grown ? "no fault" : grown.error().message;
    };
    std::vector<float> share = scalpWith(1);
    for (const float bad : {NAN, -0.1f, 1.1f}) {
        share[7] = bad;
        EXPECT_EQ(
            faultOf(head(), share, {}),
            fmt::format("follicles: share of hair at vertex 7 is {}, expected a number from 0 to 1", bad));
    }
    share.pop_back();
    EXPECT_THAT(faultOf(head(), share, {}), testing::HasSubstr("one of each a vertex"));
    for (const float bad : {NAN, -1.0f, 1e6f})
        EXPECT_EQ(faultOf(head(), scalpWith(1), hairOf(bad)),
                  fmt::format("hair.densityPerCm2: is {}, expected 0 to 400", bad));
    Head uncharted = ellipsoidHead();
    uncharted.chartPositions.clear();
    EXPECT_FALSE(growFollicles(uncharted, scalpWith(1), {}, 1));
}

}  // namespace
}  // namespace stubble
