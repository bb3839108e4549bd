#include "engine/core/tiff_file.h"

#include <lcms2.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include "engine/core/file.h"

namespace stubble {
namespace {

constexpr std::size_t kStripBytes = std::size_t{1} << 20;  // before compression
constexpr int kDeflateLevel = 3;  // 6 saves a twentieth of 16-bit pictures for twice the time

/// What libtiff writes to, and what it complained of first.
struct Target {
    FileWriter& file;
    std::array<char, 200> fault = {};
};

Target& targetOf(thandle_t handle) {
    return *static_cast<Target*>(handle);
}
tmsize_t readBytes(thandle_t, void*, tmsize_t) {
    return -1;  // one directory, written once: nothing is read back
}
tmsize_t writeBytes(thandle_t handle, void* data, tmsize_t size) {
    const std::span bytes(static_cast<const std::byte*>(data), static_cast<std::size_t>(size));
    return targetOf(handle).file.write(bytes) ? size : -1;
}
toff_t seekTo(thandle_t handle, toff_t offset, int from) {
    FileWriter& file = targetOf(handle).file;
    const std::uint64_t start = from == SEEK_SET ? 0 : from == SEEK_CUR ? file.place() : file.size();
    return file.seek(start + offset) ? file.place() : static_cast<toff_t>(-1);
}
toff_t sizeOf(thandle_t handle) {
    return targetOf(handle).file.size();
}
int closeNothing(thandle_t) {
    return 0;
}
int onError(TIFF*, void* target, const char*, const char* format, va_list arguments) {
    auto& fault = targetOf(target).fault;
    if (fault[0] == '\0') std::vsnprintf(fault.data(), fault.size(), format, arguments);
    return 1;
}
int onWarning(TIFF*, void*, const char*, const char*, va_list) {
    return 1;
}

using TiffPointer = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

TiffPointer openTiff(Target& target) {
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                   TIFFOpenOptionsFree);
    if (!options) return {nullptr, TIFFClose};
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), onError, &target);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), onWarning, &target);
    // Little-endian on every machine.
    return {TIFFClientOpenExt("stubble", "wl", &target, readBytes, writeBytes, seekTo, closeNothing, sizeOf,
                              nullptr, nullptr, options.get()),
            TIFFClose};
}

/// An ICC profile of sRGB; empty when there is no memory for one.
std::vector<std::byte> srgbProfile() {
    const std::unique_ptr<void, decltype(&cmsCloseProfile)> profile(cmsCreate_sRGBProfile(), cmsCloseProfile);
    cmsUInt32Number size = 0;
    if (!profile || !cmsSaveProfileToMem(profile.get(), nullptr, &size)) return {};
    std::vector<std::byte> bytes(size);
    if (!cmsSaveProfileToMem(profile.get(), bytes.data(), &size)) return {};
    // ICC.1, table 17: bytes 24 to 35 say when the profile was made. Here as if with its standard, on 18
    // October 1999: equal pictures must be equal files.
    constexpr std::array<int, 12> kMade = {1999 >> 8, 1999 & 255, 0, 10, 0, 18};
    std::ranges::transform(kMade, bytes.begin() + 24, [](int byte) { return static_cast<std::byte>(byte); });
    return bytes;
}

std::string descriptionOf(const TextChunks& text) {
    std::string lines;
    for (const auto& [key, value] : text)
        if (key != "Software") lines += fmt::format("{}: {}\n", key, value);
    return lines;
}

bool setTags(TIFF* tiff, const EncodedImage& image, const ImageTags& tags,
             const std::vector<std::byte>& profile, int stripRows) {
    bool good = true;
    const auto set = [&](uint32_t tag, auto... values) {
        good = good && TIFFSetField(tiff, tag, values...) == 1;
    };
    set(TIFFTAG_IMAGEWIDTH, image.width());
    set(TIFFTAG_IMAGELENGTH, image.height());
    set(TIFFTAG_SAMPLESPERPIXEL, 3);
    set(TIFFTAG_BITSPERSAMPLE, image.bits());
    set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    set(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    set(TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    set(TIFFTAG_ZIPQUALITY, kDeflateLevel);
    set(TIFFTAG_ROWSPERSTRIP, stripRows);
    set(TIFFTAG_RESOLUTIONUNIT, tags.dpi ? RESUNIT_INCH : RESUNIT_NONE);
    set(TIFFTAG_XRESOLUTION, double(tags.dpi.value_or(1)));
    set(TIFFTAG_YRESOLUTION, double(tags.dpi.value_or(1)));
    set(TIFFTAG_ICCPROFILE, static_cast<uint32_t>(profile.size()), profile.data());
    for (const auto& [key, value] : tags.text)
        if (key == "Software") set(TIFFTAG_SOFTWARE, value.c_str());
    const std::string description = descriptionOf(tags.text);
    if (!description.empty()) set(TIFFTAG_IMAGEDESCRIPTION, description.c_str());
    return good;
}

bool encode(TIFF* tiff, const EncodedImage& image, const ImageTags& tags) {
    const std::vector<std::byte> profile = srgbProfile();
    const int stripRows = static_cast<int>(std::max<std::size_t>(kStripBytes / image.rowBytes(), 1));
    if (profile.empty() || !setTags(tiff, image, tags, profile, stripRows)) return false;
    std::vector<std::byte> strip;  // libtiff may swap bytes in place
    for (int y = 0; y < image.height(); y += stripRows) {
        const auto rows = image.rows(y, std::min(stripRows, image.height() - y));
        strip.assign(rows.begin(), rows.end());
        if (TIFFWriteEncodedStrip(tiff, static_cast<uint32_t>(y / stripRows), strip.data(),
                                  static_cast<tmsize_t>(strip.size())) < 0)
            return false;
    }
    return TIFFWriteDirectory(tiff) == 1;
}

}  // namespace

Result<void> writeTiff(const std::filesystem::path& path, const EncodedImage& image, const ImageTags& tags) {
    if (image.width() < 1 || image.height() < 1)
        return fail(ExitCode::io, "{}: cannot be written as TIFF: the picture is empty", path.string());
    return writeFileAtomically(path, [&](FileWriter& file) -> Result<void> {
        Target target{file};
        const TiffPointer tiff = openTiff(target);
        if (tiff && encode(tiff.get(), image, tags)) return {};
        return fail(ExitCode::io, "{}: cannot be written as TIFF: {}", path.string(),
                    target.fault[0] ? target.fault.data() : "out of memory");
    });
}

}  // namespace stubble
