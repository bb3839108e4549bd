#include "engine/core/suggest.h"

#include <gtest/gtest.h>

#include <array>

namespace stubble {
namespace {

TEST(Suggest, CountsEdits) {
    EXPECT_EQ(editDistance("kitten", "sitting"), 3u);
    EXPECT_EQ(editDistance("", "abc"), 3u);
    EXPECT_EQ(editDistance("FRONT", "front"), 0u);
}

TEST(Suggest, NamesTheNearestOrNothing) {
    constexpr std::array<std::string_view, 3> kKnown = {"front", "smp.depthMm", "three-quarter"};
    EXPECT_EQ(didYouMean("fornt", kKnown), ", did you mean front?");
    EXPECT_EQ(didYouMean("depth", kKnown), ", did you mean smp.depthMm?");
    EXPECT_EQ(didYouMean("dep", kKnown), "");
    EXPECT_EQ(didYouMean("depthmm", kKnown), ", did you mean smp.depthMm?");
    EXPECT_EQ(didYouMean("treequarter", kKnown), ", did you mean three-quarter?");
    EXPECT_EQ(didYouMean("", kKnown), "");
    EXPECT_EQ(didYouMean(std::string(1'000'000, 'x'), kKnown), "");
}

}  // namespace
}  // namespace stubble
