#include "engine/perception/heat_colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {
namespace {

// Of that map at 0, 1/4, 1/2, 3/4 and 1.
constexpr std::array<glm::vec3, 5> kKnots = {glm::vec3(0, 32, 76), glm::vec3(64, 76, 107),
                                             glm::vec3(123, 123, 120), glm::vec3(187, 174, 107),
                                             glm::vec3(255, 233, 69)};

Rgb8 rounded(glm::vec3 c) {
    return Rgb8(glm::clamp(c + 0.5f, 0.0f, 255.0f));
}

}  // namespace

Rgb8 heatColour(double t) {
    const double place = std::clamp(t, 0.0, 1.0) * (kKnots.size() - 1);
    const auto knot = std::min(static_cast<std::size_t>(place), kKnots.size() - 2);
    return rounded(glm::mix(kKnots[knot], kKnots[knot + 1], static_cast<float>(place - double(knot))));
}

ImageRgb8 heatOverlay(const ImageRgb8& picture, const Image<float>& map, int cellPx, double full,
                      double opacity) {
    ImageRgb8 out = picture;
    const int width = std::min(picture.width, map.width * cellPx);
    const int height = std::min(picture.height, map.height * cellPx);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            if (std::isnan(map.at(x / cellPx, y / cellPx))) continue;
            const double u = (x + 0.5) / cellPx - 0.5, v = (y + 0.5) / cellPx - 0.5;
            double sum = 0, weight = 0;
            for (int dy = 0; dy < 2; ++dy)
                for (int dx = 0; dx < 2; ++dx) {
                    const double cx = std::floor(u) + dx, cy = std::floor(v) + dy;
                    const double w = (1 - std::abs(u - cx)) * (1 - std::abs(v - cy));
                    const float value =
                        map.at(std::clamp(int(cx), 0, map.width - 1), std::clamp(int(cy), 0, map.height - 1));
                    if (!std::isnan(value)) sum += w * double(value), weight += w;
                }
            const Rgb8 heat = heatColour(sum / weight / full);
            out.at(x, y) =
                rounded(glm::mix(glm::vec3(out.at(x, y)), glm::vec3(heat), static_cast<float>(opacity)));
        }
    return out;
}

}  // namespace stubble
