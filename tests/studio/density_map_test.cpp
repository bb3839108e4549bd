#include "tools/studio/density_map.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/colour.h"
#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

const Head& mannequin() {
    static const Head head = loadHead({})->head;
    return head;
}

const ChartCells& cells() {
    static const ChartCells all = chartCells(mannequin(), 96, kMapReach);
    return all;
}

TEST(DensityMap, CellsCoverTheSkinThatATreatmentMayReach) {
    double mapped = 0;
    for (const float area : cells().areaCm2) mapped += area;
    EXPECT_NEAR(mapped, integralOverCm2(mannequin().mesh, mannequin().craniumMask), 0.04 * mapped);
    EXPECT_EQ(cells().cornerChart(0, 0), glm::vec2(-kMapReach, kMapReach));  // the face is at the top
}

/// So many dots on every cm² of a part of the skin.
std::vector<glm::vec3> dotsOver(float perCm2, const std::function<bool(glm::vec2)>& part) {
    std::vector<glm::vec3> dots;
    double due = 0;
    for (int row = 0; row < cells().side; ++row)
        for (int column = 0; column < cells().side; ++column) {
            const glm::vec2 chart =
                0.5f * (cells().cornerChart(column, row) + cells().cornerChart(column + 1, row + 1));
            if (!part(chart)) continue;
            due += double{perCm2} * cells().areaCm2[static_cast<std::size_t>(row * cells().side + column)];
            const auto positionMm = skullOf(mannequin())->tracer().positionMm(chart);
            for (; due >= 1 && positionMm; --due) dots.push_back(*positionMm);
        }
    return dots;
}

TEST(DensityMap, CountsDotsPerSquareCentimetreOfSkin) {
    const auto densities =
        densityPerCm2(cells(), mannequin().chart, dotsOver(120, [](glm::vec2 chart) { return chart.x > 0; }));
    const auto at = [&](glm::vec2 chart) {
        const float perUnit = static_cast<float>(cells().side) / (2 * cells().reach);
        const int column = static_cast<int>((chart.x + cells().reach) * perUnit),
                  row = static_cast<int>((cells().reach - chart.y) * perUnit);
        return densities[static_cast<std::size_t>(row * cells().side + column)];
    };
    for (const glm::vec2 chart : {glm::vec2(0.3f, 0.1f), glm::vec2(0.2f, 0.5f), glm::vec2(0.6f, -0.2f)}) {
        EXPECT_NEAR(at(chart), 120, 12) << chart.x << ' ' << chart.y;
        EXPECT_EQ(at({-chart.x, chart.y}), 0) << chart.x << ' ' << chart.y;
    }
    EXPECT_TRUE(std::isnan(at({0, 1.15f})));  // the nose
    EXPECT_EQ(densityScale(densities), 160);
    EXPECT_EQ(densityScale({}), 40);
}

TEST(DensityMap, ZonesMeetWhereTheySayTheyMeet) {
    HairlineDesign design;
    design.irregularityMm = 0;
    const auto hairline = Hairline::build(mannequin(), design, 0);
    ASSERT_TRUE(hairline);
    const std::vector<ZoneBorder> borders = zoneBorders(cells(), *hairline);
    EXPECT_GT(borders.size(), 100u);
    int checked = 0;
    for (const ZoneBorder& piece : borders) {
        const glm::vec2 middle = 0.5f * (piece.from + piece.to), along = piece.to - piece.from;
        if (glm::length(along) < 0.005f) continue;
        const glm::vec2 across = 0.02f * glm::normalize(glm::vec2(-along.y, along.x));
        const auto zone = [&](glm::vec2 chart) {
            return zoneAt(chart,
                          hairline->signedDistanceMm(*skullOf(mannequin())->tracer().positionMm(chart)));
        };
        checked += zone(middle + across) != zone(middle - across);
    }
    EXPECT_GT(checked, 0.9 * static_cast<double>(borders.size()) * 0.7);
}

TEST(DensityMap, TheImageIsClearWhereNothingIs) {
    const std::vector<float> densities = {0, std::nanf(""), 3, 100, 0, 100}, hairs = {0, 0, 0, 0, 0.5f, 1};
    const auto image = densityImage(densities, hairs, 200);
    EXPECT_EQ(image[0], 0u);
    EXPECT_EQ(image[1], 0u);
    EXPECT_GT(image[2] >> 24, 0u);
    EXPECT_LT(image[2] >> 24, 255u);
    EXPECT_EQ(image[3] >> 24, 255u);
    EXPECT_EQ(image[4] >> 24, 128u);  // half the hair
    EXPECT_EQ(image[4] & 255, kHairLayer.r);
    EXPECT_EQ(image[5], image[3]);  // dots lie over it
}

TEST(DensityMap, HairCoversSoftlyAndOnlyWhereSkinIs) {
    std::vector<float> hairs(400, std::nanf(""));
    for (std::size_t i = 0; i < 400; ++i)
        if (i % 20 < 10) hairs[i] = i / 20 < 10 ? 200 : 40;
    const std::vector<float> cover = hairCover(hairs, 20);
    EXPECT_NEAR(cover[20 * 4 + 4], 1, 1e-4);
    EXPECT_NEAR(cover[20 * 16 + 4], 0.5f, 1e-3);
    EXPECT_EQ(cover[20 * 4 + 16], 0);
    EXPECT_GT(cover[20 * 4 + 9], 0.5f);
    EXPECT_LT(cover[20 * 4 + 9], 0.8f);
}

TEST(DensityMap, TheScaleIsSeenOnTheGroundFromItsLowEndOn) {
    const auto lightness = [](Rgb8 c) {
        return labFromLinearSrgb(
                   {linearFromSrgb(c.r / 255.0f), linearFromSrgb(c.g / 255.0f), linearFromSrgb(c.b / 255.0f)})
            .x;
    };
    const float ground = lightness({58, 58, 58}), hair = lightness(kHairLayer);
    EXPECT_GT(lightness(densityColour(0)), ground + 25);
    EXPECT_GT(lightness(densityColour(0)), hair + 15);
    EXPECT_GT(hair, ground + 8);  // faint, but there
    for (int i = 0; i < 20; ++i)
        EXPECT_GT(lightness(densityColour(0.05f * static_cast<float>(i + 1))),
                  lightness(densityColour(0.05f * static_cast<float>(i))) + 1);
}

}  // namespace
}  // namespace stubble
