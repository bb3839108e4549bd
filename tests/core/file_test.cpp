#include "engine/core/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace stubble {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        dir_ = fs::temp_directory_path() /
               fs::path(std::string("stubble_file_") +
                        ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(dir_);
        fs::create_directories(dir_);
    }
    void TearDown() override { fs::remove_all(dir_); }
    fs::path dir_;
};

TEST_F(FileTest, WritesThenReadsTheSameBytes) {
    const fs::path path = dir_ / "a.txt";
    ASSERT_TRUE(writeFileAtomically(path, "one"));
    ASSERT_TRUE(writeFileAtomically(path, "two"));
    EXPECT_EQ(readTextFile(path, 100).value(), "two");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_), fs::directory_iterator()), 1)
        << "a temporary file was left";
}

TEST_F(FileTest, UnwritableTargetIsAnIoErrorAndLeavesNothing) {
    const auto result = writeFileAtomically(dir_ / "missing/a.txt", "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ExitCode::io);
    fs::create_directories(dir_ / "folder");
    EXPECT_FALSE(writeFileAtomically(dir_ / "folder", "x"));
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_), fs::directory_iterator()), 1);
}

TEST_F(FileTest, RefusesMissingLargeAndIrregular) {
    EXPECT_EQ(readFile(dir_ / "none", 10).error().code, ExitCode::badInput);
    EXPECT_FALSE(readFile(dir_, 10));
    ASSERT_TRUE(writeFileAtomically(dir_ / "big", "01234567890"));
    EXPECT_EQ(readFile(dir_ / "big", 10).error().message,
              (dir_ / "big").string() + ": has 11 bytes, at most 10 are accepted");
}

bool holdsTemporaryFile(const fs::path& dir) {
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(dir, gone))
        if (entry.path().extension() == ".tmp") return true;
    return false;
}

TEST_F(FileTest, ASignalWhileWritingLeavesNoTemporaryFile) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        std::signal(SIGTERM, [](int) {
            removeUnfinishedFiles();
            ::_exit(143);
        });
        const std::string bytes(32u << 20, 'x');
        while (writeFileAtomically(dir_ / "big", bytes)) {
        }
        ::_exit(1);
    }
    for (int i = 0; i < 10'000'000 && !holdsTemporaryFile(dir_); ++i) {
    }
    ASSERT_TRUE(holdsTemporaryFile(dir_) || fs::exists(dir_ / "big"));
    ::kill(child, SIGTERM);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 143);
    EXPECT_FALSE(holdsTemporaryFile(dir_));
}

TEST_F(FileTest, RefusesANamedPipeWithoutWaitingForIt) {
    const fs::path pipe = dir_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(readFile(pipe, 10).error().message, pipe.string() + ": is not a regular file");
}

}  // namespace
}  // namespace stubble
