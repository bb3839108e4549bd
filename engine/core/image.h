#pragma once
// Images in memory, and what a file of one says about it.

#include <cstddef>
#include <cstdint>
#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

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
using Rgb16 = glm::u16vec3;
using ImageRgb8 = Image<Rgb8>;         ///< sRGB-encoded
using ImageRgb16 = Image<Rgb16>;       ///< sRGB-encoded, 65535 = white
using ImageLinear = Image<glm::vec3>;  ///< linear sRGB primaries

/// The sRGB curve (IEC 61966-2-1) for values from 0 to 1, and its inverse.
float linearFromSrgb(float encoded);
float srgbFromLinear(float linear);

/// An sRGB-encoded image of 8 or 16 bits a channel as its file takes it. Valid as long as the image.
class EncodedImage {
  public:
    EncodedImage(const ImageRgb8& image) : EncodedImage(image, 8) {}
    EncodedImage(const ImageRgb16& image) : EncodedImage(image, 16) {}
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] int bits() const { return bits_; }
    [[nodiscard]] std::size_t rowBytes() const {
        return static_cast<std::size_t>(width_) * 3 * static_cast<std::size_t>(bits_ / 8);
    }
    /// Numbers in this machine's byte order.
    [[nodiscard]] std::span<const std::byte> rows(int first, int count) const {
        return pixels_.subspan(static_cast<std::size_t>(first) * rowBytes(),
                               static_cast<std::size_t>(count) * rowBytes());
    }

  private:
    template <typename Pixel>
    EncodedImage(const Image<Pixel>& image, int bits)
        : width_(image.width),
          height_(image.height),
          bits_(bits),
          pixels_(std::as_bytes(std::span(image.pixels))) {}
    int width_, height_, bits_;
    std::span<const std::byte> pixels_;
};

using TextChunks = std::vector<std::pair<std::string, std::string>>;

/// What a file says of its image.
struct ImageTags {
    TextChunks text = {};         ///< how it was made: keys of ASCII letters with values in UTF-8
    std::optional<int> dpi = {};  ///< pixels per inch in print
};

}  // namespace stubble
