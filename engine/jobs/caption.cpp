#include "engine/jobs/caption.h"

#include <algorithm>
#include <cmath>

#include "engine/core/file.h"
#include "engine/core/png_file.h"

namespace stubble {
namespace {

constexpr char kFirst = '!', kLast = '~';  // a space needs no glyph
constexpr int kCount = kLast - kFirst + 1;

}  // namespace

float maskMean(const ImageRgb8& mask, float x0, float x1, float y0, float y1) {
    float sum = 0, area = 0;
    for (int y = static_cast<int>(y0); y < std::min(static_cast<int>(std::ceil(y1)), mask.height); ++y)
        for (int x = static_cast<int>(x0); x < std::min(static_cast<int>(std::ceil(x1)), mask.width); ++x) {
            const float w = (std::min(x1, static_cast<float>(x + 1)) - std::max(x0, static_cast<float>(x))) *
                            (std::min(y1, static_cast<float>(y + 1)) - std::max(y0, static_cast<float>(y)));
            sum += w * static_cast<float>(mask.at(x, y).g);
            area += w;
        }
    return area > 0 ? sum / (255 * area) : 0;
}

Result<Caption> Caption::create() {
    STUBBLE_TRY(const auto data, dataDir());
    STUBBLE_TRY(ImageRgb8 glyphs, readPng(data / "assets/stamp/glyphs.png"));
    return Caption(std::move(glyphs));
}

float Caption::widthPx(float heightPx, std::string_view text) const {
    const float cell = static_cast<float>(glyphs_.width / kCount);
    return cell * heightPx / static_cast<float>(glyphs_.height) * static_cast<float>(text.size());
}

void Caption::draw(ImageRgb8& image, int left, int top, float heightPx, std::string_view text,
                   Rgb8 ink) const {
    const float cell = static_cast<float>(glyphs_.width / kCount);
    const float step = static_cast<float>(glyphs_.height) / heightPx;  // glyph pixels a picture pixel
    const int right = std::min(left + static_cast<int>(widthPx(heightPx, text)), image.width);
    const int bottom = std::min(top + static_cast<int>(heightPx), image.height);
    for (int x = std::max(left, 0); x < right; ++x) {
        const float from = static_cast<float>(x - left) * step;
        const auto letter = std::min(static_cast<std::size_t>(from / cell), text.size() - 1);
        if (text[letter] == ' ') continue;
        const char c = text[letter] < kFirst || text[letter] > kLast ? '?' : text[letter];
        const float shift = static_cast<float>(c - kFirst) - static_cast<float>(letter);
        const float in = from + shift * cell,
                    end = std::min(from + step, static_cast<float>(letter + 1) * cell);
        for (int y = std::max(top, 0); y < bottom; ++y) {
            const float down = static_cast<float>(y - top) * step;
            const float a = maskMean(glyphs_, in, end + shift * cell, down, down + step);
            Rgb8& pixel = image.at(x, y);
            pixel = Rgb8(glm::round(glm::mix(glm::vec3(pixel), glm::vec3(ink), a)));
        }
    }
}

}  // namespace stubble
