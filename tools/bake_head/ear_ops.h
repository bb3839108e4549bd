#pragma once

#include <algorithm>
#include <cmath>
#include <glm/glm.hpp>

namespace stubble::bake::ear {

/// Quadratic smooth minimum; `kMm` is the width of the blend, and the fillet adds at most k/4.
inline float smoothMin(float a, float b, float kMm) {
    const float h = std::max(kMm - std::abs(a - b), 0.0F) / kMm;
    return std::min(a, b) - 0.25F * h * h * kMm;
}

inline float smoothMax(float a, float b, float kMm) {
    return -smoothMin(-a, -b, kMm);
}

inline float smoothStep(float lo, float hi, float v) {
    const float t = std::clamp((v - lo) / (hi - lo), 0.0F, 1.0F);
    return t * t * (3.0F - 2.0F * t);
}

inline float boxDistanceMm(const glm::vec3& p, const glm::vec3& lo, const glm::vec3& hi) {
    const glm::vec3 q = glm::max(glm::max(lo - p, p - hi), glm::vec3(0.0F));
    return glm::length(q);
}

/// Uniform Catmull-Rom between `b` and `c`.
template <typename Vec>
Vec catmullRom(const Vec& a, const Vec& b, const Vec& c, const Vec& d, float t) {
    return 0.5F * (2.0F * b + (c - a) * t + (2.0F * a - 5.0F * b + 4.0F * c - d) * (t * t) +
                   (3.0F * b - 3.0F * c + d - a) * (t * t * t));
}

}  // namespace stubble::bake::ear
