// Zhang and Wandell, "A spatial extension of CIELAB for digital color image reproduction", 1996, with the
// opponent axes and kernels of Poirson and Wandell, "Appearance of colored patterns", 1993.
#include "engine/perception/contrast_sensitivity.h"

#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/parallel.h"
#include "engine/perception/plane.h"
#include "engine/perception/xyz.h"

namespace stubble {
namespace {

// Luminance, red-green, blue-yellow from XYZ; columns by X, Y, Z.
const glm::dmat3 kOpponentFromXyz(0.279, -0.449, 0.086,  //
                                  0.72, 0.29, -0.59,     //
                                  -0.107, -0.077, 0.501);

struct Lobe {
    double widthDegrees;  // between the points of half height, as in the authors' program
    double weight;
};
// The weights of a channel sum to 1.
constexpr std::array<std::array<Lobe, 3>, 3> kLobes = {
    {{{{0.05, 1.00327}, {0.225, 0.114416}, {7.0, -0.117686}}},
     {{{0.0685, 0.616725}, {0.826, 0.383275}, {1, 0}}},
     {{{0.0920, 0.567885}, {0.6451, 0.432115}, {1, 0}}}}};

const double kWidthPerSigma = 2 * std::sqrt(2 * std::numbers::ln2);
constexpr std::size_t kPixelGrain = 16384;

}  // namespace

double mannosSakrison(double cyclesPerDegree) {
    const double f = 0.114 * cyclesPerDegree;
    return 2.6 * (0.0192 + f) * std::exp(-std::pow(f, 1.1));
}

double contrastSensitivity(double cyclesPerDegree) {
    return kPeakSensitivity * mannosSakrison(cyclesPerDegree);
}

double finestBlurDegrees() {
    return kLobes[0][0].widthDegrees / kWidthPerSigma;
}

ImageLinear opponentBlur(const ImageLinear& image, double pixelsPerDegree) {
    const glm::dmat3 opponentFromLinear = kOpponentFromXyz * kXyzFromLinearSrgb;
    const glm::mat3 forward(opponentFromLinear), back(glm::inverse(opponentFromLinear));
    Image<glm::vec3> opponent(image.width, image.height), blurred(image.width, image.height);
    parallelFor(
        image.pixels.size(), [&](std::size_t i) { opponent.pixels[i] = forward * image.pixels[i]; },
        kPixelGrain);
    for (int channel = 0; channel < 3; ++channel) {
        Plane plane(image.width, image.height);
        for (std::size_t i = 0; i < plane.pixels.size(); ++i) plane.pixels[i] = opponent.pixels[i][channel];
        for (const Lobe& lobe : kLobes[std::size_t(channel)]) {
            if (lobe.weight == 0) continue;
            const Plane part = gaussianBlur(plane, lobe.widthDegrees / kWidthPerSigma * pixelsPerDegree);
            const auto weight = static_cast<float>(lobe.weight);
            for (std::size_t i = 0; i < part.pixels.size(); ++i)
                blurred.pixels[i][channel] += weight * part.pixels[i];
        }
    }
    parallelFor(
        image.pixels.size(), [&](std::size_t i) { blurred.pixels[i] = back * blurred.pixels[i]; },
        kPixelGrain);
    return blurred;
}

}  // namespace stubble
