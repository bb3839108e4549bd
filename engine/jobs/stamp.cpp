#include "engine/jobs/stamp.h"

#include <algorithm>
#include <cmath>

#include "engine/core/file.h"
#include "engine/core/png_file.h"
#include "engine/jobs/caption.h"
#include "engine/jobs/display_image.h"

namespace stubble {
namespace {

constexpr float kWidthShare = 0.11f;  // of the picture's width
constexpr float kMinWidthPixels = 96;
constexpr float kOpacity = 0.55f;

// What a pixel shows, 0 to 255 with fractions, and back.
glm::vec3 shown(Rgb8 pixel) {
    return pixel;
}
glm::vec3 shown(Rgb16 pixel) {
    return glm::vec3(pixel) / 257.0f;
}
glm::vec3 shown(glm::vec3 light) {
    return 255.0f * shownFromScene(light);
}
void show(Rgb8& pixel, glm::vec3 colour) {
    pixel = Rgb8(glm::round(colour));
}
void show(Rgb16& pixel, glm::vec3 colour) {
    pixel = Rgb16(glm::round(257.0f * colour));
}
void show(glm::vec3& light, glm::vec3 colour) {
    light = sceneFromShown(colour / 255.0f);
}

template <typename Pixel>
Result<void> stamp(Image<Pixel>& image) {
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
            if (a == 0) continue;
            Pixel& pixel = image.at(left + x, top + y);
            const glm::vec3 colour = shown(pixel);
            // Light on dark, dark on light.
            const float ink = colour.g > 140 ? 20.0f : 255.0f;
            show(pixel, glm::mix(colour, glm::vec3(ink), a));
        }
    return {};
}

}  // namespace

Result<void> stampSimulation(ImageRgb8& image) {
    return stamp(image);
}
Result<void> stampSimulation(ImageRgb16& image) {
    return stamp(image);
}
Result<void> stampSimulation(ImageLinear& scene) {
    return stamp(scene);
}

}  // namespace stubble
