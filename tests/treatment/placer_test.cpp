#include "engine/treatment/placer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/core/random.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/skull.h"
#include "engine/scalp/zones.h"
#include "engine/treatment/density.h"
#include "tests/treatment/placing.h"

namespace stubble {
namespace {

using test::placeOnSquare;

struct Moments {
    double mean = 0, deviation = 0;
};
Moments momentsOf(std::span<const float> values) {
    Moments m;
    for (const float v : values) m.mean += v;
    m.mean /= static_cast<double>(values.size());
    for (const float v : values) m.deviation += (v - m.mean) * (v - m.mean);
    m.deviation = std::sqrt(m.deviation / static_cast<double>(values.size()));
    return m;
}

/// Of each place the distance to its nearest neighbour.
std::vector<float> neighboursMm(const std::vector<glm::vec3>& places) {
    std::vector<float> nearest(places.size(), 1e9f);
    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return places[a].x < places[b].x; });
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const glm::vec3 a = places[order[i]], b = places[order[j]];
            if (b.x - a.x > 3) break;
            const float d = glm::distance(a, b);
            nearest[order[i]] = std::min(nearest[order[i]], d);
            nearest[order[j]] = std::min(nearest[order[j]], d);
        }
    return nearest;
}

/// Dots in each of 10 × 10 squares of 1 cm².
std::array<double, 100> dotsPerCm2(const Impressions& dots) {
    std::array<double, 100> counts{};
    for (const glm::vec3& p : dots.positionsMm)
        ++counts[std::min<std::size_t>(static_cast<std::size_t>(p.x / 10), 9) +
                 10 * std::min<std::size_t>(static_cast<std::size_t>(p.z / 10), 9)];
    return counts;
}

TEST(Placer, PutsTheDensityThatIsAskedForEverywhere) {
    for (const float density : {20.0f, 70.0f, 180.0f, 350.0f}) {
        SmpDesign smp = test::plainSmp();
        smp.densityPerCm2 = density;
        const Impressions dots = placeOnSquare(smp);
        EXPECT_NEAR(static_cast<double>(dots.size()) / test::dotsOnSquare(density), 1, 0.002);
        for (const std::size_t size : {dots.normals.size(), dots.diametersMm.size(), dots.depthsMm.size(),
                                       dots.loads.size(), dots.sessions.size(), dots.zones.size()})
            EXPECT_EQ(size, dots.size());
        // Even sets miss a cell's share by far less than chance's √n.
        for (const double cell : dotsPerCm2(dots)) EXPECT_NEAR(cell, density, 1.8 * std::sqrt(density));
        const std::vector<float> near = neighboursMm(dots.positionsMm);
        EXPECT_GT(*std::min_element(near.begin(), near.end()), 0.6 * std::sqrt(115.47f / density)) << density;
    }
}

TEST(Placer, FewerDotsAreAmongTheMany) {
    SmpDesign few = test::plainSmp(), many = test::plainSmp();
    few.densityPerCm2 = 60, many.densityPerCm2 = 61;
    few.sessions = many.sessions = 1;
    const Impressions a = placeOnSquare(few), b = placeOnSquare(many);
    ASSERT_LT(a.size(), b.size());
    EXPECT_TRUE(std::equal(a.positionsMm.begin(), a.positionsMm.end(), b.positionsMm.begin()));
    EXPECT_TRUE(std::equal(a.loads.begin(), a.loads.end(), b.loads.begin()));
}

TEST(Placer, FollowsTheDesignsMeansAndSpreads) {
    const SmpDesign smp = test::plainSmp();
    const Impressions dots = placeOnSquare(smp);
    const Moments diameter = momentsOf(dots.diametersMm), depth = momentsOf(dots.depthsMm);
    EXPECT_NEAR(diameter.mean, smp.diameterMm, 0.005 * smp.diameterMm);
    EXPECT_NEAR(diameter.deviation / diameter.mean, smp.diameterSpread, 0.03 * smp.diameterSpread);
    EXPECT_NEAR(depth.mean, smp.depthMm, 0.005 * smp.depthMm);
    EXPECT_NEAR(depth.deviation, smp.depthSpreadMm, 0.03 * smp.depthSpreadMm);
    const float load = kLoadPercentTimesDilution / smp.dilution;
    EXPECT_NEAR(momentsOf(dots.loads).mean, load, 0.01 * load);
}

