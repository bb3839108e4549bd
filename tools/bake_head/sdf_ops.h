// Building blocks of the sculpt: smooth set operations and rounded primitives.
// Method: Inigo Quilez, "Smooth minimum" (2013, revised 2024) and "Distance functions" (2008-2020).
#pragma once

#include <algorithm>
#include <cmath>
#include <glm/glm.hpp>
#include <vector>

#include "curve.h"

namespace stubble::bake {

// Cubic polynomial smooth minimum: curvature continuous, so highlights run over a join without a kink.
inline double smoothMin(double a, double b, double k) {
    if (k <= 0.0) return std::min(a, b);
    const double h = std::max(k - std::abs(a - b), 0.0) / k;
    return std::min(a, b) - h * h * h * k * (1.0 / 6.0);
}

inline double smoothMax(double a, double b, double k) {
    return -smoothMin(-a, -b, k);
}

// Quintic step: first and second derivatives vanish at both ends.
inline double smoothStep(double e0, double e1, double x) {
    const double t = std::clamp((x - e0) / (e1 - e0), 0.0, 1.0);
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

inline double gauss(double x, double sigma) {
    return std::exp(-0.5 * x * x / (sigma * sigma));
}

// Smooth bump of height 1 with its own width along each axis.
inline double bump(const glm::dvec3& p, const glm::dvec3& c, const glm::dvec3& sigma) {
    const glm::dvec3 q = (p - c) / sigma;
    const double e = glm::dot(q, q);
    return e > 40.0 ? 0.0 : std::exp(-0.5 * e);
}

// First-order distance to an ellipsoid.
inline double ellipsoid(const glm::dvec3& p, const glm::dvec3& r) {
    const double k0 = glm::length(p / r);
    const double k1 = glm::length(p / (r * r));
    if (k1 < 1e-9) return -std::min({r.x, r.y, r.z});
    return k0 * (k0 - 1.0) / k1;
}

// Rotates p by the angles (degrees) about X, then Y, then Z; used to lay ellipsoids along a form.
inline glm::dvec3 rotated(glm::dvec3 p, const glm::dvec3& deg) {
    const glm::dvec3 a = deg * (M_PI / 180.0);
    const double cx = std::cos(a.x), sx = std::sin(a.x);
    p = {p.x, cx * p.y - sx * p.z, sx * p.y + cx * p.z};
    const double cy = std::cos(a.y), sy = std::sin(a.y);
    p = {cy * p.x + sy * p.z, p.y, -sy * p.x + cy * p.z};
    const double cz = std::cos(a.z), sz = std::sin(a.z);
    return {cz * p.x - sz * p.y, sz * p.x + cz * p.y, p.z};
}

// A knot of a swept tube: position and radius.
struct TubeKnot {
    glm::dvec3 p;
    double r;
};

// Tube of varying radius along a natural cubic spline through its knots.
class Tube {
  public:
    Tube() = default;
    explicit Tube(const std::vector<TubeKnot>& knots);
    double distance(const glm::dvec3& p) const;

  private:
    TubeKnot at(double u) const;

    Curve x_, y_, z_, r_;         // over the knots' number
    std::vector<TubeKnot> line_;  // sampled, to find the nearest stretch
    glm::dvec3 lo_{0.0}, hi_{0.0};
};

}  // namespace stubble::bake
