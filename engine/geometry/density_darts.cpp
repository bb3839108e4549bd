#include "engine/geometry/density_darts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// Each corner's share of a linear density is the density b_k · const over the triangle: Dirichlet(2, 1, 1),
/// whose first coordinate is Beta(2, 2), the median of three uniforms.
float betaTwoTwo(float a, float b, float c) {
    return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

}  // namespace

DensityDarts::DensityDarts(const TriMesh& mesh, std::span<const float> vertexDensityPerCm2)
    : mesh_(mesh), vertexDensityPerCm2_(vertexDensityPerCm2), cumulative_(mesh.triangles.size()) {
    double sum = 0, sumOfSquares = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        const double a = vertexDensityPerCm2[t.x], b = vertexDensityPerCm2[t.y], c = vertexDensityPerCm2[t.z];
        maxDensityPerCm2_ = std::max(maxDensityPerCm2_, static_cast<float>(std::max({a, b, c})));
        const double areaCm2 = triangleAreaMm2(mesh, i) / kMm2PerCm2;
        sum += areaCm2 * (a + b + c) / 3;
        sumOfSquares += areaCm2 * (a * a + b * b + c * c + a * b + b * c + c * a) / 6;
        cumulative_[i] = sum;
    }
    if (sum > 0) typicalDensityPerCm2_ = sumOfSquares / sum;
}

float DensityDarts::densityPerCm2At(const SurfacePoint& point) const {
    const glm::uvec3 t = mesh_.triangles[point.triangle];
    return point.barycentric.x * vertexDensityPerCm2_[t.x] + point.barycentric.y * vertexDensityPerCm2_[t.y] +
           point.barycentric.z * vertexDensityPerCm2_[t.z];
}

float DensityDarts::fadeLengthMm(const SurfacePoint& point) const {
    const glm::uvec3 t = mesh_.triangles[point.triangle];
    const float a = vertexDensityPerCm2_[t.x];
    const float toB = vertexDensityPerCm2_[t.y] - a, toC = vertexDensityPerCm2_[t.z] - a;
    if (toB == 0 && toC == 0) return std::numeric_limits<float>::infinity();
    // |∇ρ|² = dᵀ G⁻¹ d with the edges' Gram matrix G and the differences d along them.
    const glm::vec3 b = mesh_.positionsMm[t.y] - mesh_.positionsMm[t.x];
    const glm::vec3 c = mesh_.positionsMm[t.z] - mesh_.positionsMm[t.x];
    const float bb = glm::dot(b, b), bc = glm::dot(b, c), cc = glm::dot(c, c);
    const float slopeSquared = (cc * toB * toB - 2 * bc * toB * toC + bb * toC * toC) / (bb * cc - bc * bc);
    return densityPerCm2At(point) / std::sqrt(slopeSquared);
}

void DensityDarts::draw(std::uint64_t batchSeed, std::size_t batchSize, std::size_t first,
                        std::span<SurfacePoint> out) const {
    const double total = expectedCount();
    auto from = cumulative_.begin();
    for (std::size_t i = 0; i < out.size(); ++i) {
        RandomStream random(batchSeed, first + i);
        const double mass = total * ((static_cast<double>(first + i) + random.uniformDouble()) /
                                     static_cast<double>(batchSize));
        // Masses rise along the batch, so look ahead a little before searching the rest.
        const auto near = std::min(cumulative_.end() - from, std::ptrdiff_t{8});
        auto found = std::upper_bound(from, from + near, mass);
        if (found == from + near) found = std::upper_bound(found, cumulative_.end(), mass);
        if (found == cumulative_.end())  // rounding at the very end: the last triangle that has any mass
            found = std::lower_bound(cumulative_.begin(), cumulative_.end(), total);
        from = found;

        out[i].triangle = static_cast<std::uint32_t>(found - cumulative_.begin());
        const glm::uvec3 t = mesh_.triangles[out[i].triangle];
        const float a = vertexDensityPerCm2_[t.x], b = vertexDensityPerCm2_[t.y],
                    c = vertexDensityPerCm2_[t.z];
        const float pick = random.uniform() * (a + b + c);
        const int corner = pick < a ? 0 : pick < a + b || c <= 0 ? 1 : 2;
        const float u1 = random.uniform(), u2 = random.uniform(), u3 = random.uniform();
        const float own = betaTwoTwo(u1, u2, u3);
        const float next = (1 - own) * random.uniform();
        out[i].barycentric[corner] = own;
        out[i].barycentric[(corner + 1) % 3] = next;
        out[i].barycentric[(corner + 2) % 3] = std::max(0.0f, 1 - own - next);
    }
}

}  // namespace stubble
