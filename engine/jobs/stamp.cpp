#include "engine/jobs/stamp.h"

#include <algorithm>
#include <cmath>

#include "engine/core/file.h"

namespace stubble {
namespace {

constexpr float kWidthShare = 0.11f;  // of the picture's width
constexpr float kMinWidthPixels = 96;
constexpr float kOpacity = 0.55f;

/// Mean of the mask's green over a rectangle given in its pixels: an area filter, so that small stamps stay
/// legible.
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

}  // namespace

Result<void> stampSimulation(ImageRgb8& image) {
    if (image.width < 160) return {};
    STUBBLE_TRY(const auto data, dataDir());
    STUBBLE_TRY(const ImageRgb8 mask, readPng(data / "assets/stamp/simulation.png"));
    const float width = std::max(kWidthShare * static_cast<float>(image.width), kMinWidthPixels);
    const float step = static_cast<float>(mask.width) / width;  // mask pixels a picture pixel
    const int w = static_cast<int>(width), h = static_cast<int>(static_cast<float>(mask.height) / step);
    const int margin = std::max(image.width / 96, 6);
    const int left = image.width - margin - w, top = image.height - margin - h;
    for (int y = std::max(0, -top); y < h; ++y)
        for (int x = std::max(0, -left); x < w; ++x) {
            const auto fx = static_cast<float>(x), fy = static_cast<float>(y);
            const float a = kOpacity * maskMean(mask, fx * step, (fx + 1) * step, fy * step, (fy + 1) * step);
            Rgb8& pixel = image.at(left + x, top + y);
            // Light on dark, dark on light.
            const float ink = pixel.g > 140 ? 20.0f : 255.0f;
            for (int k = 0; k < 3; ++k)
                pixel[k] =
                    static_cast<std::uint8_t>(std::lround(glm::mix(static_cast<float>(pixel[k]), ink, a)));
        }
    return {};
}

}  // namespace stubble