TEST(Placer, StaysPhysicalAtTheLargestSpreads) {
    SmpDesign smp = test::plainSmp();
    smp.diameterMm = 0.03f, smp.diameterSpread = 0.5f;
    smp.depthMm = 0.05f, smp.depthSpreadMm = 0.3f;
    smp.dilution = 1, smp.loadSpread = 0.5f;
    const Impressions dots = placeOnSquare(smp);
    for (std::size_t i = 0; i < dots.size(); ++i) {
        EXPECT_TRUE(dots.diametersMm[i] >= 0.03f && dots.diametersMm[i] <= 0.8f);
        EXPECT_TRUE(dots.depthsMm[i] >= 0.05f && dots.depthsMm[i] <= 1.5f);
        EXPECT_TRUE(dots.loads[i] >= 0.05f && dots.loads[i] <= 7.5f);
    }
}

TEST(Placer, SessionsAreLightThenDenseThenDark) {
    SmpDesign smp = test::plainSmp();
    smp.loadSpread = 0;
    const Impressions dots = placeOnSquare(smp);
    const std::vector<std::size_t> counts = dotsPerSession(dots);
    ASSERT_EQ(counts.size(), 3u);
    const auto count = static_cast<double>(dots.size());
    const double first = test::dotsOnSquare(0.30 * 180), second = test::dotsOnSquare(0.75 * 180);
    EXPECT_NEAR(static_cast<double>(counts[0]) / first, 1, 0.005);
    EXPECT_NEAR(static_cast<double>(counts[1]) / (second - first), 1, 0.005);
    EXPECT_NEAR(static_cast<double>(counts[2]) / (count - second), 1, 0.01);
    std::array<float, 3> loads{};
    for (std::size_t i = 0; i < dots.size(); ++i) loads[dots.sessions[i]] = dots.loads[i];
    EXPECT_LT(loads[0], loads[1]);
    EXPECT_LT(loads[1], loads[2]);
}

TEST(Placer, EverySessionHasDotsForAnyNumberOfSessions) {
    for (int sessions = 1; sessions <= 6; ++sessions) {
        SmpDesign smp = test::plainSmp();
        smp.sessions = sessions;
        smp.densityPerCm2 = 20;
        const std::vector<std::size_t> counts = dotsPerSession(placeOnSquare(smp));
        ASSERT_EQ(counts.size(), static_cast<std::size_t>(sessions));
        for (const std::size_t count : counts) EXPECT_GT(count, 200u) << sessions;
    }
    for (const int sessions : {0, 7}) {
        ImpressionPlacer placer(test::squareHead(), test::squareCandidates());
        SmpDesign smp = test::plainSmp();
        smp.sessions = sessions;
        placer.setSmp(smp);
        EXPECT_EQ(placer.update().error().message,
                  "smp.sessions: is " + std::to_string(sessions) + ", expected 1 to 6");
    }
}

TEST(Placer, EachSessionCoversSkinOfAnyDensityEvenly) {
    // Half the square asks for a third of the other's dots, by a stroke that cannot be laid without a chart:
    // so by hair that is left.
    std::vector<float> hair;
    for (const glm::vec3& p : test::squareHead()->mesh.positionsMm) hair.push_back(p.x < 50 ? 0.0f : 0.667f);
    ImpressionPlacer placer(test::squareHead(), test::squareCandidates());
    SmpDesign smp = test::plainSmp();
    smp.blendMm = 0;
    placer.setSmp(smp);
    placer.setHair(hair, {});
    ASSERT_TRUE(placer.update());
    const Impressions& dots = placer.impressions();
    std::array<std::array<double, 2>, 3> counts{};
    std::array<std::vector<glm::vec3>, 2> first;
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const float x = dots.positionsMm[i].x, z = dots.positionsMm[i].z;
        if (x > 45 && x < 50) continue;  // the ramp inside triangles
        // An even set favours borders, where nothing crowds it from beyond; heads have none that are treated.
        if (std::min({x, z, 100 - x, 100 - z}) < 5) continue;
        ++counts[dots.sessions[i]][x > 50];
        if (dots.sessions[i] == 0) first[x > 50].push_back(dots.positionsMm[i]);
    }
    // Up to and with each session: prefixes are what the candidates' order keeps even.
    const std::array<double, 3> shares = {0.30, 0.75, 1};
    std::array<double, 2> sums{};
    for (std::size_t session = 0; session < 3; ++session) {
        sums[0] += counts[session][0], sums[1] += counts[session][1];
        EXPECT_NEAR(sums[0] / (40 * 90 * 1.8 * shares[session]), 1, 0.02) << session;
        EXPECT_NEAR(sums[1] / (45 * 90 * 0.6 * shares[session]), 1, 0.04) << session;
    }
    for (const std::size_t half : {0, 1}) {
        const std::vector<float> near = neighboursMm(first[half]);
        const float density = half == 0 ? 54.0f : 18.0f;
        EXPECT_GT(*std::min_element(near.begin(), near.end()), 0.6 * std::sqrt(115.47f / density)) << half;
    }
}

