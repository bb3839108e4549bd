#include "engine/jobs/placement_stats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/geometry/blue_noise.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

void add(Impressions& dots, glm::vec3 p, Zone zone, std::uint8_t session = 0) {
    dots.positionsMm.push_back(p);
    dots.normals.emplace_back(0, 1, 0);
    dots.diametersMm.push_back(0.1f);
    dots.depthsMm.push_back(0.2f);
    dots.loads.push_back(1);
    dots.sessions.push_back(session);
    dots.zones.push_back(static_cast<std::uint8_t>(zone));
}

/// 100 even dots/cm² on the whole of a square of 60 mm.
std::vector<glm::vec3> evenDots() {
    BlueNoiseOptions options;
    options.count = 3600;
    auto samples = sampleBlueNoise(makeSquare(60, 30), options);
    if (!samples) throw std::runtime_error(samples.error().message);
    return samples->positionsMm;
}

/// On skin of 60 × 60 mm, the crown's dots fill x < 40 between z = 10 and 50, and the nape's have a quarter
/// of their density in 40 < x < 55.
Impressions twoZones() {
    Impressions dots;
    std::size_t i = 0;
    for (const glm::vec3& p : evenDots()) {
        if (p.z < 10 || p.z > 50) continue;
        if (p.x < 40) add(dots, p, Zone::crown, i++ % 3 == 0 ? 1 : 0);
    }
    for (const glm::vec3& p : evenDots()) {
        const glm::vec3 twice(40 + 2 * p.x, 0, 2 * p.z);
        if (twice.x < 55 && twice.z > 10 && twice.z < 50) add(dots, twice, Zone::nape);
    }
    return dots;
}

TEST(PlacementStats, MeasureDensityByZone) {
    const Impressions dots = twoZones();
    const PlacementStats stats = measurePlacement(makeSquare(60, 60), dots);
    EXPECT_EQ(stats.whole.dots, dots.size());
    ASSERT_EQ(stats.zones.size(), 2u);
    EXPECT_EQ(stats.zones[0].zone, Zone::crown);
    EXPECT_EQ(stats.zones[1].zone, Zone::nape);
    EXPECT_EQ(stats.zones[0].dots + stats.zones[1].dots, dots.size());
    // 16 and 6 cm² between dots; open borders add up to a spacing (1.07 and 2.15 mm) of skin.
    EXPECT_NEAR(stats.zones[0].areaCm2, 16 + 0.08 * 8, 0.5);
    EXPECT_NEAR(stats.zones[1].areaCm2, 6 + 0.15 * 7, 0.6);
    EXPECT_NEAR(stats.zones[0].dotsPerCm2(), 1600 / (16 + 0.08 * 8), 4);
    EXPECT_NEAR(stats.zones[1].dotsPerCm2(), 25, 4.5);
    EXPECT_NEAR(stats.whole.areaCm2, stats.zones[0].areaCm2 + stats.zones[1].areaCm2, 1e-9);
    EXPECT_THAT(stats.dotsPerSession, testing::ElementsAre(testing::Gt(1000u), testing::Gt(500u)));
}

TEST(PlacementStats, JudgeDistancesByTheLocalDensity) {
    const PlacementStats stats = measurePlacement(makeSquare(60, 60), twoZones());
    EXPECT_NEAR(stats.spacingMm, hexagonalSpacing(100, 100), 0.05);
    EXPECT_GT(stats.nearestMm.max, 1.5 * stats.nearestMm.median);  // the nape's
    EXPECT_LT(stats.nearestRelative.ninetyFifth, 1.05);
    EXPECT_NEAR(stats.nearestRelative.median, 0.78, 0.05);
    EXPECT_LT(stats.closeShare, 0.03);
    EXPECT_NEAR(stats.correlationPeak, 1.75, 0.25);
}

TEST(PlacementStats, FindAHoleInTheFullyTreatedAreaAlone) {
    Impressions dots = twoZones();
    const PlacementStats whole = measurePlacement(makeSquare(60, 60), dots);
    EXPECT_LT(whole.largestGapMm, 1.7);  // at the nape's border; the nape and the bare skin have larger ones
    EXPECT_GT(whole.fullAreaCm2, 12);
    EXPECT_LT(whole.fullAreaCm2, 16.5);

    Impressions holed;
    for (std::size_t i = 0; i < dots.size(); ++i)
        if (glm::distance(dots.positionsMm[i], {20, 0, 30}) > 2)
            add(holed, dots.positionsMm[i], static_cast<Zone>(dots.zones[i]));
    EXPECT_NEAR(measurePlacement(makeSquare(60, 60), holed).largestGapMm, 2.1, 0.3);
}

TEST(PlacementStats, CountDotsThatTouch) {
    Impressions dots = twoZones();
    const std::size_t before = dots.size();
    for (std::size_t i = 0; i < 100; ++i)
        add(dots, dots.positionsMm[i * 10] + glm::vec3(0.1f, 0, 0), Zone::crown);
    const PlacementStats stats = measurePlacement(makeSquare(60, 60), dots);
    EXPECT_GT(stats.closeShare, 200.0 / static_cast<double>(before + 100));
    EXPECT_NEAR(stats.smallestMm, 0.1, 1e-4);
}

TEST(PlacementStats, OfFewDotsOrNone) {
    Impressions dots;
    const TriMesh square = makeSquare(60, 60);
    EXPECT_EQ(placementStatsJson(measurePlacement(square, dots))["dots"], 0);
    add(dots, {10, 0, 10}, Zone::crown);
    PlacementStats stats = measurePlacement(square, dots);
    EXPECT_EQ(stats.smallestMm, 0);
    EXPECT_EQ(stats.whole.areaCm2, 0);
    add(dots, {13, 0, 14}, Zone::crown);
    stats = measurePlacement(square, dots);
    EXPECT_EQ(stats.smallestMm, 5);
    EXPECT_EQ(stats.zones[0].dots, 2u);
    for (int i = 0; i < 30; ++i) add(dots, {20, 0, 20}, Zone::crown);  // all at one place
    EXPECT_EQ(measurePlacement(square, dots).smallestMm, 0);
}

TEST(PlacementStats, ReadAsJsonAndText) {
    const PlacementStats stats = measurePlacement(makeSquare(60, 60), twoZones());
    const auto json = placementStatsJson(stats);
    EXPECT_EQ(json["zones"]["crown"]["dots"], stats.zones[0].dots);
    EXPECT_FALSE(json["zones"].contains("temples"));
    EXPECT_NEAR(json["largestGapMm"].get<double>(), stats.largestGapMm, 1e-3);
    EXPECT_THAT(placementStatsText(stats), testing::HasSubstr("\n  nape "));
}

}  // namespace
}  // namespace stubble
