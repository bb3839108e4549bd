#include <gtest/gtest.h>

#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"
#include "engine/scene/scene.h"
#include "tools/studio/brush_tool.h"
#include "tools/studio/hairline_tool.h"

namespace stubble {
namespace {

std::shared_ptr<const ReadyHead> readyMannequin() {
    static const std::shared_ptr<const ReadyHead> head = [] {
        auto ready = std::make_shared<ReadyHead>(ReadyHead{{}, loadHead({})->head, std::nullopt, {}});
        ready->rays.emplace(ready->head.mesh);
        return ready;
    }();
    return head;
}

/// A hand with a tool on a surface, applying the tool's edits as the studio does.
struct Hand {
    Design design;
    int edits = 0, ends = 0;
    std::string key;

    void on(EditTool& tool, const EditSurface& surface, Pointer pointer) {
        tool.follow(design, readyMannequin());
        pointer.over = true;
        tool.point(surface, pointer);
        DesignEdit made = tool.takeEdit();
        if (made.design) design = *std::move(made.design), ++edits, key = made.key;
        ends += made.dragEnded;
    }
    bool alt = false;
    void drag(EditTool& tool, const EditSurface& surface, glm::vec2 from, glm::vec2 to, int steps = 8) {
        Pointer pointer{.at = from, .alt = alt};
        on(tool, surface, pointer);
        pointer.pressed = pointer.held = true;
        on(tool, surface, pointer);
        pointer.pressed = false;
        for (int i = 1; i <= steps; ++i) {
            pointer.at = glm::mix(from, to, static_cast<float>(i) / static_cast<float>(steps));
            on(tool, surface, pointer);
        }
        pointer.held = false;
        on(tool, surface, pointer);
    }
};

const SkullTracer& tracer() {
    return skullOf(readyMannequin()->head)->tracer();
}
MapSurface mapSurface() {
    return {{900, 900}, 900, 1.3f, tracer()};
}
CameraSurface frontSurface() {
    const ReadyHead& head = *readyMannequin();
    return {*namedCamera("hairline", head.head), {0, 0}, {900, 700}, *head.rays, head.head.chart};
}

TEST(HairlineTool, ADraggedPointWritesTheLineWithItsOpposite) {
    HairlineTool tool;
    Hand hand;
    const auto points = *hairlinePoints(readyMannequin()->head, hand.design.hairline);
    const std::size_t index = points.size() / 2 + 2, opposite = points.size() / 2 - 2;
    const MapSurface map = mapSurface();
    hand.drag(tool, map, map.at(points[index]), map.at(points[index] + glm::vec2(0, 0.05f)));
    EXPECT_GE(hand.edits, 4);
    EXPECT_EQ(hand.ends, 1);
    EXPECT_EQ(hand.key, "hairline.points");
    ASSERT_EQ(hand.design.hairline.points.size(), points.size());
    const glm::vec2 moved = hand.design.hairline.points[index];
    EXPECT_NEAR(moved.y, points[index].y + 0.05f, 0.005f);
    EXPECT_NEAR(hand.design.hairline.points[opposite].x, -moved.x, 1e-5f);
    EXPECT_NEAR(hand.design.hairline.points[opposite].y, moved.y, 1e-5f);
    // The next one comes along, not as far.
    const float along = hand.design.hairline.points[index + 1].y - points[index + 1].y;
    EXPECT_GT(along, 0.01f);
    EXPECT_LT(along, 0.045f);
}

TEST(HairlineTool, TheWayOfTheHandDoesNotMatter) {
    const auto points = *hairlinePoints(readyMannequin()->head, {});
    const std::size_t index = points.size() / 2 + 2;
    const MapSurface map = mapSurface();
    std::vector<HairlinePoints> lines;
    for (const int steps : {2, 40}) {
        HairlineTool tool;
        Hand hand;
        hand.drag(tool, map, map.at(points[index]), map.at(points[index] + glm::vec2(0, 0.05f)), steps);
        lines.push_back(hand.design.hairline.points);
    }
    ASSERT_EQ(lines[0].size(), lines[1].size());
    for (std::size_t i = 0; i < lines[0].size(); ++i)
        EXPECT_LT(glm::distance(lines[0][i], lines[1][i]), 1e-3f) << i;
}

TEST(HairlineTool, WithAltAndWithoutSymmetryOnlyThePointMoves) {
    HairlineTool tool;
    tool.setSymmetric(false);
    Hand hand;
    hand.alt = true;
    const auto points = *hairlinePoints(readyMannequin()->head, {});
    const std::size_t index = points.size() / 2 + 2;
    const MapSurface map = mapSurface();
    hand.drag(tool, map, map.at(points[index]), map.at(points[index] + glm::vec2(0, 0.05f)));
    int changed = 0;
    for (std::size_t i = 0; i < points.size(); ++i) changed += hand.design.hairline.points[i] != points[i];
    EXPECT_EQ(changed, 1);
}

TEST(HairlineTool, WorksThroughACameraAndLeavesTheRestToIt) {
    HairlineTool tool;
    Hand hand;
    const CameraSurface front = frontSurface();
    const auto points = *hairlinePoints(readyMannequin()->head, {});
    const std::size_t middle = points.size() / 2, index = middle + 1;
    const auto placeOf = [&](glm::vec2 point) {
        return front.screenOf({point, *tracer().positionMm(point)})->at;
    };
    const glm::vec2 at = placeOf(points[index]);
    hand.drag(tool, front, at + glm::vec2(3, -2), at + glm::vec2(3, 38));
    ASSERT_FALSE(hand.design.hairline.points.empty());
    // As far as the hand went, wherever on the point it began.
    EXPECT_LT(glm::distance(placeOf(hand.design.hairline.points[index]), at + glm::vec2(0, 40)), 1);
    // A point of the midline stays on it, and the design's height follows it.
    const float beforeMm = hand.design.hairline.heightMm;
    const glm::vec2 now = placeOf(hand.design.hairline.points[middle]);
    hand.drag(tool, front, now, now + glm::vec2(5, 40));
    EXPECT_EQ(hand.design.hairline.points[middle].x, 0);
    EXPECT_LT(hand.design.hairline.heightMm, beforeMm - 2);
    // Away from the line the mouse is the camera's.
    tool.follow(hand.design, readyMannequin());
    Pointer pointer{.at = at + glm::vec2(0, 200)};
    pointer.over = pointer.pressed = pointer.held = true;
    EXPECT_FALSE(tool.point(front, pointer));
}

TEST(HairlineTool, ClicksAddAndRemovePoints) {
    HairlineTool tool;
    Hand hand;
    const auto points = *hairlinePoints(readyMannequin()->head, {});
    const MapSurface map = mapSurface();
    const glm::vec2 between = 0.5f * (points[points.size() / 2 - 1] + points[points.size() / 2 - 2]);
    Pointer pointer{.at = map.at(between)};
    pointer.doubleClicked = pointer.pressed = pointer.held = true;
    hand.on(tool, map, pointer);
    EXPECT_EQ(hand.design.hairline.points.size(), points.size() + 2);
    hand.on(tool, map, {.at = map.at(between)});
    EXPECT_EQ(hand.ends, 1);
    Pointer right{.at = map.at(points[points.size() / 2])};
    right.rightPressed = true;
    hand.on(tool, map, right);
    EXPECT_EQ(hand.design.hairline.points.size(), points.size() + 1);
    EXPECT_TRUE(checkHairlinePoints(hand.design.hairline.points));
}

TEST(BrushTool, OneStrokeIsOneDragThatGrowsOneStroke) {
    BrushTool tool;
    Hand hand;
    const MapSurface map = mapSurface();
    hand.drag(tool, map, map.at({-0.2f, 0.1f}), map.at({0.2f, 0.1f}), 20);
    ASSERT_EQ(hand.design.smp.strokes.size(), 1u);
    const BrushStroke& stroke = hand.design.smp.strokes[0];
    EXPECT_EQ(hand.key, "smp.strokes");
    EXPECT_EQ(hand.ends, 1);
    EXPECT_GT(hand.edits, 10);
    EXPECT_NEAR(stroke.points.front().x, -0.2f, 0.01f);
    EXPECT_NEAR(stroke.points.back().x, 0.2f, 0.03f);
    EXPECT_FLOAT_EQ(stroke.strength, -0.7f);
    EXPECT_FLOAT_EQ(stroke.radiusMm, 6);
    tool.settings.mode = BrushTool::Mode::fill;
    hand.drag(tool, map, map.at({0, -0.2f}), map.at({0, -0.3f}));
    ASSERT_EQ(hand.design.smp.strokes.size(), 2u);
    EXPECT_FLOAT_EQ(hand.design.smp.strokes[1].strength, 0.7f);
    EXPECT_EQ(hand.ends, 2);
}

/// Dots on the client's left half alone.
std::shared_ptr<Scene> halfTreated() {
    auto scene = std::make_shared<Scene>();
    for (int x = 0; x < 200; ++x)
        for (int y = -100; y < 100; ++y)
            if (const auto place =
                    tracer().positionMm({-0.002f * static_cast<float>(x), 0.002f * static_cast<float>(y)}))
                scene->impressions.positionsMm.push_back(*place);
    return scene;
}

TEST(BrushTool, SmoothingLeadsEachDabToItsSurroundings) {
    const auto scene = halfTreated();
    const SkullTracer& skull = tracer();
    BrushTool tool;
    tool.settings.mode = BrushTool::Mode::smooth;
    Hand hand;
    const MapSurface map = mapSurface();
    Pointer pressed{.at = map.at({-0.1f, 0})};
    pressed.over = pressed.pressed = true;
    tool.follow(hand.design, readyMannequin());
    EXPECT_FALSE(tool.point(map, pressed)) << "nothing to measure in";
    tool.see(scene);
    const float there = densityAround(scene->impressions, *skull.positionMm({-0.1f, 0}), 12);
    scene->design.smp.densityPerCm2 = there;
    hand.drag(tool, map, map.at({-0.1f, 0}), map.at({0.1f, 0}), 40);
    const auto& dabs = hand.design.smp.strokes;
    ASSERT_GT(dabs.size(), 6u);
    EXPECT_EQ(hand.ends, 1);
    EXPECT_NEAR(dabs.front().level, 1, 0.1f);
    EXPECT_NEAR(dabs[dabs.size() / 2].level, 0.5f, 0.2f);
    EXPECT_EQ(dabs.back().level, 0);
    for (const BrushStroke& dab : dabs) {
        EXPECT_EQ(dab.points.size(), 1u);
        EXPECT_FLOAT_EQ(dab.strength, 0.7f);
    }
}

TEST(BrushTool, OneStrokeOfSmoothingMakesASlopeOfABorder) {
    // The border runs over the crown; the stroke goes along it.
    const auto scene = halfTreated();
    const SkullTracer& skull = tracer();
    BrushTool tool;
    tool.settings.mode = BrushTool::Mode::smooth;
    Hand hand;
    const MapSurface map = mapSurface();
    tool.follow(hand.design, readyMannequin());
    tool.see(scene);
    const float full = densityAround(scene->impressions, *skull.positionMm({-0.15f, 0}), 6);
    scene->design.smp.densityPerCm2 = full;
    hand.drag(tool, map, map.at({0, 0.12f}), map.at({0, -0.12f}), 60);
    // Share of full at places so many chart units from the line, about 15 cm each.
    const auto shareAt = [&](float x) {
        const glm::vec3 place = *skull.positionMm({x, 0});
        float density = x < 0 ? full : 0;
        for (const BrushStroke& dab : hand.design.smp.strokes)
            density = brushed(density, full, dab,
                              layStroke(skull, dab.points, dab.radiusMm, dab.softness).shareAt(place));
        return density / full;
    };
    EXPECT_GT(shareAt(-0.1f), 0.99f);  // 15 mm away
    EXPECT_LT(shareAt(0.1f), 0.01f);
    // It goes down bit by bit over 10 mm: no step is left, and no flat strip.
    for (int i = -4; i < 4; ++i) {
        const float step =
            shareAt(0.01f * static_cast<float>(i)) - shareAt(0.01f * static_cast<float>(i + 1));
        EXPECT_LT(step, 0.25f) << i;
        EXPECT_GE(step, -0.01f) << i;
    }
    EXPECT_GT(shareAt(-0.035f) - shareAt(0.035f), 0.15f);
    EXPECT_LT(shareAt(-0.035f), 0.9f);
    EXPECT_GT(shareAt(0.035f), 0.1f);
}

TEST(BrushTool, OffTheHeadTheMouseIsTheCameras) {
    BrushTool tool;
    const Design design;
    tool.follow(design, readyMannequin());
    Pointer pointer{.at = {2, 2}};
    pointer.over = pointer.pressed = pointer.held = true;
    const ReadyHead& head = *readyMannequin();
    const CameraSurface whole(*namedCamera("front", head.head), {0, 0}, {900, 700}, *head.rays,
                              head.head.chart);
    EXPECT_FALSE(tool.point(whole, pointer));
    EXPECT_FALSE(tool.holds());
}

TEST(BrushTool, KeepsADesignsLimits) {
    std::vector<BrushStroke> strokes(2);
    strokes[0].points = {{0, 0}, {0, 1}};
    EXPECT_TRUE(hasRoomFor(strokes, 100, 1));
    EXPECT_FALSE(hasRoomFor(strokes, kMaxStrokesPoints - 1, 1));
    EXPECT_FALSE(hasRoomFor(strokes, 2, kMaxStrokesChartLength));
    EXPECT_FALSE(hasRoomFor(std::vector<BrushStroke>(kMaxStrokes), 2, 1));
}

}  // namespace
}  // namespace stubble
