#include "engine/treatment/impressions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/scalp/zones.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

Head squareHead() {
    Head head;
    head.mesh = makeSquare(100, 20);
    return head;
}

Impressions place(const Head& head, const SmpDesign& smp, float densityPerCm2 = 140, std::uint64_t seed = 1,
                  std::span<const KeepClear> existing = {}) {
    const std::vector<float> density(head.mesh.positionsMm.size(), densityPerCm2);
    auto dots = placeImpressions(head, density, smp, existing, seed);
    if (!dots) throw std::runtime_error(dots.error().message);
    return *std::move(dots);
}

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

TEST(Impressions, ArraysHaveTheExpectedLength) {
    const Impressions dots = place(squareHead(), {});
    EXPECT_NEAR(dots.expectedCount, 14000, 0.1);
    EXPECT_EQ(dots.size(), 14000u);
    for (const std::size_t size : {dots.normals.size(), dots.diametersMm.size(), dots.depthsMm.size(),
                                   dots.loads.size(), dots.sessions.size(), dots.zones.size()})
        EXPECT_EQ(size, dots.size());
    EXPECT_GE(dots.relativeSpacing, 0.68f);
}

TEST(Impressions, FollowTheDesignsMeansAndSpreads) {
    const SmpDesign smp;
    const Impressions dots = place(squareHead(), smp);
    const Moments diameter = momentsOf(dots.diametersMm), depth = momentsOf(dots.depthsMm);
    EXPECT_NEAR(diameter.mean, smp.diameterMm, 0.005 * smp.diameterMm);
    EXPECT_NEAR(diameter.deviation / diameter.mean, smp.diameterSpread, 0.03 * smp.diameterSpread);
    EXPECT_NEAR(depth.mean, smp.depthMm, 0.005 * smp.depthMm);
    EXPECT_NEAR(depth.deviation, smp.depthSpreadMm, 0.03 * smp.depthSpreadMm);
    EXPECT_NEAR(momentsOf(dots.loads).mean, smp.load, 0.01 * smp.load);
}

TEST(Impressions, StayPhysicalAtTheLargestSpreads) {
    SmpDesign smp;
    smp.diameterMm = 0.03f, smp.diameterSpread = 0.5f;
    smp.depthMm = 0.05f, smp.depthSpreadMm = 0.3f;
    smp.load = 2, smp.loadSpread = 0.5f;
    const Impressions dots = place(squareHead(), smp);
    for (std::size_t i = 0; i < dots.size(); ++i) {
        EXPECT_TRUE(dots.diametersMm[i] >= 0.03f && dots.diametersMm[i] <= 0.8f);
        EXPECT_TRUE(dots.depthsMm[i] >= 0.05f && dots.depthsMm[i] <= 1.5f);
        EXPECT_TRUE(dots.loads[i] >= 0.05f && dots.loads[i] <= 2);
    }
}

TEST(Impressions, SessionsAreLightThenDenseThenDark) {
    SmpDesign smp;
    smp.loadSpread = 0;
    const Impressions dots = place(squareHead(), smp);
    const std::vector<std::size_t> counts = dotsPerSession(dots);
    EXPECT_EQ(counts, (std::vector<std::size_t>{4200, 6300, 3500}));  // 30, 45, 25 %
    std::vector<float> loads(3, 0);
    for (std::size_t i = 0; i < dots.size(); ++i) loads[dots.sessions[i]] = dots.loads[i];
    EXPECT_LT(loads[0], loads[1]);
    EXPECT_LT(loads[1], loads[2]);
}

TEST(Impressions, EverySessionHasDotsForAnyNumberOfSessions) {
    for (int sessions = 1; sessions <= 6; ++sessions) {
        SmpDesign smp;
        smp.sessions = sessions;
        const std::vector<std::size_t> counts = dotsPerSession(place(squareHead(), smp, 20));
        ASSERT_EQ(counts.size(), static_cast<std::size_t>(sessions));
        EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::size_t{0}), 2000u);
        for (const std::size_t count : counts) EXPECT_GT(count, 200u) << sessions;
    }
}

