// Polyharmonic interpolation of the head's radius over directions.
// Method: J. C. Carr et al., "Reconstruction and Representation of 3D Objects with Radial Basis Functions",
// SIGGRAPH 2001 (kernel r^3 with a linear polynomial and smoothing), here applied on the unit sphere:
// it has no pole and no seam, and bends as little as the figures allow, which keeps the cranium free of
// ripples.
#include "head_mass.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sdf_ops.h"

namespace stubble::bake {
namespace {

// Gaussian elimination with partial pivoting; the system has a few hundred unknowns and is solved once.
std::vector<double> solveDense(std::vector<double> a, std::vector<double> b) {
    const size_t n = b.size();
    for (size_t c = 0; c < n; ++c) {
        size_t pivot = c;
        for (size_t r = c + 1; r < n; ++r)
            if (std::abs(a[r * n + c]) > std::abs(a[pivot * n + c])) pivot = r;
        if (std::abs(a[pivot * n + c]) < 1e-14) throw std::runtime_error("two mass points share a direction");
        if (pivot != c) {
            for (size_t k = 0; k < n; ++k) std::swap(a[c * n + k], a[pivot * n + k]);
            std::swap(b[c], b[pivot]);
        }
        for (size_t r = c + 1; r < n; ++r) {
            const double f = a[r * n + c] / a[c * n + c];
            if (f == 0.0) continue;
            for (size_t k = c; k < n; ++k) a[r * n + k] -= f * a[c * n + k];
            b[r] -= f * b[c];
        }
    }
    for (size_t c = n; c-- > 0;) {
        for (size_t k = c + 1; k < n; ++k) b[c] -= a[c * n + k] * b[k];
        b[c] /= a[c * n + c];
    }
    return b;
}

}  // namespace

HeadMass::HeadMass(const nlohmann::json& recipe) {
    const auto& c = recipe.at("centre");
    centre_ = {c[0], c[1], c[2]};
    const double faceSmoothing = recipe.at("faceSmoothing"), craniumSmoothing = recipe.at("craniumSmoothing");
    std::vector<double> radii, smoothing;
    for (const auto& group : recipe.at("points").items()) {
        for (const auto& q : group.value()) {
            const glm::dvec3 p(q[0], q[1], q[2]);
            for (int side = 0; side < (p.x > 0.0 ? 2 : 1); ++side) {
                const glm::dvec3 d = glm::dvec3(side ? -p.x : p.x, p.y, p.z) - centre_;
                const double r = glm::length(d);
                dx_.push_back(d.x / r);
                dy_.push_back(d.y / r);
                dz_.push_back(d.z / r);
                radii.push_back(r);
                // The face keeps its figures, the skull may deviate by fractions of a millimetre to stay
                // fair.
                const double skull = smoothStep(10.0, 40.0, p.y - 0.5 * p.z);
                smoothing.push_back(faceSmoothing + (craniumSmoothing - faceSmoothing) * skull);
            }
        }
    }
    const size_t n = radii.size(), m = n + 4;
    std::vector<double> a(m * m, 0.0), b(m, 0.0);
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) {
            const double ex = dx_[i] - dx_[j], ey = dy_[i] - dy_[j], ez = dz_[i] - dz_[j];
            const double d2 = ex * ex + ey * ey + ez * ez;
            a[i * m + j] = d2 * std::sqrt(d2);
        }
        // r^3 is conditionally positive definite, so smoothing adds to the diagonal.
        a[i * m + i] += smoothing[i];
        const double poly[4] = {1.0, dx_[i], dy_[i], dz_[i]};
        for (size_t k = 0; k < 4; ++k) a[i * m + n + k] = a[(n + k) * m + i] = poly[k];
        b[i] = radii[i];
    }
    const std::vector<double> w = solveDense(std::move(a), std::move(b));
    weight_.assign(w.begin(), w.begin() + static_cast<long>(n));
    for (size_t k = 0; k < 4; ++k) poly_[k] = w[n + k];
}

double HeadMass::radius(const glm::dvec3& dir) const {
    double sum = 0.0;
    const size_t n = weight_.size();
    for (size_t i = 0; i < n; ++i) {
        const double ex = dir.x - dx_[i], ey = dir.y - dy_[i], ez = dir.z - dz_[i];
        const double d2 = ex * ex + ey * ey + ez * ez;
        sum += weight_[i] * d2 * std::sqrt(d2);
    }
    sum += poly_[0] + poly_[1] * dir.x + poly_[2] * dir.y + poly_[3] * dir.z;
    // Knobs act on the cranium alone: the face below the brow keeps its own figures.
    const double cranial = smoothStep(-0.3, 0.4, dir.y - 0.25 * dir.z);
    const double back = smoothStep(-0.2, 1.0, -dir.z);
    const double top = smoothStep(0.2, 1.0, dir.y);
    // The occiput takes most of the fullness; square temples would look like a box.
    const double diagonal =
        4.0 * dir.x * dir.x * dir.z * dir.z * (0.65 + 0.35 * smoothStep(0.6, -0.6, dir.z));
    return sum * (1.0 +
                  cranial * (knobs_.length * back +
                             knobs_.breadth * dir.x * dir.x * gauss(dir.y - 0.48, 0.34) * 1.5 +
                             knobs_.squareness * diagonal) +
                  knobs_.height * top);
}

double HeadMass::distance(const glm::dvec3& p) const {
    const glm::dvec3 q = p - centre_;
    const double len = glm::length(q);
    if (len < 1e-6) return -60.0;
    return (len - radius(q / len)) * 0.9;
}

}  // namespace stubble::bake
