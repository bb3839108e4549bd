#include "engine/core/figure_text.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(FigureText, GroupsThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(41203), "41,203");
    EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace stubble
