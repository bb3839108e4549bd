#pragma once
// A cache folder of a test's own, and what may happen to the files in it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/file.h"

namespace stubble {

/// $STUBBLE_CACHE_DIR is an empty folder as long as this lives.
class CacheFolder {
  public:
    CacheFolder() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        dir_ = std::filesystem::temp_directory_path() /
               (std::string("stubble_") + test->test_suite_name() + "_" + test->name());
        std::filesystem::remove_all(dir_);
        if (const char* old = std::getenv("STUBBLE_CACHE_DIR")) old_ = old;
        setenv("STUBBLE_CACHE_DIR", dir_.c_str(), 1);
    }
    ~CacheFolder() {
        std::filesystem::remove_all(dir_);
        if (old_)
            setenv("STUBBLE_CACHE_DIR", old_->c_str(), 1);
        else
            unsetenv("STUBBLE_CACHE_DIR");
    }
    CacheFolder(const CacheFolder&) = delete;
    CacheFolder& operator=(const CacheFolder&) = delete;

    [[nodiscard]] std::vector<std::filesystem::path> entries(std::string_view kind) const {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry : std::filesystem::directory_iterator(dir_))
            if (entry.path().filename().string().starts_with(std::string(kind) + "-"))
                paths.push_back(entry.path());
        return paths;
    }

    /// `make` has run once, and left one entry of the kind. It must find the right result when the entry is
    /// whole, damaged, cut short or empty, and leave it whole again.
    template <typename Make>
    void expectRebuilt(std::string_view kind, const Make& make) const {
        ASSERT_EQ(entries(kind).size(), 1u) << kind;
        const std::filesystem::path entry = entries(kind).front();
        constexpr std::size_t kMost = std::size_t{1} << 30;
        const std::vector<std::byte> whole = readFile(entry, kMost).value();
        const auto unchanged = std::filesystem::last_write_time(entry) - std::chrono::hours(1);
        std::filesystem::last_write_time(entry, unchanged);
        make();
        EXPECT_GT(std::filesystem::last_write_time(entry), unchanged) << kind << ": was not looked at";
        std::vector<std::byte> flipped = whole;
        flipped[flipped.size() / 2] ^= std::byte{0x40};
        const std::span<const std::byte> bytes(whole);
        for (const auto& damaged : {std::span<const std::byte>(flipped), bytes.first(bytes.size() / 2),
                                    bytes.first(bytes.size() - 1), bytes.first(7), bytes.first(0)}) {
            ASSERT_TRUE(writeFileAtomically(entry, damaged));
            make();
            EXPECT_TRUE(readFile(entry, kMost).value() == whole) << kind << " of " << damaged.size();
        }
    }

  private:
    std::filesystem::path dir_;
    std::optional<std::string> old_;
};

}  // namespace stubble
