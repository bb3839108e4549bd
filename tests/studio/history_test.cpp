#include "tools/studio/history.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include "engine/core/random.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

Design with(Design design, auto&& edit) {
    edit(design);
    return design;
}

void edit(History& history, auto&& how, std::string_view what = "edit") {
    history.change(with(history.design(), how), what);
}

/// A line of so many points, different for each seed.
std::vector<glm::vec2> lineOf(std::size_t count, RandomStream& random) {
    std::vector<glm::vec2> points(count);
    for (glm::vec2& point : points)
        point = {static_cast<float>(random.bits() % 1000) / 1000,
                 static_cast<float>(random.bits() % 1000) / 1000};
    return points;
}

/// Something a person may do, of every kind.
void editAtRandom(Design& design, RandomStream& random) {
    auto& strokes = design.smp.strokes;
    auto& scars = design.skin.scars;
    switch (random.bits() % 9) {
        case 0:
            strokes.push_back({.points = lineOf(random.bits() % 40 + 1, random)});
            break;
        case 1:
            strokes.insert(strokes.begin(), {.points = lineOf(3, random)});
            break;
        case 2:
            if (!strokes.empty())
                strokes.erase(strokes.begin() + static_cast<long>(random.bits() % strokes.size()));
            break;
        case 3:
            if (!strokes.empty())
                strokes[random.bits() % strokes.size()].radiusMm = static_cast<float>(random.bits() % 30 + 1);
            break;
        case 4:
            scars.push_back({.points = lineOf(5, random)});
            break;
        case 5:
            if (!scars.empty()) scars.pop_back();
            break;
        case 6:
            design.smp.depthMm = static_cast<float>(random.bits() % 100) / 200;
            break;
        case 7:
            design.name = std::string(random.bits() % 50, 'n');
            break;
        case 8:
            if (random.bits() % 20 == 0) design = Design{};
            break;
    }
}

TEST(History, UndoingAllTheWayAndBackGivesEveryStateExactly) {
    RandomStream random(1);
    History history{Design{}};
    std::vector<std::string> states = {formatDesign(history.design())};
    for (int i = 0; i < 500; ++i) {
        edit(history, [&](Design& design) { editAtRandom(design, random); });
        if (const std::string state = formatDesign(history.design()); state != states.back())
            states.push_back(state);
    }
    ASSERT_GT(states.size(), 300u);
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = states.size(); i-- > 1;) {
            ASSERT_TRUE(history.undo());
            ASSERT_EQ(formatDesign(history.design()), states[i - 1]);
        }
        EXPECT_FALSE(history.undo());
        EXPECT_EQ(history.design(), Design{});
        for (std::size_t i = 1; i < states.size(); ++i) {
            ASSERT_TRUE(history.redo());
            ASSERT_EQ(formatDesign(history.design()), states[i]);
        }
        EXPECT_FALSE(history.redo());
    }
}

TEST(History, ADragIsOneStep) {
    History history{Design{}};
    const Design first = history.design();
    history.begin("smp.depthMm");
    for (int i = 0; i < 100; ++i)
        edit(history, [&](Design& design) { design.smp.depthMm = 0.1f + 0.001f * static_cast<float>(i); });
    EXPECT_EQ(history.undoName(), "smp.depthMm");
    history.end();
    const Design last = history.design();
    EXPECT_TRUE(history.undo());
    EXPECT_EQ(history.design(), first);
    EXPECT_FALSE(history.canUndo());
    EXPECT_EQ(history.redoName(), "smp.depthMm");
    EXPECT_TRUE(history.redo());
    EXPECT_EQ(history.design(), last);
}

TEST(History, ADragThatComesBackIsNoStepAndKeepsWhatCanBeRedone) {
    History history{Design{}};
    edit(history, [](Design& design) { design.seed = 2; });
    history.undo();
    history.begin("smp.depthMm");
    edit(history, [](Design& design) { design.smp.depthMm = 0.2f; });
    EXPECT_FALSE(history.canRedo());
    edit(history, [](Design& design) { design.smp.depthMm = Design{}.smp.depthMm; });
    history.end();
    EXPECT_FALSE(history.canUndo());
    EXPECT_TRUE(history.redo());
    EXPECT_EQ(history.design().seed, 2u);
}

TEST(History, ADragCanBeCalledOff) {
    History history{Design{}};
    history.begin("hairline.points");
    edit(history, [](Design& design) { design.hairline.heightMm = 90; });
    history.cancel();
    EXPECT_EQ(history.design(), Design{});
    EXPECT_FALSE(history.canUndo());
}

TEST(History, UndoInTheMiddleOfADragTakesBackTheDrag) {
    History history{Design{}};
    edit(history, [](Design& design) { design.seed = 2; });
    history.begin("smp.depthMm");
    edit(history, [](Design& design) { design.smp.depthMm = 0.2f; });
    EXPECT_TRUE(history.undo());
    EXPECT_EQ(history.design().smp.depthMm, Design{}.smp.depthMm);
    EXPECT_EQ(history.design().seed, 2u);
    EXPECT_FALSE(history.inGesture());
}

TEST(History, ABeginEndsWhatWasBegunBefore) {
    History history{Design{}};
    history.begin("a");
    edit(history, [](Design& design) { design.seed = 2; });
    history.begin("b");
    edit(history, [](Design& design) { design.seed = 3; });
    history.end();
    EXPECT_TRUE(history.undo());
    EXPECT_EQ(history.design().seed, 2u);
    EXPECT_EQ(history.undoName(), "a");
    EXPECT_EQ(history.redoName(), "b");
}

TEST(History, WhatChangesNothingIsNoStep) {
    History history{Design{}};
    edit(history, [](Design&) {});
    EXPECT_FALSE(history.canUndo());
}

TEST(History, ANewEditForgetsWhatWasUndone) {
    History history{Design{}};
    edit(history, [](Design& design) { design.seed = 2; });
    history.undo();
    edit(history, [](Design& design) { design.seed = 3; });
    EXPECT_FALSE(history.redo());
    EXPECT_EQ(history.design().seed, 3u);
}

#if !defined(STUBBLE_SANITIZE) && defined(__GLIBC__)
/// What the program holds on its heap.
std::size_t heapBytes() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

TEST(History, TenThousandEditsOfALargeDesignStaySmall) {
    RandomStream random(2);
    Design large;
    for (int i = 0; i < 300; ++i) large.smp.strokes.push_back({.points = lineOf(400, random)});
    const std::size_t before = heapBytes();
    History history{large};
    large = {};
    constexpr int kEdits = 10000;
    for (int i = 0; i < kEdits; ++i)
        edit(history, [&](Design& design) {
            if (i % 10 == 0)
                design.smp.strokes.push_back({.points = lineOf(20, random)});
            else
                design.smp.depthMm = static_cast<float>(i) * 1e-5f;
        });
    const double bytesPerEdit = static_cast<double>(heapBytes() - before) / kEdits;
    RecordProperty("bytesPerEdit", std::to_string(bytesPerEdit));
    fmt::print("{:.0f} bytes an edit, sizeof(Design) {}\n", bytesPerEdit, sizeof(Design));
    EXPECT_LT(bytesPerEdit, 3000) << "30 MB for a long day";
    for (int i = 0; i < kEdits; ++i) ASSERT_TRUE(history.undo());
    EXPECT_EQ(history.design().smp.strokes.size(), 300u);
}
#endif

}  // namespace
}  // namespace stubble
