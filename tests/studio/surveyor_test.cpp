#include "tools/studio/surveyor.h"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/jobs/placement_stats.h"
#include "tests/baked_scene.h"
#include "tools/studio/sessions_strip.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

using test::bakedScene;
using test::lightDesign;

TEST(Sessions, SayTimeAsAnEstimateIsGoodFor) {
    ASSERT_TRUE(loadTexts("en"));
    EXPECT_EQ(hoursFigure({5.3, 10.7}), "5–11 h");
    EXPECT_EQ(hoursFigure({1.2, 2.4}), "1–2 h");
    EXPECT_EQ(hoursFigure({0.6, 1.2}), "40–70 min");
    EXPECT_EQ(hoursFigure({0.01, 0.02}), "10 min");
    EXPECT_EQ(hoursFigure({0, 0}), "0 h");
}

std::optional<Survey> waitFor(Surveyor& surveyor, bool measured) {
    for (int i = 0; i < 6000; ++i) {
        if (auto found = surveyor.take(); found && (!measured || found->treatedCm2)) return found;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::nullopt;
}

TEST(Surveyor, AdvisesAfterAPauseAndMeasuresAtRest) {
    const auto scene = bakedScene(lightDesign());
    std::atomic<int> wakes = 0;
    Surveyor surveyor([&] { ++wakes; }, std::chrono::milliseconds(200));
    surveyor.look(scene);
    const auto first = waitFor(surveyor, false);
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->treatedCm2);
    EXPECT_EQ(first->scene, scene);
    EXPECT_EQ(first->advice.size(), lint(*scene).size());
    const auto second = waitFor(surveyor, true);
    ASSERT_TRUE(second);
    EXPECT_DOUBLE_EQ(*second->treatedCm2,
                     measurePlacement(scene->head->mesh, scene->impressions).whole.areaCm2);
    EXPECT_EQ(wakes, 2);
}

TEST(Surveyor, OfManyScenesTheNewestIsMeasured) {
    const auto one = bakedScene(lightDesign());
    Design design = lightDesign();
    design.smp.densityPerCm2 = 60;
    const auto other = bakedScene(design);
    Surveyor surveyor([] {}, std::chrono::milliseconds(400));
    surveyor.look(one);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    surveyor.look(other);
    const auto found = waitFor(surveyor, true);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->scene, other);
}

}  // namespace
}  // namespace stubble
