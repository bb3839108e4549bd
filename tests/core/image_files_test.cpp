// PNG, TIFF and OpenEXR files, read back by their libraries alone.
#include <gtest/gtest.h>
#include <lcms2.h>
#include <tbb/task_arena.h>

#include <ctime>
#include <fstream>

#include "engine/core/exr_file.h"
#include "engine/core/file.h"
#include "engine/core/jpeg_file.h"
#include "engine/core/png_file.h"
#include "engine/core/tiff_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/image_files.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

const ImageTags kTags = {.text = {{"Software", "stubble test"},
                                  {"Description", "not a photograph"},
                                  {"Design", "{\"name\": \"Zoë\"}"}},
                         .dpi = 300};

// Sizes that end inside a strip of TIFF and a block of OpenEXR.
struct Size {
    int width, height;
};
constexpr std::array<Size, 4> kSizes = {{{1, 1}, {7, 300}, {1201, 333}, {16384, 12}}};

class ImageFilesTest : public TempDirTest {
  protected:
    [[nodiscard]] std::string bytesOf(const char* name) const {
        return readTextFile(dir_ / name, std::size_t{1} << 30).value();
    }
    [[nodiscard]] bool isEmpty() const { return fs::is_empty(dir_); }
};

// What a JPEG shows: tests/cli/turntable_page_test.py.
TEST_F(ImageFilesTest, JpegOfAnySizeAndNoOther) {
    for (const Size size : kSizes) {
        const auto picture = testPicture<Rgb8>(size.width, size.height, 255);
        const auto low = jpegBytes(picture, 50), high = jpegBytes(picture, 95);
        ASSERT_TRUE(low && high) << size.width << " x " << size.height;
        EXPECT_TRUE(high->starts_with("\xff\xd8\xff") && high->ends_with("\xff\xd9"));
        EXPECT_LE(low->size(), high->size());
        EXPECT_EQ(*high, jpegBytes(picture, 95).value());
    }
    for (const Size size : {Size{0, 4}, Size{65501, 1}}) {
        const auto refused = jpegBytes(ImageRgb8(size.width, size.height), 90);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ExitCode::badInput);
    }
}

TEST_F(ImageFilesTest, PngGivesBackWhatItTook) {
    for (const Size size : kSizes) {
        const auto eight = testPicture<Rgb8>(size.width, size.height, 255);
        const auto sixteen = testPicture<Rgb16>(size.width, size.height, 65535);
        ASSERT_TRUE(writePng(dir_ / "8.png", eight));
        ASSERT_TRUE(writePng(dir_ / "16.png", sixteen, kTags));
        const StoredImage first = readStoredPng(dir_ / "8.png"), second = readStoredPng(dir_ / "16.png");
        EXPECT_TRUE(first.holds(eight)) << size.width << " x " << size.height;
        EXPECT_TRUE(second.holds(sixteen)) << size.width << " x " << size.height;
        EXPECT_EQ(first.bits, 8);
        EXPECT_EQ(second.bits, 16);
        EXPECT_TRUE(first.taggedSrgb && second.taggedSrgb);
        EXPECT_EQ(first.dpi, 0);
        EXPECT_NEAR(second.dpi, 300, 0.02) << "whole pixels per metre";
        EXPECT_TRUE(first.text.empty());
        for (const auto& [key, value] : kTags.text) EXPECT_EQ(second.text.at(key), value);
        EXPECT_EQ(readPng(dir_ / "8.png").value().pixels, eight.pixels);
    }
}

TEST_F(ImageFilesTest, TiffGivesBackWhatItTook) {
    for (const Size size : kSizes) {
        const auto eight = testPicture<Rgb8>(size.width, size.height, 255);
        const auto sixteen = testPicture<Rgb16>(size.width, size.height, 65535);
        ASSERT_TRUE(writeTiff(dir_ / "8.tif", eight));
        ASSERT_TRUE(writeTiff(dir_ / "16.tif", sixteen, kTags));
        const StoredImage first = readStoredTiff(dir_ / "8.tif"), second = readStoredTiff(dir_ / "16.tif");
        EXPECT_TRUE(first.holds(eight)) << size.width << " x " << size.height;
        EXPECT_TRUE(second.holds(sixteen)) << size.width << " x " << size.height;
        EXPECT_EQ(first.bits, 8);
        EXPECT_EQ(second.bits, 16);
        EXPECT_EQ(first.dpi, 0);
        EXPECT_EQ(second.dpi, 300);
        EXPECT_FALSE(first.text.contains("ImageDescription"));
        EXPECT_EQ(second.text.at("Software"), "stubble test");
        EXPECT_EQ(second.text.at("ImageDescription"),
                  "Description: not a photograph\nDesign: {\"name\": \"Zoë\"}\n");
        EXPECT_FALSE(second.text.contains("DateTime")) << "equal pictures must be equal files";
    }
}

