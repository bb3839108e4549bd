#include "engine/core/png_file.h"

#include <png.h>

#include <array>
#include <bit>
#include <cmath>
#include <csetjmp>
#include <cstdio>

#include "engine/core/file.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxPngBytes = 512u << 20;
constexpr png_uint_32 kMaxPngSide = 16384;
constexpr double kMetresPerInch = 0.0254;

using FaultText = std::array<char, 200>;

[[noreturn]] void onError(png_structp png, png_const_charp message) {
    auto& text = *static_cast<FaultText*>(png_get_error_ptr(png));
    std::snprintf(text.data(), text.size(), "%s", message);
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}

/// libpng writes a chunk in four pieces, some of four bytes.
struct Collector {
    static constexpr std::size_t kBytes = std::size_t{1} << 18;
    FileWriter& file;
    std::string bytes = {};

    bool flush() {
        const bool good = file.write(std::as_bytes(std::span(bytes)));
        bytes.clear();
        return good;
    }
};
void collectBytes(png_structp png, png_bytep data, png_size_t size) {
    auto& collector = *static_cast<Collector*>(png_get_io_ptr(png));
    collector.bytes.append(reinterpret_cast<const char*>(data), size);
    if (collector.bytes.size() >= Collector::kBytes && !collector.flush())
        png_error(png, "the file cannot be written");
}
void appendBytes(png_structp png, png_bytep data, png_size_t size) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
}

/// libpng's structures, freed however the writing ends.
struct PngWriter {
    png_structp png;
    png_infop info;
    explicit PngWriter(FaultText& fault)
        : png(png_create_write_struct(PNG_LIBPNG_VER_STRING, &fault, onError, onWarning)),
          info(png ? png_create_info_struct(png) : nullptr) {}
    ~PngWriter() { png_destroy_write_struct(&png, &info); }
    PngWriter(const PngWriter&) = delete;
    PngWriter& operator=(const PngWriter&) = delete;
};

std::vector<png_text> pngTexts(const TextChunks& text) {
    std::vector<png_text> chunks;
    for (const auto& [key, value] : text) {
        png_text chunk{};
        chunk.compression = PNG_ITXT_COMPRESSION_NONE;
        chunk.key = const_cast<char*>(key.c_str());
        chunk.text = const_cast<char*>(value.c_str());
        chunk.itxt_length = value.size();
        chunks.push_back(chunk);
    }
    return chunks;
}

/// False when libpng jumped out. Nothing here has a destructor that the jump would pass over.
bool encode(png_structp png, png_infop info, const EncodedImage& image, std::optional<int> dpi,
            std::span<const png_text> texts) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_set_IHDR(png, info, static_cast<png_uint_32>(image.width()), static_cast<png_uint_32>(image.height()),
                 image.bits(), PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    // Skin between dots: the sub filter alone, at level 2, beats levels and choices of filter that take twice
    // its time on whole heads; close views come out 3 to 8 % larger.
    png_set_compression_level(png, 2);
    png_set_compression_buffer_size(png, std::size_t{1} << 16);  // fewer and longer writes
    png_set_filter(png, 0, PNG_FILTER_SUB);
    png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    if (dpi) {
        const auto perMetre = static_cast<png_uint_32>(std::lround(*dpi / kMetresPerInch));
        png_set_pHYs(png, info, perMetre, perMetre, PNG_RESOLUTION_METER);
    }
    if (!texts.empty()) png_set_text(png, info, texts.data(), static_cast<int>(texts.size()));
    png_write_info(png, info);
    if (image.bits() == 16 && std::endian::native == std::endian::little) png_set_swap(png);
    for (int y = 0; y < image.height(); ++y)
        png_write_row(png, reinterpret_cast<png_const_bytep>(image.rows(y, 1).data()));
    png_write_end(png, info);
    return true;
}

}  // namespace

Result<void> writePng(const std::filesystem::path& path, const EncodedImage& image, const ImageTags& tags) {
    const std::vector<png_text> texts = pngTexts(tags.text);
    return writeFileAtomically(path, [&](FileWriter& file) -> Result<void> {
        FaultText fault = {"out of memory"};
        Collector collector{file};
        const PngWriter writer(fault);
        if (writer.info) png_set_write_fn(writer.png, &collector, collectBytes, nullptr);
        if (writer.info && encode(writer.png, writer.info, image, tags.dpi, texts)) {
            collector.flush();  // the file remembers what fails
            return {};
        }
        return fail(ExitCode::io, "{}: cannot be written as PNG: {}", path.string(), fault.data());
    });
}

Result<std::string> pngBytes(const EncodedImage& image, const ImageTags& tags) {
    const std::vector<png_text> texts = pngTexts(tags.text);
    FaultText fault = {"out of memory"};
    std::string bytes;
    const PngWriter writer(fault);
    if (writer.info) png_set_write_fn(writer.png, &bytes, appendBytes, nullptr);
    if (writer.info && encode(writer.png, writer.info, image, tags.dpi, texts)) return bytes;
    return fail(ExitCode::io, "a picture cannot be packed as PNG: {}", fault.data());
}

Result<ImageRgb8> readPng(const std::filesystem::path& path) {
    STUBBLE_TRY(const auto bytes, readFile(path, kMaxPngBytes));
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()))
        return fail(ExitCode::badInput, "{}: is not a readable PNG: {}", path.string(), png.message);
    if (png.width > kMaxPngSide || png.height > kMaxPngSide) {
        png_image_free(&png);
        return fail(ExitCode::badInput, "{}: {} x {} pixels, at most {} a side are accepted", path.string(),
                    png.width, png.height, kMaxPngSide);
    }
    png.format = PNG_FORMAT_RGB;
    ImageRgb8 image(static_cast<int>(png.width), static_cast<int>(png.height));
    if (!png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr))
        return fail(ExitCode::badInput, "{}: is not a readable PNG: {}", path.string(), png.message);
    return image;
}

}  // namespace stubble
