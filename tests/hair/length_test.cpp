#include "engine/hair/length.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(HairLength, IsTheClippersUntilItGrows) {
    HairDesign hair;
    hair.lengthMm = 0.4f;
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 600), 0.4f);
    EXPECT_FLOAT_EQ(hairLengthMm(hair, false, 600), 0.4f);
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 0.3f), 0.3f) << "none is longer than its reach";
}

TEST(HairLength, GrowsByTheAncestrysRateUnlessItRests) {
    HairDesign hair;
    hair.lengthMm = 0.05f;
    hair.hoursSinceShave = 48;
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 600), 0.05f + 2 * 0.367f);
    EXPECT_FLOAT_EQ(hairLengthMm(hair, false, 600), 0.05f);
    hair.ancestry = Ancestry::african;
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 600), 0.05f + 2 * 0.280f);
    hair.ancestry = Ancestry::eastAsian;
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 600), 0.05f + 2 * 0.411f);
    hair.hoursSinceShave = 336;
    EXPECT_FLOAT_EQ(hairLengthMm(hair, true, 4), 4);
}

}  // namespace
}  // namespace stubble
