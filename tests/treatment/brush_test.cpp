#include "engine/treatment/brush.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/scalp/skull.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

glm::vec3 placeOn(glm::vec2 chart) {
    return *skullOf(ellipsoidHead())->tracer().positionMm(chart);
}

TEST(Brush, ErasesAndFills) {
    EXPECT_EQ(brushed(80, 200, -1, 1), 0);
    EXPECT_EQ(brushed(80, 200, -1, 0), 80);
    EXPECT_EQ(brushed(80, 200, -0.5f, 0.5f), 60);
    EXPECT_EQ(brushed(80, 200, 1, 1), 200);
    EXPECT_EQ(brushed(80, 200, 0.5f, 0.5f), 110);
    EXPECT_EQ(brushed(0, 200, 1, 0.25f), 50);
    EXPECT_EQ(brushed(80, 200, 0, 1), 80);
    EXPECT_EQ(brushed(240, 200, 1, 1), 240) << "filling takes nothing away";
}

TEST(Brush, StrokesWorkInOrder) {
    const BrushStroke fill{.points = {{0, 0}}, .radiusMm = 10, .strength = 1};
    const BrushStroke erase{.points = {{0, 0}}, .radiusMm = 10, .strength = -1};
    const Head& head = ellipsoidHead();
    const glm::vec3 place = placeOn({0, 0}), beyond = placeOn({0, 0.5f});
    const std::vector<BrushStroke> fillLast = {erase, fill}, eraseLast = {fill, erase};
    EXPECT_EQ(BrushOnSkin(head, fillLast).apply(place, 80, 200), 200);
    EXPECT_EQ(BrushOnSkin(head, eraseLast).apply(place, 80, 200), 0);
    EXPECT_EQ(BrushOnSkin(head, eraseLast).apply(beyond, 80, 200), 80);
    EXPECT_EQ(BrushOnSkin().apply(place, 80, 200), 80);
    EXPECT_TRUE(BrushOnSkin(head, {}).empty());
}

TEST(Brush, ManyStrokesGiveWhatEachInTurnWould) {
    RandomStream random(5);
    const auto chart = [&] {
        return glm::vec2(1.8f * random.uniform() - 0.9f, 1.8f * random.uniform() - 0.9f);
    };
    std::vector<BrushStroke> strokes(200);
    for (BrushStroke& stroke : strokes) {
        stroke.points = {chart()};
        for (int i = 0; i < 3; ++i) stroke.points.push_back(stroke.points.back() + 0.2f * chart());
        stroke.radiusMm = 0.5f + 12 * random.uniform();
        stroke.strength = 2 * random.uniform() - 1;
        stroke.softness = random.uniform();
    }
    const BrushOnSkin brush(ellipsoidHead(), strokes);
    ASSERT_EQ(brush.strokes().size(), strokes.size());
    int changed = 0;
    for (int i = 0; i < 2000; ++i) {
        const glm::vec3 place = placeOn(chart());
        const float density = 200 * random.uniform();
        const float after = brush.apply(place, density, 180);
        ASSERT_EQ(after, applyStrokes(brush.strokes(), brush.strengths(), place, density, 180));
        changed += after != density;
    }
    EXPECT_GT(changed, 500);
}

}  // namespace
}  // namespace stubble
