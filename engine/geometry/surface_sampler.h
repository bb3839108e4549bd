#pragma once
// Variable-density Poisson-disk samples on a mesh surface, exact in number and ranked.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/mesh.h"

namespace stubble {

/// A disc in which no sample may fall, measured along the surface: what lies on the other side of a thin
/// sheet does not count.
struct KeepClear {
    glm::vec3 positionMm{0};
    glm::vec3 normal{0, 1, 0};
    float radiusMm = 0;
};

struct SampleOptions {
    std::uint64_t seed = 1;
    /// How many samples; unset: ∫ density dA, rounded.
    std::optional<std::size_t> count;
    std::span<const KeepClear> keepClear;
};

struct SurfaceSamples {
    std::vector<SurfacePoint> points;  ///< in rank order: every prefix is itself well spread
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    /// Smallest distance ÷ the hexagonal spacing √(2/(√3·density)) over all pairs; the spacing is the smaller
    /// one at the two places, of the density scaled to the count, and at most 8 times the typical spacing. 0
    /// where no two samples share a side. About 0.70 where there is room.
    float relativeSpacing = 0;
    double expectedCount = 0;  ///< ∫ density dA
};

/// Distance along the surface between two nearby oriented points, estimated from positions and normals
/// (Bowers, Wang, Wei and Maletz, "Parallel Poisson disk sampling with spectrum analysis on surfaces", 2010,
/// eq. 2): the straight distance on flat ground, longer where normals turn, infinite between opposite sides
/// of a thin sheet.
float surfaceDistanceMm(glm::vec3 aMm, glm::vec3 aNormal, glm::vec3 bMm, glm::vec3 bNormal);

/// The spacing of a hexagonal lattice of the given density, mm.
float hexagonalSpacingMm(float densityPerCm2);

/// Samples a mesh by a density given at its vertices (dots/cm², ≥ 0, interpolated linearly inside triangles).
/// Depends on the mesh, the density and the options alone. Places the exact count: where keep-clear discs or
/// edges leave less room, spacing shrinks, to 0.3 of the hexagonal at the least. No density anywhere and no
/// count asked for gives no samples. Fails (badInput) when a density is negative or not finite, there is not
/// one a vertex, more than 8 million samples are asked for, or the count cannot be placed.
Result<SurfaceSamples> samplePoissonDisk(const TriMesh& mesh, std::span<const float> vertexDensityPerCm2,
                                         const SampleOptions& options);

}  // namespace stubble
