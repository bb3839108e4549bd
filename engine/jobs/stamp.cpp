#include "engine/jobs/stamp.h"

#include <algorithm>
#include <cmath>

#include "engine/core/file.h"
#include "engine/jobs/caption.h"

namespace stubble {
namespace {

constexpr float kWidthShare = 0.11f;  // of the picture's width
constexpr float kMinWidthPixels = 96;
constexpr float kOpacity = 0.55f;

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
