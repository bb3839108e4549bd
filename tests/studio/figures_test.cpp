#include "tools/studio/figures.h"

#include <gtest/gtest.h>

#include "engine/scene/design_keys.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

std::string shown(std::string_view path, double value) {
    return figureFor(*findDesignKey(path), value);
}

TEST(Figures, HaveTheDecimalsThatTheirRangeGivesSenseTo) {
    ASSERT_TRUE(loadTexts("en"));
    EXPECT_EQ(shown("smp.depthMm", 0.14), "0.14 mm");
    EXPECT_EQ(shown("smp.diameterMm", 0.085), "0.085 mm");
    EXPECT_EQ(shown("smp.densityPerCm2", 220.4), "220 /cm²");
    EXPECT_EQ(shown("hairline.heightMm", 70), "70 mm");
    EXPECT_EQ(shown("hairline.heightMm", 71.5), "71.5 mm");
    EXPECT_EQ(shown("hair.lengthMm", 0.05), "0.05 mm");
    EXPECT_EQ(shown("smp.sessions", 3), "3");
}

TEST(Figures, SayTimeInDaysMonthsAndYears) {
    ASSERT_TRUE(loadTexts("en"));
    EXPECT_EQ(shown("time.days", 7), "7 days");
    EXPECT_EQ(shown("time.days", 365), "12 months");
    EXPECT_EQ(shown("time.days", 1825), "5.0 years");
}

TEST(Figures, TypeWhatIsKept) {
    EXPECT_EQ(plainFigure(static_cast<double>(0.14f)), "0.14");
    EXPECT_EQ(plainFigure(70), "70");
}

}  // namespace
}  // namespace stubble