TEST_F(ImageFilesTest, TiffHoldsAProfileOfSrgbWithoutTodaysDate) {
    ASSERT_TRUE(writeTiff(dir_ / "a.tif", ImageRgb8(3, 2)));
    const std::string bytes = readStoredTiff(dir_ / "a.tif").text.at("profile");
    const cmsHPROFILE profile =
        cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size()));
    ASSERT_TRUE(profile);
    EXPECT_EQ(cmsGetColorSpace(profile), cmsSigRgbData);
    std::tm made{};
    ASSERT_TRUE(cmsGetHeaderCreationDateTime(profile, &made));
    EXPECT_EQ(made.tm_year, 99);
    EXPECT_EQ(made.tm_mon, 9);
    EXPECT_EQ(made.tm_mday, 18);
    // What it makes of mid grey: the luminance of sRGB's curve.
    const cmsHPROFILE xyz = cmsCreateXYZProfile();
    const cmsHTRANSFORM transform =
        cmsCreateTransform(profile, TYPE_RGB_8, xyz, TYPE_XYZ_DBL, INTENT_RELATIVE_COLORIMETRIC, 0);
    const std::array<std::uint8_t, 3> grey = {128, 128, 128};
    cmsCIEXYZ seen{};
    cmsDoTransform(transform, grey.data(), &seen, 1);
    EXPECT_NEAR(seen.Y, double(linearFromSrgb(128 / 255.0f)), 1e-3);
    cmsDeleteTransform(transform);
    cmsCloseProfile(xyz);
    cmsCloseProfile(profile);
}

TEST_F(ImageFilesTest, ExrGivesBackWhatItTookToAHalf) {
    for (const Size size : kSizes) {
        const auto light = testPicture<glm::vec3>(size.width, size.height, 20);
        ASSERT_TRUE(writeExr(dir_ / "a.exr", light, kTags.text));
        const StoredImage stored = readStoredExr(dir_ / "a.exr");
        ASSERT_EQ(stored.width, size.width);
        ASSERT_EQ(stored.height, size.height);
        EXPECT_EQ(stored.bits, 16);
        EXPECT_TRUE(stored.taggedSrgb);
        EXPECT_EQ(stored.text.at("software"), "stubble test");
        EXPECT_EQ(stored.text.at("design"), "{\"name\": \"Zoë\"}");
        for (std::size_t i = 0; i < stored.values.size(); ++i) {
            const auto value = double(light.pixels[i / 3][static_cast<int>(i % 3)]);
            // Half of a half's last place, and of the least half.
            ASSERT_NEAR(stored.values[i], value, value * 0x1p-11 + 0x1p-25);
        }
    }
}

TEST_F(ImageFilesTest, ExrCutsWhatAHalfCannotHold) {
    ImageLinear light(2, 1, glm::vec3(1e9f, -1e9f, -0.25f));
    ASSERT_TRUE(writeExr(dir_ / "a.exr", light));
    const std::vector<double> values = readStoredExr(dir_ / "a.exr").values;
    EXPECT_EQ(values, (std::vector<double>{65504, -65504, -0.25, 65504, -65504, -0.25}));
}

TEST_F(ImageFilesTest, EqualPicturesAreEqualFilesForAnyNumberOfThreads) {
    const auto write = [&](const std::string& name) {
        ASSERT_TRUE(writePng(dir_ / (name + ".png"), testPicture<Rgb16>(501, 400, 65535), kTags));
        ASSERT_TRUE(writeTiff(dir_ / (name + ".tif"), testPicture<Rgb16>(501, 400, 65535), kTags));
        ASSERT_TRUE(writeExr(dir_ / (name + ".exr"), testPicture<glm::vec3>(501, 400, 3), kTags.text));
    };
    tbb::task_arena(1).execute([&] { write("one"); });
    tbb::task_arena(4).execute([&] { write("four"); });
    EXPECT_EQ(bytesOf("one.png"), bytesOf("four.png"));
    EXPECT_EQ(bytesOf("one.tif"), bytesOf("four.tif"));
    EXPECT_EQ(bytesOf("one.exr"), bytesOf("four.exr"));
}

