#pragma once
// Images in memory, and PNG files in and out (libpng).

#include <cstdint>
#include <filesystem>
#include <glm/glm.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

/// Rows from top to bottom.
template <typename Pixel>
struct Image {
    int width = 0, height = 0;
    std::vector<Pixel> pixels;
    Image() = default;
    Image(int w, int h, Pixel fill = {})
        : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}
    Pixel& at(int x, int y) {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
    const Pixel& at(int x, int y) const {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
};

using Rgb8 = glm::u8vec3;
using ImageRgb8 = Image<Rgb8>;         ///< sRGB-encoded
using ImageLinear = Image<glm::vec3>;  ///< linear sRGB primaries

float linearFromSrgb(float encoded);

using TextChunks = std::vector<std::pair<std::string, std::string>>;

/// An 8-bit PNG tagged sRGB, with text chunks (key, value) that say how it was made. Byte-identical for equal
/// input.
Result<std::vector<std::byte>> encodePng(const ImageRgb8& image, const TextChunks& text = {});

/// Reads an 8-bit PNG as RGB (alpha dropped). For goldens and tests; refuses more than 16384 pixels a side.
Result<ImageRgb8> readPng(const std::filesystem::path& path);

}  // namespace stubble
