#include "tools/studio/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

namespace stubble {
namespace {

/// In a process of its own, since the signals stay blocked.
[[noreturn]] void catchOne(int wanted) {
    std::atomic<int> wakes = 0;
    int got = 0;
    {
        const StopSignals signals([&] { ++wakes; });
        if (signals.received() != 0) ::_exit(1);
        ::kill(::getpid(), wanted);
        for (int i = 0; i < 500 && signals.received() == 0; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        got = signals.received();
    }
    ::_exit(got == wanted && wakes == 1 ? 42 : 2);
}

TEST(StopSignals, AreToldAndDoNotEndTheProgram) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(catchOne(SIGTERM), ::testing::ExitedWithCode(42), "");
    EXPECT_EXIT(catchOne(SIGINT), ::testing::ExitedWithCode(42), "");
}

TEST(StopSignals, ASecondOneEndsTheProgram) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            const StopSignals signals([] {});
            for (int i = 0; i < 500; ++i) {
                ::kill(::getpid(), SIGTERM);
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        },
        ::testing::ExitedWithCode(143), "");
}

}  // namespace
}  // namespace stubble
