// Blended from densities at single places by weights that fall with distance: Shepard, "A two-dimensional
// interpolation function for irregularly-spaced data", 1968, with Gaussian weights. Places and sources:
// docs/sources.md, hair.
#include "engine/hair/regional_density.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scalp/surface_curve.h"

namespace stubble {
namespace {

struct Place {
    glm::vec2 chart;  ///< of the right side; mirrored for the left
    float relative;
};
/// Measured at the hairline: midline 135 hairs/cm², frontotemporal point 113, temple 70, sideburn 74. Behind
/// it only the order is known: most at the vertex, about as much at the back, least at the temples and above
/// the ears; how much is a working default.
constexpr std::array<Place, 11> kPlaces = {{{{0, 0.52f}, 1},
                                            {{0.33f, 0.50f}, 113.0f / 135},
                                            {{0.66f, 0.52f}, 70.0f / 135},
                                            {{0.92f, 0.22f}, 74.0f / 135},
                                            {{0, 0.22f}, 1.12f},
                                            {{0, -0.1f}, 1.15f},
                                            {{0, -0.45f}, 1.12f},
                                            {{0.5f, 0.05f}, 1},
                                            {{0.75f, -0.2f}, 0.88f},
                                            {{0.4f, -0.7f}, 1.08f},
                                            {{0, -1.1f}, 0.9f}}};
constexpr float kReach = 0.15f;  ///< of a place in the chart; working default

}  // namespace

float relativeDensity(glm::vec2 chart) {
    const glm::vec2 right(std::abs(chart.x), chart.y);
    // Relative to the nearest place's weight, which would vanish far off.
    std::array<float, kPlaces.size()> exponents{};
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        const glm::vec2 away = right - kPlaces[i].chart;
        exponents[i] = -glm::dot(away, away) / (2 * kReach * kReach);
    }
    const float largest = *std::ranges::max_element(exponents);
    float sum = 0, weights = 0;
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        const float weight = std::exp(exponents[i] - largest);
        sum += weight * kPlaces[i].relative;
        weights += weight;
    }
    return sum / weights;
}

std::vector<float> fullHairsPerCm2(const Head& head, float meanPerCm2) {
    std::vector<float> density(head.chartPositions.size()), onScalp(density.size());
    for (std::size_t i = 0; i < density.size(); ++i) {
        density[i] = relativeDensity(head.chartPositions[i]);
        onScalp[i] = density[i] * head.scalpMask[i];
    }
    const double mean = integralOverCm2(head.mesh, onScalp) / integralOverCm2(head.mesh, head.scalpMask);
    for (float& value : density) value *= meanPerCm2 / static_cast<float>(mean);
    return density;
}

}  // namespace stubble
