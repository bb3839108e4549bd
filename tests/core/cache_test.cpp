#include "engine/core/cache.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <set>

#include "engine/core/bytes.h"
#include "engine/core/file.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

class CacheTest : public ::testing::Test {
  protected:
    void SetUp() override {
        dir_ = fs::temp_directory_path() /
               fs::path(std::string("stubble_cache_") +
                        ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(dir_);
        setenv("STUBBLE_CACHE_DIR", dir_.c_str(), 1);
    }
    void TearDown() override {
        unsetenv("STUBBLE_CACHE_DIR");
        fs::remove_all(dir_);
    }
    fs::path dir_;
    const ContentHash key_ = hashText("inputs");
    const std::vector<std::byte> bytes_ = {std::byte{1}, std::byte{2}, std::byte{3}};
};

TEST_F(CacheTest, FindsWhatWasStoredUnderTheSameKindAndKey) {
    EXPECT_FALSE(readCache("dots", key_));
    writeCache("dots", key_, bytes_);
    EXPECT_EQ(readCache("dots", key_), bytes_);
    EXPECT_FALSE(readCache("hairs", key_));
    EXPECT_FALSE(readCache("dots", hashText("other inputs")));
}

TEST_F(CacheTest, DamagedEntriesAreMissing) {
    writeCache("dots", key_, bytes_);
    const fs::path entry = fs::directory_iterator(dir_)->path();
    auto file = readFile(entry, 1000).value();
    file.back() ^= std::byte{1};
    ASSERT_TRUE(writeFileAtomically(entry, file));
    EXPECT_FALSE(readCache("dots", key_));
    fs::resize_file(entry, 5);
    EXPECT_FALSE(readCache("dots", key_));
}

TEST_F(CacheTest, RemovesWhatWasLongestUnused) {
    writeCache("old", key_, bytes_);
    writeCache("used", key_, bytes_);
    for (const auto& entry : fs::directory_iterator(dir_)) {
        fs::resize_file(entry, kMaxCacheBytes / 2);  // sparse: takes no room
        fs::last_write_time(entry,
                            fs::file_time_type::clock::now() -
                                std::chrono::hours(entry.path().filename().string()[0] == 'o' ? 2 : 1));
    }
    writeCache("new", key_, bytes_);
    std::set<char> left;
    for (const auto& entry : fs::directory_iterator(dir_)) left.insert(entry.path().filename().string()[0]);
    EXPECT_EQ(left, (std::set<char>{'u', 'n'}));
    EXPECT_EQ(readCache("new", key_), bytes_);
}

TEST_F(CacheTest, WithoutAFolderNothingIsStoredAndNothingFails) {
    setenv("STUBBLE_CACHE_DIR", "/dev/null/none", 1);
    writeCache("dots", key_, bytes_);
    EXPECT_FALSE(readCache("dots", key_));
}

TEST(Bytes, ReadBackInOrder) {
    ByteWriter writer;
    writer(7);
    writer(std::vector<float>{1, 2});
    ByteReader reader(writer.bytes());
    int number = 0;
    std::vector<float> list;
    reader(number);
    reader(list);
    EXPECT_EQ(number, 7);
    EXPECT_EQ(list, (std::vector<float>{1, 2}));
    EXPECT_TRUE(reader.atEnd());
}

TEST(Bytes, ASpanIsWrittenByItsContent) {
    const std::vector<float> list = {1, 2};
    ByteWriter ofVector, ofSpan;
    ofVector(list);
    const std::span<const float> span = list;
    ofSpan(span);
    EXPECT_EQ(ofVector.bytes(), ofSpan.bytes());
}

TEST(Bytes, TooShortInputFails) {
    ByteWriter writer;
    writer(std::size_t{1} << 60);
    ByteReader reader(writer.bytes());
    std::vector<double> list;
    reader(list);
    EXPECT_TRUE(reader.failed());
    EXPECT_TRUE(list.empty());
}

}  // namespace
}  // namespace stubble
