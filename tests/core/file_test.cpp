#include "engine/core/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <new>

#include "tests/support/file_size_limit.h"

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

TEST_F(FileTest, ALinkStaysALinkAndTheFileKeepsItsMode) {
    const fs::path file = dir_ / "file.txt", link = dir_ / "link.txt", far = dir_ / "far.txt";
    ASSERT_TRUE(writeFileAtomically(file, "one"));
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    fs::create_directories(dir_ / "folder");
    fs::create_symlink("file.txt", link);
    fs::create_symlink(dir_ / "link.txt", far);
    ASSERT_TRUE(writeFileAtomically(far, "two"));
    EXPECT_TRUE(fs::is_symlink(far) && fs::is_symlink(link));
    EXPECT_EQ(readTextFile(file, 100).value(), "two");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms(0640));
    // One to a file that is not there yet makes it; a ring of links is a fault, not an endless search.
    fs::create_symlink("folder/new.txt", dir_ / "to_new.txt");
    ASSERT_TRUE(writeFileAtomically(dir_ / "to_new.txt", "three"));
    EXPECT_EQ(readTextFile(dir_ / "folder/new.txt", 100).value(), "three");
    fs::create_symlink("ring.txt", dir_ / "ring.txt");
    const auto ring = writeFileAtomically(dir_ / "ring.txt", "four");
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().code, ExitCode::io);
    EXPECT_TRUE(fs::is_symlink(dir_ / "ring.txt"));
}

TEST_F(FileTest, UnwritableTargetIsAnIoErrorAndLeavesNothing) {
    const auto result = writeFileAtomically(dir_ / "missing/a.txt", "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ExitCode::io);
    fs::create_directories(dir_ / "folder");
    EXPECT_FALSE(writeFileAtomically(dir_ / "folder", "x"));
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_), fs::directory_iterator()), 1);
}

TEST_F(FileTest, AStreamMayGoBack) {
    const auto done = writeFileAtomically(dir_ / "a.txt", [](FileWriter& file) -> Result<void> {
        const auto write = [&](std::string_view text) { return file.write(std::as_bytes(std::span(text))); };
        EXPECT_TRUE(write("----one"));
        EXPECT_TRUE(file.seek(0) && write("head"));
        EXPECT_EQ(file.place(), 4u);
        EXPECT_EQ(file.size(), 7u);
        EXPECT_TRUE(file.seek(file.size()) && write("two"));
        return {};
    });
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(readTextFile(dir_ / "a.txt", 100).value(), "headonetwo");
}

TEST_F(FileTest, AStreamThatFailsLeavesTheOldFileAlone) {
    ASSERT_TRUE(writeFileAtomically(dir_ / "a.txt", "old"));
    const auto fill = [](bool error) {
        return [error](FileWriter& file) -> Result<void> {
            file.write(std::as_bytes(std::span(std::string_view("new"))));
            if (!error) throw std::bad_alloc();
            return fail(ExitCode::badInput, "no more rows");
        };
    };
    EXPECT_EQ(writeFileAtomically(dir_ / "a.txt", fill(true)).error().message, "no more rows");
    EXPECT_THROW((void)writeFileAtomically(dir_ / "a.txt", fill(false)), std::bad_alloc);
    EXPECT_EQ(readTextFile(dir_ / "a.txt", 100).value(), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_), fs::directory_iterator()), 1);
}

TEST_F(FileTest, AFaultOfTheFileIsToldBeforeWhatFollowsFromIt) {
    const FileSizeLimit limit(10);
    const auto result = writeFileAtomically(dir_ / "a.txt", [](FileWriter& file) -> Result<void> {
        const std::string text(100, 'x');
        EXPECT_FALSE(file.write(std::as_bytes(std::span(text))));
        EXPECT_FALSE(file.seek(0)) << "what failed stays failed";
        return fail(ExitCode::badInput, "the encoder stopped");
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ExitCode::io);
    EXPECT_EQ(result.error().message, (dir_ / "a.txt").string() + ": cannot be written: File too large");
    EXPECT_TRUE(fs::is_empty(dir_));
}

TEST_F(FileTest, APipeCannotGoBack) {
    const fs::path pipe = dir_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    const auto result = writeFileAtomically(pipe, [](FileWriter& file) -> Result<void> {
        file.write(std::as_bytes(std::span(std::string_view("abc"))));
        file.seek(0);
        return {};
    });
    EXPECT_EQ(result.error().message, pipe.string() + ": cannot be written: Illegal seek");
    ::close(reader);
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
