#pragma once
// Random strokes on skin: the simplest stand-in for dots (length 0) and for stubble.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/image.h"
#include "engine/core/random.h"

namespace stubble {

struct Strokes {
    std::uint64_t seed = 1;
    int sidePx = 512;
    double mmPerPixel = 0.1;
    double perCm2 = 140;
    double lengthMm = 0, widthMm = 0.15;
    double darkness = 0.8;       ///< share of the skin's light that a stroke takes
    double spreadDegrees = 180;  ///< of directions, around `degrees`
    double degrees = 0;          ///< direction of the middle stroke, from x towards y
    glm::vec3 skin{0.45f, 0.3f, 0.22f};
};

/// Strokes at Poisson places, drawn with soft edges; where they cross, light is taken twice.
inline ImageLinear scatteredStrokes(const Strokes& s) {
    ImageLinear image(s.sidePx, s.sidePx, s.skin);
    RandomStream random(s.seed, 77);
    const double sideMm = s.sidePx * s.mmPerPixel, marginMm = s.lengthMm + 1;
    const double areaCm2 = (sideMm + 2 * marginMm) * (sideMm + 2 * marginMm) / 100;
    const auto count = static_cast<int>(s.perCm2 * areaCm2);
    const double half = 0.5 * s.lengthMm / s.mmPerPixel, radius = 0.5 * s.widthMm / s.mmPerPixel;
    for (int i = 0; i < count; ++i) {
        const double cx = (random.uniformDouble() * (sideMm + 2 * marginMm) - marginMm) / s.mmPerPixel;
        const double cy = (random.uniformDouble() * (sideMm + 2 * marginMm) - marginMm) / s.mmPerPixel;
        const double angle =
            (s.degrees + (random.uniformDouble() - 0.5) * s.spreadDegrees) * std::numbers::pi / 180;
        const double ux = std::cos(angle), uy = std::sin(angle), reach = half + radius + 1;
        for (int y = std::max(0, int(cy - reach)); y <= std::min(s.sidePx - 1, int(cy + reach) + 1); ++y)
            for (int x = std::max(0, int(cx - reach)); x <= std::min(s.sidePx - 1, int(cx + reach) + 1);
                 ++x) {
                const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
                const double along = std::clamp(dx * ux + dy * uy, -half, half);
                const double distance = std::hypot(dx - along * ux, dy - along * uy);
                const double cover = std::clamp(0.5 + radius - distance, 0.0, 1.0);
                image.at(x, y) *= static_cast<float>(1 - s.darkness * cover);
            }
    }
    return image;
}

}  // namespace stubble
