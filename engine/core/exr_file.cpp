#include "engine/core/exr_file.h"

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfOutputFile.h>
#include <OpenEXR/ImfStandardAttributes.h>
#include <OpenEXR/ImfStringAttribute.h>
#include <OpenEXR/ImfThreading.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

#include "engine/core/file.h"
#include "engine/core/parallel.h"

namespace stubble {
namespace {

/// Rows that are turned into halves together: 8 of ZIP's blocks of 16, so that as many threads have work.
constexpr int kBlockRows = 128;
constexpr float kMaxHalf = 65504;
constexpr std::array<const char*, 3> kChannels = {"R", "G", "B"};

using RgbHalf = std::array<half, 3>;

class ExrStream : public Imf::OStream {
  public:
    explicit ExrStream(FileWriter& file) : OStream("stubble"), file_(file) {}
    void write(const char bytes[], int count) override {
        check(file_.write(std::as_bytes(std::span(bytes, static_cast<std::size_t>(count)))));
    }
    std::uint64_t tellp() override { return file_.place(); }
    void seekp(std::uint64_t place) override { check(file_.seek(place)); }

  private:
    static void check(bool good) {
        if (!good) throw std::runtime_error("the file cannot be written");
    }
    FileWriter& file_;
};

Imf::Header headerOf(const ImageLinear& image, const TextChunks& text) {
    Imf::Header header(image.width, image.height);
    header.compression() = Imf::ZIP_COMPRESSION;
    for (const char* channel : kChannels) header.channels().insert(channel, Imf::Channel(Imf::HALF));
    Imf::addChromaticities(header, Imf::Chromaticities());  // Rec. 709, sRGB's
    for (const auto& [key, value] : text) {
        std::string name = key;
        name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
        header.insert(name, Imf::StringAttribute(value));
    }
    return header;
}

RgbHalf halvesOf(glm::vec3 pixel) {
    pixel = glm::clamp(pixel, -kMaxHalf, kMaxHalf);
    return {half(pixel.r), half(pixel.g), half(pixel.b)};
}

void encode(FileWriter& file, const ImageLinear& image, const TextChunks& text) {
    const int threads = tbb::this_task_arena::max_concurrency();
    Imf::setGlobalThreadCount(threads);
    ExrStream stream(file);
    Imf::OutputFile exr(stream, headerOf(image, text), threads);
    const auto width = static_cast<std::size_t>(image.width);
    std::vector<RgbHalf> block(width * static_cast<std::size_t>(std::min(kBlockRows, image.height)));
    for (int y = 0; y < image.height; y += kBlockRows) {
        const int rows = std::min(kBlockRows, image.height - y);
        parallelFor(
            static_cast<std::size_t>(rows),
            [&](std::size_t row) {
                std::transform(&image.at(0, y + static_cast<int>(row)),
                               &image.at(0, y + static_cast<int>(row)) + width, &block[row * width],
                               halvesOf);
            },
            8);
        Imf::FrameBuffer frame;
        const Imath::Box2i window(Imath::V2i(0, y), Imath::V2i(image.width - 1, y + rows - 1));
        for (std::size_t k = 0; k < kChannels.size(); ++k)
            frame.insert(kChannels[k], Imf::Slice::Make(Imf::HALF, &block[0][k], window, sizeof(RgbHalf),
                                                        width * sizeof(RgbHalf)));
        exr.setFrameBuffer(frame);
        exr.writePixels(rows);
    }
}

}  // namespace

Result<void> writeExr(const std::filesystem::path& path, const ImageLinear& image, const TextChunks& text) {
    if (image.width < 1 || image.height < 1)
        return fail(ExitCode::io, "{}: cannot be written as OpenEXR: the picture is empty", path.string());
    return writeFileAtomically(path, [&](FileWriter& file) -> Result<void> {
        try {
            encode(file, image, text);
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            return fail(ExitCode::io, "{}: cannot be written as OpenEXR: {}", path.string(), error.what());
        }
        return {};
    });
}

}  // namespace stubble