/// Every kind of file, in one call.
std::array<Result<void>, 4> writeAll(const fs::path& stem, int width, int height) {
    const auto named = [&](const char* suffix) { return stem.string() + suffix; };
    const auto sixteen = testPicture<Rgb16>(width, height, 65535);
    return {writePng(named(".8.png"), testPicture<Rgb8>(width, height, 255), kTags),
            writePng(named(".16.png"), sixteen, kTags), writeTiff(named(".tif"), sixteen, kTags),
            writeExr(named(".exr"), testPicture<glm::vec3>(width, height, 3), kTags.text)};
}

TEST_F(ImageFilesTest, AFullDiskIsAnIoErrorAndLeavesNothing) {
    // Full at once, in the middle, and when the last bytes are written.
    for (const rlim_t bytes : {0, 100, 20'000}) {
        const FileSizeLimit limit(bytes);
        for (const Result<void>& result : writeAll(dir_ / "a", 300, 200)) {
            ASSERT_FALSE(result) << bytes;
            EXPECT_EQ(result.error().code, ExitCode::io);
            EXPECT_EQ(result.error().message.find(dir_.string()), 0u);
            EXPECT_NE(result.error().message.find(": cannot be written: File too large"), std::string::npos)
                << result.error().message;
        }
        EXPECT_TRUE(isEmpty()) << bytes;
    }
    ASSERT_TRUE(writeTiff(dir_ / "whole.tif", testPicture<Rgb16>(300, 200, 65535), kTags));
    const auto size = fs::file_size(dir_ / "whole.tif");
    const FileSizeLimit limit(size - 1);
    EXPECT_FALSE(writeTiff(dir_ / "cut.tif", testPicture<Rgb16>(300, 200, 65535), kTags));
    EXPECT_FALSE(fs::exists(dir_ / "cut.tif"));
}

TEST_F(ImageFilesTest, AFailedWriteLeavesTheOldFile) {
    for (const char* name : {"a.8.png", "a.16.png", "a.tif", "a.exr"}) write(name, "old");
    const FileSizeLimit limit(1000);
    for (const Result<void>& result : writeAll(dir_ / "a", 300, 200)) EXPECT_FALSE(result);
    for (const char* name : {"a.8.png", "a.16.png", "a.tif", "a.exr"}) EXPECT_EQ(bytesOf(name), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_), {}), 4);
}

TEST_F(ImageFilesTest, AFolderThatIsNotThereIsAnIoError) {
    for (const Result<void>& result : writeAll(dir_ / "none/a", 3, 2)) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ExitCode::io);
        EXPECT_NE(result.error().message.find(": cannot be written: No such file or directory"),
                  std::string::npos);
    }
}

TEST_F(ImageFilesTest, EmptyPicturesAreRefused) {
    for (const Result<void>& result : writeAll(dir_ / "a", 0, 0)) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ExitCode::io);
    }
    EXPECT_TRUE(isEmpty());
}

/// The most memory that this process held since the last call, in bytes.
std::size_t peakMemory() {
    std::ifstream status("/proc/self/status");
    std::size_t kilobytes = 0;
    for (std::string line; std::getline(status, line);)
        if (std::sscanf(line.c_str(), "VmHWM: %zu", &kilobytes) == 1) break;
    std::ofstream("/proc/self/clear_refs") << 5;  // forget it
    return 1024 * kilobytes;
}

TEST_F(ImageFilesTest, NoWriterHoldsASecondCopy) {
#ifdef STUBBLE_SANITIZE
    GTEST_SKIP() << "the sanitizer keeps what was freed";
#endif
    constexpr int kWidth = 4000, kHeight = 3000;
    const ImageRgb16 picture(kWidth, kHeight, Rgb16(1, 2, 3));
    const ImageLinear light(kWidth, kHeight, glm::vec3(1, 2, 3));
    const std::size_t bytes = picture.pixels.size() * sizeof picture.pixels[0];
    ASSERT_TRUE(writeExr(dir_ / "small.exr", ImageLinear(3, 2)));  // its threads have their stacks now
    peakMemory();
    const std::size_t before = peakMemory();
    ASSERT_TRUE(writePng(dir_ / "a.png", picture));
    const std::size_t afterPng = peakMemory();
    ASSERT_TRUE(writeTiff(dir_ / "a.tif", picture));
    const std::size_t afterTiff = peakMemory();
    ASSERT_TRUE(writeExr(dir_ / "a.exr", light));
    const std::size_t afterExr = peakMemory();
    EXPECT_LT(afterPng, before + bytes / 4);
    EXPECT_LT(afterTiff, before + bytes / 4);
    EXPECT_LT(afterExr, before + bytes / 4);
}

}  // namespace
}  // namespace stubble
