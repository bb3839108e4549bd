#include "engine/scalp/chart.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using ::testing::HasSubstr;

Landmarks lopsided() {
    Landmarks l = test::ellipsoidLandmarks();
    l[Landmark::tragusLeft] += glm::vec3(2, 4, 5);
    l[Landmark::nasion] += glm::vec3(4, 0, 0);
    l[Landmark::inion] += glm::vec3(-5, 3, 0);
    l[Landmark::vertex] += glm::vec3(3, 0, 6);
    return l;
}

TEST(Chart, PutsLandmarksAtTheirPlaces) {
    for (const Landmarks& l : {test::ellipsoidLandmarks(), lopsided()}) {
        const auto chart = ScalpChart::fit(l);
        ASSERT_TRUE(chart) << chart.error().message;
        const auto near = [&](Landmark landmark, glm::vec2 expected) {
            EXPECT_LT(glm::distance(chart->chartFromMm(l[landmark]), expected), 2e-5f)
                << landmarkName(landmark);
        };
        near(Landmark::nasion, {0, 1});
        near(Landmark::inion, {0, -1});
        near(Landmark::tragusLeft, {-1, 0});
        near(Landmark::tragusRight, {1, 0});
        near(Landmark::vertex, {0, 0});
    }
}

TEST(Chart, ComesBackFromItsInverse) {
    for (const Landmarks& l : {test::ellipsoidLandmarks(), lopsided()}) {
        const auto chart = ScalpChart::fit(l);
        ASSERT_TRUE(chart);
        for (float x = -1.45f; x <= 1.45f; x += 0.05f)
            for (float y = -1.45f; y <= 1.45f; y += 0.05f) {
                const glm::vec2 place(x, y);
                if (glm::length(place) > 1.5f) continue;
                const glm::vec3 direction = chart->directionFromChart(place);
                EXPECT_NEAR(glm::length(direction), 1, 1e-5f);
                const glm::vec2 back = chart->chartFromMm(chart->centreMm() + 83.0f * direction);
                EXPECT_LT(glm::distance(back, place), 1e-4f) << x << " " << y;
            }
    }
}

TEST(Chart, RefusesWhatIsNoHead) {
    const auto message = [](auto change) {
        Landmarks l = test::ellipsoidLandmarks();
        change(l);
        const auto chart = ScalpChart::fit(l);
        return chart ? std::string() : chart.error().message;
    };
    EXPECT_THAT(message([](Landmarks& l) { l[Landmark::tragusLeft] = l[Landmark::tragusRight]; }),
                HasSubstr("three separate points"));
    EXPECT_THAT(message([](Landmarks& l) { std::swap(l[Landmark::nasion], l[Landmark::inion]); }),
                HasSubstr("landmark nasion lies 180° off its side"));
    EXPECT_THAT(message([](Landmarks& l) { l[Landmark::inion] = l[Landmark::vertex]; }),
                HasSubstr("landmark inion lies 0° from the vertex"));
    EXPECT_THAT(message([](Landmarks& l) {
                    l[Landmark::vertex] = {200, 0, 0};
                }),
                HasSubstr("above the tragi"));
    EXPECT_THAT(
        message([](Landmarks& l) { l[Landmark::nasion].x = std::numeric_limits<float>::quiet_NaN(); }),
        HasSubstr("landmark nasion is not finite"));
}

}  // namespace
}  // namespace stubble
