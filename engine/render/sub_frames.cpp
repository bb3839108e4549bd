#include "engine/render/sub_frames.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kGoldenTurn = 0.61803399f;

glm::vec2 at(float radius, float turn) {
    return radius * glm::vec2(std::cos(2 * kPi * turn), std::sin(2 * kPi * turn));
}

}  // namespace

float splatFilterVariance(int samples) {
    if (samples == 1) return kPixelFilterVariance;
    // Few could not make up a Gaussian.
    return std::min(kPixelFilterVariance - 1.0f / 12,
                    kPixelFilterVariance / std::sqrt(static_cast<float>(samples)));
}

// Radii are the quantiles of a normal distribution in the plane (Box and Muller, "A note on the generation of
// random normal deviates", 1958).
glm::vec2 subFrameOffset(int sample, int samples) {
    if (sample == samples - 1 && samples % 2 == 1) return glm::vec2(0);
    const float variance = kPixelFilterVariance - splatFilterVariance(samples);
    const auto pair = static_cast<float>(sample / 2), pairs = static_cast<float>(samples / 2);
    const float radius = std::sqrt(-2 * variance * std::log(1 - (pair + 0.5f) / pairs));
    return at(sample % 2 == 0 ? radius : -radius, kGoldenTurn * pair);
}

// Numbers with an even count of ones lie evenly among all.
bool drawsDots(int sample) {
    return std::popcount(static_cast<unsigned>(sample / 2)) % 2 == 0;
}

glm::vec2 discPoint(int index, int count, float turn) {
    return at(std::sqrt((static_cast<float>(index) + 0.5f) / static_cast<float>(count)),
              kGoldenTurn * static_cast<float>(index) + turn);
}

// In another order than the offsets, whose length grows from sub-frame to sub-frame.
glm::vec2 lensPoint(int sample, int samples) {
    if (samples == 1) return glm::vec2(0);
    int stride = static_cast<int>(kGoldenTurn * static_cast<float>(samples));
    while (std::gcd(std::max(stride, 1), samples) != 1) ++stride;
    return discPoint(static_cast<int>(std::int64_t{sample} * std::max(stride, 1) % samples), samples, 0.71f);
}

int shadowSample(int light, int sample) {
    return light == 0 ? sample : sample & ~1;
}

}  // namespace stubble
