#include "engine/core/file.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace stubble
