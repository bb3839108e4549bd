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
    /// The triangles to sample, in any order without repetition; empty: all.
    std::span<const std::uint32_t> triangles;
};

/// Arrays of the same length.
struct BlueNoise {
    std::vector<SurfacePoint> points;
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;  ///< smooth, unit
    double areaMm2 = 0;              ///< of the sampled triangles
    [[nodiscard]] std::size_t size() const { return points.size(); }
    /// The first so many samples have this density, dots/cm².
    [[nodiscard]] double densityPerCm2(std::size_t prefix) const {
        return 100 * static_cast<double>(prefix) / areaMm2;
    }
};

/// Samples evenly by area. Depends on the mesh and the options alone. Fails (badInput) when there is no area
/// to sample, a triangle index is out of range, normals are not one a vertex, or more than 16 million samples
/// are asked for.
Result<BlueNoise> sampleBlueNoise(const TriMesh& mesh, const BlueNoiseOptions& options);

}  // namespace stubble