TEST(Placer, KeepsClearOfHairAndMakesUpForIt) {
    // A row of hairs every 0.6 mm on half the square: 28 % of that skin is closed.
    std::vector<HairRoot> hairs;
    for (int i = 0; i < 83; ++i)
        for (int k = 0; k < 167; ++k)
            hairs.push_back(
                {{0.6f * static_cast<float>(i), 0, 0.6f * static_cast<float>(k)}, {0, 1, 0}, 0.2f});
    SmpDesign smp = test::plainSmp();
    const Impressions dots = placeOnSquare(smp, hairs);
    std::array<double, 2> counts{};
    for (const glm::vec3& p : dots.positionsMm) {
        if (p.x < 49) {
            const glm::vec2 nearest = 0.6f * glm::round(glm::vec2(p.x, p.z) / 0.6f);
            EXPECT_GE(glm::distance(nearest, {p.x, p.z}), 0.1f + 0.5f * smp.diameterMm - 1e-4f);
        }
        if (std::abs(p.z - 50) > 45) continue;  // the border
        if (p.x > 5 && p.x < 45) ++counts[0];
        if (p.x > 55 && p.x < 95) ++counts[1];
    }
    EXPECT_NEAR(counts[0] / (36 * 180), 1, 0.01);
    EXPECT_NEAR(counts[1] / (36 * 180), 1, 0.01);
}

TEST(Placer, CountIsExact) {
    for (const DotPattern pattern : {DotPattern::fine, DotPattern::random, DotPattern::afro})
        for (const int count : {1, 2, 9999, 20000}) {
            SmpDesign smp = test::plainSmp();
            smp.pattern = pattern;
            smp.count = count;
            smp.densityPerCm2 = 5;  // says nothing but proportions now
            const Impressions dots = placeOnSquare(smp);
            EXPECT_EQ(dots.size(), static_cast<std::size_t>(count));
            if (count < 9999) continue;
            const double uneven = pattern == DotPattern::random ? 0.5 : 0.25;
            for (const double cell : dotsPerCm2(dots)) EXPECT_NEAR(cell / (0.01 * count), 1, uneven);
            EXPECT_NEAR(static_cast<double>(dotsPerSession(dots)[0]), 0.3 * count, 0.012 * count);
        }
    ImpressionPlacer placer(test::squareHead(), test::squareCandidates());
    SmpDesign smp = test::plainSmp();
    smp.count = 45001;
    placer.setSmp(smp);
    EXPECT_EQ(placer.update().error().message,
              "smp.count: is 45001, but only 45000 impressions find a place in this treatment");
    smp.count = 45000;
    placer.setSmp(smp);
    ASSERT_TRUE(placer.update());
    EXPECT_EQ(placer.impressions().size(), 45000u);
}

