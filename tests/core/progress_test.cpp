#include "engine/core/progress.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(Progress, TimeLeftGoesOnAtTheSamePace) {
    EXPECT_FALSE(secondsLeft(0.01, 10));
    EXPECT_FALSE(secondsLeft(0.5, 0.1));
    EXPECT_DOUBLE_EQ(secondsLeft(0.25, 10).value(), 30);
    EXPECT_DOUBLE_EQ(secondsLeft(1, 10).value(), 0);
}

TEST(Progress, LineNamesShareStageAndTime) {
    EXPECT_EQ(progressLine(0, "reading the head", 0), "  0 %  reading the head");
    EXPECT_EQ(progressLine(0.25, "baking", 10), " 25 %  baking  (30 s left)");
    EXPECT_EQ(progressLine(0.1, "baking", 60), " 10 %  baking  (9 min left)");
}

TEST(Progress, APartFillsItsShareOfTheWhole) {
    struct Recorder : Progress {
        void report(double done, std::string_view) override { last = done; }
        double last = -1;
    } whole;
    ProgressPart(&whole, 0.2, 0.6).report(0.5, "x");
    EXPECT_DOUBLE_EQ(whole.last, 0.4);
    ProgressPart(nullptr, 0, 1).report(0.5, "nobody listens");
}

}  // namespace
}  // namespace stubble
