#include "engine/core/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <vector>

namespace stubble {
namespace {

TEST(Parallel, EveryIndexIsTakenOnce) {
    std::vector<int> taken(10007, 0);
    parallelFor(taken.size(), [&](std::size_t i) { ++taken[i]; });
    parallelForRanges(taken.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++taken[i];
    });
    EXPECT_EQ(taken, std::vector<int>(10007, 2));
    int sum[3] = {};
    parallelDo([&] { sum[0] = 1; }, [&] { sum[1] = 2; }, [&] { sum[2] = 3; });
    EXPECT_EQ(sum[0] + sum[1] + sum[2], 6);
}

TEST(Parallel, SortsAll) {
    std::vector<unsigned> values(50000);
    for (unsigned i = 0; i < values.size(); ++i) values[i] = i * 2654435761u;
    parallelSort(values);
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
}

#ifdef __SSE2__
TEST(Parallel, BodiesTakeDenormalNumbersForZeroAndLeaveTheThreadAsItWas) {
    volatile float tiny = std::numeric_limits<float>::denorm_min() * 1000;
    std::atomic<int> kept = 0;
    parallelFor(100000, [&](std::size_t) { kept += tiny * 1.0f > 0 ? 1 : 0; });
    parallelDo([&] { kept += tiny * 1.0f > 0 ? 1 : 0; }, [&] { kept += tiny * 1.0f > 0 ? 1 : 0; });
    EXPECT_EQ(kept, 0);
    EXPECT_GT(tiny * 1.0f, 0);
}
#endif

}  // namespace
}  // namespace stubble