TEST(Placer, RandomIsUnevenWithoutClumps) {
    SmpDesign smp = test::plainSmp();
    const std::vector<float> fine = neighboursMm(placeOnSquare(smp).positionsMm);
    smp.pattern = DotPattern::random;
    const Impressions dots = placeOnSquare(smp);
    EXPECT_NEAR(static_cast<double>(dots.size()) / test::dotsOnSquare(180), 1, 0.002);
    const std::vector<float> random = neighboursMm(dots.positionsMm);
    const Moments even = momentsOf(fine), uneven = momentsOf(random);
    EXPECT_GT(uneven.deviation / uneven.mean, 1.3 * even.deviation / even.mean);
    EXPECT_LT(uneven.mean, 0.95 * even.mean);
    // No two on one spot: as far apart as candidates are.
    EXPECT_GT(*std::min_element(random.begin(), random.end()), 0.6 * std::sqrt(115.47f / 450));
    for (const double cell : dotsPerCm2(dots)) EXPECT_NEAR(cell / 180, 1, 0.4);
}

TEST(Placer, AfroIsTripleTaps) {
    for (const float density : {60.0f, 180.0f, 400.0f}) {
        SmpDesign smp = test::plainSmp();
        smp.pattern = DotPattern::afro;
        smp.densityPerCm2 = density;
        smp.diameterSpread = 0;
        const Impressions dots = placeOnSquare(smp);
        EXPECT_NEAR(static_cast<double>(dots.size()) / (3 * test::dotsOnSquare(density / 3)), 1, 0.003);
        ASSERT_EQ(dots.size() % 3, 0u);
        for (std::size_t i = 0; i < dots.size(); i += 3)
            for (std::size_t k = 0; k < 3; ++k) {
                const float apart = glm::distance(dots.positionsMm[i + k], dots.positionsMm[i + (k + 1) % 3]);
                EXPECT_GE(apart, 1.0f * smp.diameterMm);
                EXPECT_LE(apart, 1.61f * smp.diameterMm);
            }
        const std::vector<float> near = neighboursMm(dots.positionsMm);
        EXPECT_GE(*std::min_element(near.begin(), near.end()), smp.diameterMm) << density;
        EXPECT_NE(dots.depthsMm[0], dots.depthsMm[1]);
    }
}

TEST(Placer, WithoutTreatmentOrDensityThereAreNone) {
    SmpDesign smp = test::plainSmp();
    smp.densityPerCm2 = 0;
    EXPECT_EQ(placeOnSquare(smp).size(), 0u);
    smp = {};
    smp.enabled = false;
    EXPECT_EQ(placeOnSquare(smp).size(), 0u);
    EXPECT_TRUE(dotsPerSession({}).empty());
}

TEST(Placer, SaturatesWhereMoreIsAskedForThanCandidatesHold) {
    SmpDesign smp = test::plainSmp();
    smp.densityPerCm2 = 400;
    for (ZoneDesign& zone : smp.zones) zone.density = 3;
    const Impressions dots = placeOnSquare(smp);
    EXPECT_EQ(dots.size(), test::squareCandidates().size());
    EXPECT_NEAR(static_cast<double>(dotsPerSession(dots)[0]) / static_cast<double>(dots.size()), 0.3, 0.003);
}

TEST(Placer, RefusesHairOfAnotherHead) {
    ImpressionPlacer placer(test::squareHead(), test::squareCandidates());
    placer.setHair({1.0f, 0.5f}, {});
    EXPECT_EQ(placer.update().error().message, "impressions: 2 hair shares for 441 vertices");
}

HairlineDesign brokenLine() {
    HairlineDesign design;
    design.style = HairlineStyle::broken;
    return design;
}

class PlacerOnHead : public ::testing::Test {
  protected:
    PlacerOnHead() : head_(test::sharedEllipsoidHead()) {
        static const Candidates candidates = test::candidatesOf(*head_, 150);
        placer_ = std::make_unique<ImpressionPlacer>(head_, candidates);
        hairline_ = Hairline::build(*head_, brokenLine(), 3).value();
        placer_->setHairline(*hairline_);
        placer_->setHair(hairShare(*head_, Norwood::VII), {});
        smp_.densityPerCm2 = 90;
    }
    const Impressions& place() {
        placer_->setSmp(smp_);
        const auto done = placer_->update();
        EXPECT_TRUE(done) << done.error().message;
        return placer_->impressions();
    }
    std::shared_ptr<const Head> head_;
    std::unique_ptr<ImpressionPlacer> placer_;
    std::optional<Hairline> hairline_;
    SmpDesign smp_ = test::plainSmp();
};