TEST(Impressions, EachSessionCoversTheSkinEvenly) {
    const Impressions dots = place(squareHead(), {});
    const std::vector<std::size_t> counts = dotsPerSession(dots);
    for (std::uint8_t session = 0; session < 3; ++session) {
        std::vector<double> cells(25, 0);  // of 20 × 20 mm: 168 dots or more
        double smallest = 1e9;
        for (std::size_t i = 0; i < dots.size(); ++i) {
            if (dots.sessions[i] != session) continue;
            const glm::vec3 p = dots.positionsMm[i];
            ++cells[static_cast<std::size_t>(p.x / 20.001f) + 5 * static_cast<std::size_t>(p.z / 20.001f)];
            for (std::size_t j = 0; j < i; ++j)
                if (dots.sessions[j] == session)
                    smallest = std::min<double>(smallest, glm::distance(p, dots.positionsMm[j]));
        }
        const double mean = static_cast<double>(counts[session]) / 25;
        for (const double cell : cells)
            EXPECT_NEAR(cell / mean, 1, 0.12);  // chance alone: 0.08 standard deviation
        // The whole set's spacing holds in each; the first has that of its own, lower density.
        const float densityPerCm2 = session == 0 ? 42.0f : 140.0f;
        EXPECT_GE(smallest, 0.6 * hexagonalSpacingMm(densityPerCm2)) << int(session);
    }
}

TEST(Impressions, KeepClearOfExistingHair) {
    std::vector<KeepClear> hairs;
    for (int i = 0; i < 900; ++i)
        hairs.push_back(
            {{static_cast<float>(i % 30) * 3, 0, static_cast<float>(i / 30) * 3}, {0, 1, 0}, 0.3f});
    const Impressions dots = place(squareHead(), {}, 140, 1, hairs);
    EXPECT_EQ(dots.size(), 14000u);
    for (const glm::vec3& p : dots.positionsMm) {
        const glm::vec2 nearest = 3.0f * glm::round(glm::vec2(p.x, p.z) / 3.0f);
        if (nearest.x < 88 && nearest.y < 88) {
            EXPECT_GE(glm::distance(nearest, {p.x, p.z}), 0.2999f);
        }
    }
}

TEST(Impressions, DependOnTheSeedAlone) {
    const Impressions a = place(squareHead(), {}), b = place(squareHead(), {}),
                      c = place(squareHead(), {}, 140, 2);
    EXPECT_EQ(a.positionsMm, b.positionsMm);
    EXPECT_EQ(a.loads, b.loads);
    EXPECT_NE(a.positionsMm, c.positionsMm);
    EXPECT_NE(a.diametersMm, c.diametersMm);
}

TEST(Impressions, NoneWithoutTreatmentOrDensity) {
    SmpDesign off;
    off.enabled = false;
    EXPECT_EQ(place(squareHead(), off).size(), 0u);
    EXPECT_EQ(place(squareHead(), {}, 0).size(), 0u);
    EXPECT_TRUE(dotsPerSession({}).empty());
}

TEST(Impressions, KnowTheirZones) {
    Head head = squareHead();
    HairlineField hairline;
    for (const glm::vec3& p : head.mesh.positionsMm) {
        head.chartPositions.emplace_back(0, 0.01f * p.z - 0.5f);
        hairline.signedDistanceMm.push_back(50 - p.z);
    }
    const std::vector<float> density(head.mesh.positionsMm.size(), 20.0f);
    const auto dots = placeImpressions(head, density, {}, {}, 1, &hairline);
    ASSERT_TRUE(dots);
    std::array<int, kZoneCount> counts{};
    for (std::size_t i = 0; i < dots->size(); ++i) {
        const float z = dots->positionsMm[i].z;
        EXPECT_EQ(dots->zones[i], static_cast<std::uint8_t>(zoneAt({0, 0.01f * z - 0.5f}, 50 - z))) << z;
        ++counts[dots->zones[i]];
    }
    EXPECT_GE(std::count_if(counts.begin(), counts.end(), [](int n) { return n > 0; }), 3);
    hairline.signedDistanceMm.pop_back();
    EXPECT_EQ(
        placeImpressions(head, density, {}, {}, 1, &hairline).error().message,
        "impressions: 440 hairline distances and 441 chart positions for 441 vertices, expected one of each "
        "a vertex");
}

TEST(Impressions, RefuseBadInput) {
    const Head head = squareHead();
    const std::vector<float> density(head.mesh.positionsMm.size(), -1.0f);
    EXPECT_FALSE(placeImpressions(head, density, {}, {}, 1));
    SmpDesign smp;
    smp.sessions = 7;
    EXPECT_EQ(placeImpressions(head, {}, smp, {}, 1).error().message, "smp.sessions: is 7, expected 1 to 6");
}

}  // namespace
}  // namespace stubble
