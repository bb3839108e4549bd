#include "tools/studio/edit_surface.h"

#include <gtest/gtest.h>

#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"
#include "tools/studio/hairline_rule.h"

namespace stubble {
namespace {

struct Seen {
    Head head = loadHead({})->head;
    RayScene rays{head.mesh};
    [[nodiscard]] CameraSurface from(std::string_view camera) const {
        return {*namedCamera(camera, head), {40, 70}, {900, 600}, rays, head.chart};
    }
    [[nodiscard]] const SkullGuides& guides() const { return skullOf(head)->guides(); }
};

const Seen& seen() {
    static const Seen all;
    return all;
}

TEST(EditSurface, WhatThePictureShowsUnderAPlaceStandsThere) {
    for (const std::string_view camera : {"front", "three-quarter", "top", "left"}) {
        const CameraSurface surface = seen().from(camera);
        int found = 0;
        for (float x = 60; x < 940; x += 40)
            for (float y = 80; y < 670; y += 40) {
                const auto skin = surface.skinAt({x, y});
                if (!skin) continue;
                const auto back = surface.screenOf(*skin);
                ASSERT_TRUE(back);
                EXPECT_LT(glm::distance(back->at, {x, y}), 0.05f);
                EXPECT_FALSE(back->hidden) << camera << ' ' << x << ' ' << y;
                ++found;
            }
        EXPECT_GT(found, 40) << camera;
    }
}

TEST(EditSurface, TheBackOfTheHeadIsHiddenFromTheFront) {
    const SkullTracer& tracer = seen().guides().tracer();
    for (const glm::vec2 chart : {glm::vec2(0, -0.6f), glm::vec2(0.3f, -0.5f)}) {
        const SkinPlace place{chart, *tracer.positionMm(chart)};
        EXPECT_TRUE(seen().from("front").screenOf(place)->hidden);
        EXPECT_FALSE(seen().from("back").screenOf(place)->hidden);
    }
}

TEST(EditSurface, APlaceBehindTheEyeIsNowhere) {
    Camera camera;
    camera.eyeMm = {0, 0, 200}, camera.targetMm = {0, 0, 400};
    const CameraSurface surface(camera, {0, 0}, {100, 100}, seen().rays, seen().head.chart);
    EXPECT_FALSE(surface.screenOf({{0, 1}, {0, 0, 90}}));
}

TEST(EditSurface, TheMapHasTheFaceAtTheTopAndTheRightEarAtTheRight) {
    const MapSurface map({300, 200}, 100, 1.3f, seen().guides().tracer());
    EXPECT_LT(map.at({0, 1}).y, map.at({0, -1}).y);
    EXPECT_GT(map.at({1, 0}).x, map.at({-1, 0}).x);
    for (const glm::vec2 chart : {glm::vec2(0, 0), glm::vec2(0.4f, 0.5f), glm::vec2(-0.7f, -0.3f)}) {
        const auto skin = map.skinAt(map.at(chart));
        ASSERT_TRUE(skin);
        EXPECT_LT(glm::distance(skin->chart, chart), 1e-4f);
        EXPECT_LT(glm::distance(seen().head.chart.chartFromMm(skin->positionMm), chart), 1e-3f);
        EXPECT_LT(glm::distance(map.screenOf(*skin)->at, map.at(chart)), 1e-2f);
    }
    EXPECT_FALSE(map.skinAt(map.at({0, 1.31f})));
}

TEST(EditSurface, OfALineOnlyWhatIsSeenIsDrawn) {
    const std::vector<glm::vec2> round = {{0.8f, 0}, {0, 0.8f}, {-0.8f, 0}, {0, -0.8f}, {0.8f, 0}};
    const std::vector<SkinPlace> line = layLine(seen().guides(), round);
    const CameraSurface front = seen().from("front");
    const auto runs = seenRuns(front, line);
    ASSERT_FALSE(runs.empty());
    std::size_t count = 0;
    for (const auto& run : runs) count += run.size();
    EXPECT_GT(count, line.size() / 4);
    EXPECT_LT(count, 3 * line.size() / 4);
    EXPECT_LT(
        distanceTo(runs, front.screenOf({{0, 0.8f}, *seen().guides().tracer().positionMm({0, 0.8f})})->at),
        2.0f);
    EXPECT_TRUE(std::isinf(distanceTo({}, {0, 0})));
}

TEST(HairlineRule, StandsEightCentimetresFromWhereItSays) {
    const HairlineRule rule = layHairlineRule(seen().guides());
    EXPECT_NEAR(lengthMm(rule.fromGlabella), 80, 1.5);
    ASSERT_EQ(rule.halves.size(), 2u);
    for (const auto& half : rule.halves) {
        EXPECT_NEAR(lengthMm(half.fromMidpoint), 80, 0.5);
        EXPECT_NEAR(lengthMm(half.toCanthus), 80, 0.5);
        EXPECT_GT(half.temple.positionMm.y, half.peak.positionMm.y);
    }
    EXPECT_GT(rule.halves[0].temple.chart.x, 0.1f);
    EXPECT_LT(rule.halves[1].temple.chart.x, -0.1f);
}

}  // namespace
}  // namespace stubble