TEST_F(PlacerOnHead, NoDotBeforeTheLineNorOnFaceEarsAndNeck) {
    for (const DotPattern pattern : {DotPattern::fine, DotPattern::afro}) {
        smp_.pattern = pattern;
        const Impressions& dots = place();
        ASSERT_GT(dots.size(), 10000u);
        float nearest = 1e9f;
        for (std::size_t i = 0; i < dots.size(); ++i) {
            nearest = std::min(nearest, hairline_->signedDistanceMm(dots.positionsMm[i]));
            EXPECT_NE(dots.zones[i], static_cast<std::uint8_t>(Zone::outside));
        }
        EXPECT_GE(nearest, 0);
        EXPECT_LT(nearest, 2);
        EXPECT_LE(std::abs(dots.positionsMm[0].x), test::kHalfAxesMm.x + 1);
        for (const glm::vec3& p : dots.positionsMm)  // plates stand out 80 mm and more
            ASSERT_LT(std::abs(p.x), test::kHalfAxesMm.x + 0.5f);
    }
}

TEST_F(PlacerOnHead, KnowsTheZoneOfEveryDot) {
    const Impressions& dots = place();
    std::array<int, kZoneCount> counts{};
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const glm::vec3 p = dots.positionsMm[i];
        EXPECT_EQ(dots.zones[i], static_cast<std::uint8_t>(
                                     zoneAt(head_->chart.chartFromMm(p), hairline_->signedDistanceMm(p))));
        ++counts[dots.zones[i]];
    }
    EXPECT_GE(std::count_if(counts.begin(), counts.end(), [](int n) { return n > 100; }), 6);
}

TEST_F(PlacerOnHead, ZonesHaveTheirOwnDensitySizeAndShadeWithoutHardBorders) {
    const Impressions plain = place();
    const auto crown = static_cast<std::uint8_t>(Zone::crown);
    smp_.zones[crown] = {0.5f, 2, 1.5f};
    smp_.diameterSpread = smp_.loadSpread = 0;
    const Impressions& dots = place();
    // Everything by how far inside the crown's circle of the chart (engine/scalp/zones.cpp) a place lies, mm.
    const auto depthMm = [&](glm::vec3 p) {
        return 150 * (0.30f - glm::distance(head_->chart.chartFromMm(p), glm::vec2(0, -0.38f)));
    };
    const auto count = [&](const Impressions& of, float from, float to) {
        return static_cast<double>(std::count_if(of.positionsMm.begin(), of.positionsMm.end(), [&](auto p) {
            return depthMm(p) >= from && depthMm(p) < to;
        }));
    };
    EXPECT_NEAR(count(dots, 8, 99) / count(plain, 8, 99), 0.5, 0.02);
    EXPECT_NEAR(count(dots, -99, -8) / count(plain, -99, -8), 1, 0.005);
    const double ramp = count(dots, -1, 1) / count(plain, -1, 1);
    EXPECT_GT(ramp, 0.6);
    EXPECT_LT(ramp, 0.9);
    std::size_t mixed = 0;
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const bool wide = dots.diametersMm[i] > 0.2f;
        if (depthMm(dots.positionsMm[i]) > 8) {
            EXPECT_TRUE(wide);
            EXPECT_EQ(dots.zones[i], crown);
        }
        if (depthMm(dots.positionsMm[i]) < -8) {
            EXPECT_FALSE(wide);
        }
        mixed += wide != (dots.zones[i] == crown);
    }
    EXPECT_GT(mixed, 20u);
    EXPECT_LT(mixed, dots.size() / 20);
}

