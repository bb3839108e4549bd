#include "tools/studio/errand.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>

#include "engine/scene/design_json.h"

namespace stubble {
namespace {

using std::chrono::milliseconds;

std::optional<Result<std::string>> waitFor(Errand& errand) {
    for (int i = 0; i < 3000; ++i) {
        if (auto result = errand.take()) return result;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return std::nullopt;
}

bool waitUntil(const std::function<bool()>& is) {
    for (int i = 0; i < 3000 && !is(); ++i) std::this_thread::sleep_for(milliseconds(5));
    return is();
}

/// A shell stands in for the program: it does what its first argument says.
Errand shell(std::atomic<int>* wakes = nullptr) {
    return Errand(
        [wakes] {
            if (wakes) ++*wakes;
        },
        "/bin/sh");
}

TEST(Errand, GivesWhatTheProgramWroteAndFollowsIt) {
    std::atomic<int> wakes = 0;
    Errand errand = shell(&wakes);
    errand.start({"-c",
                  "test \"$STUBBLE_PROGRESS\" = lines || exit 9;"
                  "echo 'progress 0.250 looking at 1.2 mm' >&2; sleep 0.3; echo out; echo more"});
    EXPECT_TRUE(errand.busy());
    ASSERT_TRUE(waitUntil([&] { return errand.state().done > 0; }));
    EXPECT_DOUBLE_EQ(errand.state().done, 0.25);
    EXPECT_EQ(errand.state().stage, "looking at 1.2 mm");
    const auto result = waitFor(errand);
    ASSERT_TRUE(result && *result);
    EXPECT_EQ(**result, "out\nmore\n");
    EXPECT_FALSE(errand.busy());
    EXPECT_FALSE(errand.take());
    EXPECT_GE(wakes, 2);
}

TEST(Errand, TellsTheProgramsOwnMessage) {
    Errand errand = shell();
    errand.start({"-c",
                  "echo 'progress 0.1 x' >&2; echo 'stubble: no OpenGL; tried:' >&2;"
                  "echo '  device 0' >&2; exit 69"});
    const auto result = waitFor(errand);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().message, "no OpenGL; tried:\n  device 0");
    errand.start({"-c", "kill -9 $$"});
    const auto killed = waitFor(errand);
    ASSERT_TRUE(killed && !*killed);
    EXPECT_EQ(killed->error().message, "/bin/sh: ended by signal 9");
    Errand missing([] {}, "/no/such/program");
    missing.start({});
    const auto none = waitFor(missing);
    ASSERT_TRUE(none && !*none);
    EXPECT_THAT(none->error().message, testing::HasSubstr("/no/such/program: cannot be started"));
}

TEST(Errand, EndsAtOnceWhenCancelledAndThenDoesAnother) {
    const auto start = std::chrono::steady_clock::now();
    {
        Errand errand = shell();
        errand.start({"-c", "exec sleep 60"});
        std::this_thread::sleep_for(milliseconds(100));
        errand.cancel();
        EXPECT_FALSE(errand.busy());
        errand.start({"-c", "echo next"});
        const auto result = waitFor(errand);
        ASSERT_TRUE(result && *result);
        EXPECT_EQ(**result, "next\n");
        errand.start({"-c", "exec sleep 60"});
    }  // and goes without waiting
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(DesignCopies, AreReadBackByTheirOwnerAloneAndGo) {
    Design design;
    design.name = "A client";
    design.smp.densityPerCm2 = 123;
    std::filesystem::path path;
    {
        auto copy = DesignCopy::write(design);
        ASSERT_TRUE(copy);
        path = copy->path();
        const auto read = readDesign(path);
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, design);
        struct stat about {};
        ASSERT_EQ(::stat(path.c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777, 0600u);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace stubble
