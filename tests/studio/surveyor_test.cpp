#include "tools/studio/surveyor.h"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/jobs/placement_stats.h"
#include "engine/scalp/head_load.h"
#include "tools/studio/sessions_strip.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

std::shared_ptr<const Scene> sceneOf(const Design& design) {
    auto head = loadHead({});
    auto scene = bakeScene(std::make_shared<const Head>(std::move(head->head)), design);
    return std::make_shared<const Scene>(*std::move(scene));
}

Design light() {
    Design design;
    design.smp.densityPerCm2 = 40;
    return design;
}

TEST(Sessions, AreCountedFromWhatWasPlaced) {
    Design design = light();
    design.smp.dilution = 10;
    const auto scene = sceneOf(design);
    const std::vector<SessionFigures> sessions = sessionFigures(*scene);
    ASSERT_EQ(sessions.size(), 3);
    const std::vector<std::size_t> counts = dotsPerSession(scene->impressions);
    double share = 0, load = 0;
    for (std::size_t k = 0; k < sessions.size(); ++k) {
        EXPECT_EQ(sessions[k].dots, counts[k]);
        EXPECT_NEAR(sessions[k].diameterMm, design.smp.diameterMm, 0.02);
        share += sessions[k].share;
        load += sessions[k].share * kLoadPercentTimesDilution / sessions[k].dilution;
    }
    EXPECT_NEAR(share, 1, 1e-9);
    EXPECT_NEAR(load, 0.5, 0.02);                           // 10:1 over all
    EXPECT_GT(sessions[0].dilution, sessions[2].dilution);  // light first
}

TEST(Sessions, ThatPutNothingInAreThereWithNothing) {
    Design design = light();
    design.smp.enabled = false;
    design.smp.sessions = 2;
    const std::vector<SessionFigures> sessions = sessionFigures(*sceneOf(design));
    ASSERT_EQ(sessions.size(), 2);
    EXPECT_EQ(sessions[0].dots, 0);
    EXPECT_EQ(sessions[1].dilution, 0);
}

TEST(Sessions, TakeTwoToFourHoursForFourteenThousandDots) {
    EXPECT_DOUBLE_EQ(hoursFor(14000).least, 2);
    EXPECT_DOUBLE_EQ(hoursFor(14000).most, 4);
    EXPECT_DOUBLE_EQ(hoursFor(0).most, 0);
}

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

TEST(Surveyor, AdvisesAtOnceAndMeasuresAtRest) {
    const auto scene = sceneOf(light());
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
    const auto one = sceneOf(light());
    Design design = light();
    design.smp.densityPerCm2 = 60;
    const auto other = sceneOf(design);
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