TEST_F(PlacerOnHead, BrushesEraseAndFillWhereTheyAreAndNowhereElse) {
    const Impressions before = place();
    const glm::vec2 top(0, 0.1f), forehead(0, 0.68f);
    smp_.strokes = {{{top}, 12, -1, 0}, {{forehead}, 8, 0.5f, 0}};
    const Impressions& dots = place();
    const glm::vec3 erased = *skullOf(*head_)->tracer().positionMm(top);
    const glm::vec3 filled = *skullOf(*head_)->tracer().positionMm(forehead);
    ASSERT_LT(hairline_->signedDistanceMm(filled), -8);
    std::size_t added = 0;
    for (const glm::vec3& p : dots.positionsMm) {
        EXPECT_GT(glm::distance(p, erased), 11.99f);
        added += glm::distance(p, filled) < 8;
    }
    EXPECT_NEAR(static_cast<double>(added), 45 * 3.14159 * 0.64, 8);
    const auto outside = [&](const Impressions& of) {
        std::vector<glm::vec3> places;
        for (const glm::vec3& p : of.positionsMm)
            if (glm::distance(p, erased) > 12.01f && glm::distance(p, filled) > 8.01f) places.push_back(p);
        return places;
    };
    EXPECT_EQ(outside(before), outside(dots));
}

TEST_F(PlacerOnHead, BrushesEvenOutFromBothSides) {
    const glm::vec2 top(0, 0.1f), forehead(0, 0.68f);  // full, and before the hairline
    smp_.strokes = {{{top}, 12, 1, 0, 0.4f}, {{forehead}, 12, 1, 0, 0.4f}};
    const Impressions before = place();
    smp_.strokes[0].level = smp_.strokes[1].level = 0.8f;
    const Impressions& after = place();
    for (const glm::vec2 chart : {top, forehead}) {
        const glm::vec3 at = *skullOf(*head_)->tracer().positionMm(chart);
        EXPECT_NEAR(densityAround(before, at, 11), 0.4f * smp_.densityPerCm2, 8) << chart.y;
        EXPECT_NEAR(densityAround(after, at, 11), 0.8f * smp_.densityPerCm2, 8) << chart.y;
    }
}

TEST_F(PlacerOnHead, ScarsAreTreatedAsBaldAndTakePigmentTheirWay) {
    placer_->setHair(head_->craniumMask, {});  // full hair
    smp_.loadSpread = 0, smp_.sessions = 1;
    EXPECT_EQ(place().size(), 0u);
    const glm::vec2 back(0.1f, -0.5f);
    placer_->setScars({{{back, back - glm::vec2(0.2f, 0)}, 10, 0.4f}});
    const Impressions& dots = place();
    const double area = 10 * 30 / 100.0;  // roughly: 0.2 of the chart by 10 mm
    EXPECT_GT(static_cast<double>(dots.size()), 0.8 * 90 * area);
    EXPECT_LT(static_cast<double>(dots.size()), 1.8 * 90 * area);
    std::size_t inScar = 0;
    for (std::size_t i = 0; i < dots.size(); ++i)
        if (dots.zones[i] == static_cast<std::uint8_t>(Zone::scar)) {
            ++inScar;
            EXPECT_NEAR(dots.loads[i], 0.4f * kLoadPercentTimesDilution / smp_.dilution, 1e-5f);
        }
    EXPECT_GT(inScar, dots.size() / 2);
}

TEST_F(PlacerOnHead, HasTheIntegralOfTheDensityInNumber) {
    const Impressions& dots = place();
    std::vector<float> missing = missingHair(*head_, hairShare(*head_, Norwood::VII), smp_.blendMm);
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] *= head_->craniumMask[i];
    // Another road: random points in every triangle, the exact distance at each.
    RandomStream random(9);
    double expected = 0;
    for (std::uint32_t i = 0; i < head_->mesh.triangles.size(); ++i) {
        const glm::uvec3 t = head_->mesh.triangles[i];
        const glm::vec3 corners(missing[t.x], missing[t.y], missing[t.z]);
        if (corners == glm::vec3(0)) continue;
        constexpr int kPoints = 6;
        for (int k = 0; k < kPoints; ++k) {
            const float root = std::sqrt(random.uniform()), v = random.uniform();
            const SurfacePoint point{i, {1 - root, root * (1 - v), root * v}};
            const float d = hairline_->signedDistanceMm(positionMmAt(head_->mesh, point));
            expected += smp_.densityPerCm2 * glm::dot(point.barycentric, corners) *
                        hairlineShare(d, hairline_->featherMm(), smp_) * triangleAreaMm2(head_->mesh, i) /
                        (100 * kPoints);
        }
    }
    EXPECT_NEAR(static_cast<double>(dots.size()) / expected, 1, 0.005);
}

}  // namespace
}  // namespace stubble
