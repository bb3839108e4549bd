// Bowers, Wang, Wei and Maletz, "Parallel Poisson disk sampling with spectrum analysis on surfaces", 2010,
// eq. 2.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/core/units.h"
#include "engine/geometry/surface_sampler.h"

namespace stubble {

float surfaceDistanceMm(glm::vec3 aMm, glm::vec3 aNormal, glm::vec3 bMm, glm::vec3 bNormal) {
    // The estimate holds for a surface that turns smoothly between the points; normals at a right angle or
    // more are not of one patch but of two sides.
    if (glm::dot(aNormal, bNormal) <= 0) return std::numeric_limits<float>::infinity();
    const glm::vec3 step = bMm - aMm;
    const float straight = glm::length(step);
    if (straight == 0) return 0;
    const float c1 = std::clamp(glm::dot(aNormal, step) / straight, -1.0f, 1.0f);
    const float c2 = std::clamp(glm::dot(bNormal, step) / straight, -1.0f, 1.0f);
    if (std::max(std::abs(c1), std::abs(c2)) < 0.3f) {
        // The series of (asin c1 − asin c2)/(c1 − c2), to 2e-5 here; also avoids the quotient of zeros.
        const float p = c1 * c1, q = c2 * c2, pq = c1 * c2;
        return straight * (1 + (p + pq + q) / 6 + 3.0f / 40 * (p * p + q * q + pq * (p + pq + q)));
    }
    if (std::abs(c1 - c2) < 1e-3f) return straight / std::sqrt(std::max(1 - c1 * c2, 1e-6f));
    return straight * (std::asin(c1) - std::asin(c2)) / (c1 - c2);
}

float hexagonalSpacingMm(float densityPerCm2) {
    return std::sqrt(2 * kMm2PerCm2 / (std::numbers::sqrt3_v<float> * densityPerCm2));
}

}  // namespace stubble
