// What the sessions of a treatment ask for.
#include "engine/jobs/session_figures.h"

#include <gtest/gtest.h>

#include "tests/baked_scene.h"

namespace stubble {
namespace {

using test::bakedScene;
using test::lightDesign;

TEST(Sessions, AreCountedFromWhatWasPlaced) {
    Design design = lightDesign();
    design.smp.dilution = 10;
    const auto scene = bakedScene(design);
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
    Design design = lightDesign();
    design.smp.enabled = false;
    design.smp.sessions = 2;
    const std::vector<SessionFigures> sessions = sessionFigures(*bakedScene(design));
    ASSERT_EQ(sessions.size(), 2);
    EXPECT_EQ(sessions[0].dots, 0);
    EXPECT_EQ(sessions[1].dilution, 0);
}

TEST(Sessions, TakeTwoToFourHoursForFourteenThousandDots) {
    EXPECT_DOUBLE_EQ(hoursFor(14000).least, 2);
    EXPECT_DOUBLE_EQ(hoursFor(14000).most, 4);
    EXPECT_DOUBLE_EQ(hoursFor(0).most, 0);
}

}  // namespace
}  // namespace stubble
