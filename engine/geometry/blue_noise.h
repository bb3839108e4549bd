#pragma once
// Even random samples of a mesh surface: exact in number, no two close, no large gap, ranked on request.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/mesh.h"

namespace stubble {

struct BlueNoiseOptions {
    std::uint64_t seed = 1;
    std::size_t count = 0;
    /// Ranked: every prefix is well spread, too. Otherwise order means nothing.
    bool ranked = true;
    /// Smallest distance ÷ hexagonal spacing that a set without ranks is to have, 0.5 to 0.76. 0.75 takes
    /// three times as long as 0.70. Ranked sets end near 0.70.
    float spacing = 0.70f;
    /// The triangles to sample, in any order without repetition; empty: all.
    std::span<const std::uint32_t> triangles = {};
};

/// Arrays of the same length.
struct BlueNoise {
    std::vector<SurfacePoint> points;
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;  ///< smooth, unit
    double areaMm2 = 0;              ///< of the sampled triangles
    [[nodiscard]] std::size_t size() const { return points.size(); }
};

/// What ranks mean as densities.
struct SampledRegion {
    double areaMm2 = 0;
    double borderMm = 0;  ///< length of its open edges

    SampledRegion() = default;
    /// Of these triangles of a mesh.
    SampledRegion(const TriMesh& mesh, std::span<const std::uint32_t> triangles);
    /// The density, a cm², that the first so many ranked samples have away from the border. At the border,
    /// where nobody stands beyond, they are a little denser than that.
    [[nodiscard]] double densityPerCm2(double prefix) const;
};

/// Samples evenly by area. Distances are straight ones between samples that share a side of the surface:
/// whose smooth normals turn by less than about 101° from one another. So the sides of a thin sheet do not
/// see each other, and folds of skin are sampled like the rest; but layers that face the same way less than a
/// spacing apart share their samples, and where they are much of the surface, or so small that a handful of
/// samples fills it, the spacing asked for cannot be had and the count is reached at a smaller one. From some
/// thousand samples on no gap is wider than about the hexagonal spacing. Ranked: from some hundred samples on
/// every prefix has at least 0.66 of its hexagonal spacing. Depends on the mesh and the options alone. Fails
/// (badInput) when there is no area to sample, a triangle index is out of range, normals are not one a
/// vertex, more than 16 million samples are asked for, or positions in single precision cannot tell them
/// apart.
Result<BlueNoise> sampleBlueNoise(const TriMesh& mesh, const BlueNoiseOptions& options);

}  // namespace stubble
