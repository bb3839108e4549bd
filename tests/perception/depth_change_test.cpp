#include "engine/perception/depth_change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/colour.h"
#include "engine/perception/heat_colours.h"

namespace stubble {
namespace {

TEST(ChangeWithAngle, SlopeAndLargestDifference) {
    const std::vector<AngleMeasure> measures = {{0, 1}, {20, 1.4}, {40, 1.8}, {60, 2.2}};
    const auto change = changeWithAngle(measures);
    EXPECT_NEAR(change->perDegree, 0.02, 1e-12);
    EXPECT_NEAR(change->largest, 1.2, 1e-12);
    EXPECT_EQ(change->lowestDegrees, 0);
    EXPECT_EQ(change->highestDegrees, 60);
    // What comes and goes has no slope, yet a difference.
    const std::vector<AngleMeasure> bump = {{-30, 1}, {0, 3}, {30, 1}};
    EXPECT_NEAR(changeWithAngle(bump)->perDegree, 0, 1e-12);
    EXPECT_EQ(changeWithAngle(bump)->largest, 2);
    EXPECT_EQ(changeWithAngle(bump)->highestDegrees, 0);
}

TEST(ChangeWithAngle, RefusesOneAngle) {
    const std::vector<AngleMeasure> same = {{10, 1}, {10, 2}}, broken = {{10, 1}, {20, std::nan("")}};
    EXPECT_EQ(changeWithAngle(same).error().message,
              "change with angle: 2 measures at one angle, expected two angles");
    EXPECT_EQ(changeWithAngle({}).error().message,
              "change with angle: 0 measures at one angle, expected two angles");
    EXPECT_EQ(changeWithAngle(broken).error().message,
              "change with angle: measure 1 is nan at 20°, expected finite values");
}

TEST(Relief, WeighsHeightByWhatCovers) {
    // Pigment hides skin at no height.
    const std::vector<CoveredCell> pigment = {{0.2, 0}, {0.1, 0}};
    EXPECT_EQ(reliefFigure(pigment)->rmsMm, 0);
    EXPECT_EQ(reliefFigure(pigment)->meanMm, 0);
    EXPECT_NEAR(reliefFigure(pigment)->coverage, 0.15, 1e-12);
    const std::vector<CoveredCell> hair = {{0.5, 2}, {0.25, 4}, {0, 0}, {0, 0}};
    EXPECT_NEAR(reliefFigure(hair)->meanMm, 2 / 0.75, 1e-12);
    EXPECT_NEAR(reliefFigure(hair)->rmsMm, std::sqrt((0.5 * 4 + 0.25 * 16) / 4), 1e-12);
    // Hair twice as long stands twice as high.
    const std::vector<CoveredCell> longer = {{0.5, 4}, {0.25, 8}, {0, 0}, {0, 0}};
    EXPECT_NEAR(reliefFigure(longer)->rmsMm, 2 * reliefFigure(hair)->rmsMm, 1e-12);
}

TEST(Relief, RefusesImpossibleCells) {
    const std::vector<CoveredCell> over = {{0.5, 1}, {1.5, 1}}, below = {{0.5, -1}};
    EXPECT_EQ(reliefFigure({}).error().message, "relief: no cells, expected at least one");
    EXPECT_EQ(reliefFigure(over).error().message, "relief: cell 1 has a coverage of 1.5, expected 0 to 1");
    EXPECT_EQ(reliefFigure(below).error().message,
              "relief: cell 0 has a height of -1 mm, expected 0 or more");
}

glm::vec3 labOf(Rgb8 c) {
    return labFromLinearSrgb(
        {linearFromSrgb(c.x / 255.0f), linearFromSrgb(c.y / 255.0f), linearFromSrgb(c.z / 255.0f)});
}

TEST(HeatColour, LightnessRisesEvenly) {
    float last = labOf(heatColour(0)).x;
    EXPECT_LT(last, 15);
    for (int i = 1; i <= 10; ++i) {
        const float lightness = labOf(heatColour(i / 10.0)).x;
        EXPECT_GT(lightness - last, 6);
        EXPECT_LT(lightness - last, 10);
        last = lightness;
    }
    EXPECT_GT(last, 90);
    EXPECT_EQ(heatColour(-1), heatColour(0));
    EXPECT_EQ(heatColour(9), heatColour(1));
}

TEST(HeatOverlay, LaysColoursOverWhatWasMeasured) {
    const Rgb8 grey(100, 100, 100);
    Image<float> map(3, 1, 2.0f);
    map.at(2, 0) = std::numeric_limits<float>::quiet_NaN();
    const ImageRgb8 out = heatOverlay(ImageRgb8(40, 12, grey), map, 10, 4, 1);
    EXPECT_EQ(out.at(5, 5), heatColour(0.5));
    EXPECT_EQ(out.at(19, 9), heatColour(0.5));  // NaN does not bleed in
    EXPECT_EQ(out.at(25, 5), grey);
    EXPECT_EQ(out.at(35, 5), grey);
    EXPECT_EQ(out.at(5, 11), grey);
    EXPECT_EQ(heatOverlay(ImageRgb8(40, 12, grey), map, 10, 4, 0).at(5, 5), grey);
}

}  // namespace
}  // namespace stubble
