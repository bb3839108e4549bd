#pragma once
// Random points on a mesh, distributed by a density that is linear inside each triangle.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// Draws darts in stratified batches: a batch of n takes one dart from each n-th of the total mass.
class DensityDarts {
  public:
    /// Densities at the vertices, finite and ≥ 0, in dots/cm²; the mesh must outlive this.
    DensityDarts(const TriMesh& mesh, std::span<const float> vertexDensityPerCm2);

    /// ∫ density dA: exact for a density that is linear inside triangles.
    [[nodiscard]] double expectedCount() const { return cumulative_.empty() ? 0 : cumulative_.back(); }
    /// The density that a random dart meets on average: ∫ density² dA ÷ ∫ density dA. 0 when there is none.
    [[nodiscard]] double typicalDensityPerCm2() const { return typicalDensityPerCm2_; }
    /// The largest density at a vertex of any triangle.
    [[nodiscard]] float maxDensityPerCm2() const { return maxDensityPerCm2_; }
    [[nodiscard]] float densityPerCm2At(const SurfacePoint& point) const;
    /// Within which length the density at the point fades to nothing (density ÷ slope); infinite where it is
    /// level.
    [[nodiscard]] float fadeLengthMm(const SurfacePoint& point) const;

    /// The darts [first, first + out.size()) of a batch of batchSize; expectedCount() must be > 0.
    void draw(std::uint64_t batchSeed, std::size_t batchSize, std::size_t first,
              std::span<SurfacePoint> out) const;

  private:
    const TriMesh& mesh_;
    std::span<const float> vertexDensityPerCm2_;
    std::vector<double> cumulative_;  ///< ∫ density dA over triangles 0 … i
    double typicalDensityPerCm2_ = 0;
    float maxDensityPerCm2_ = 0;
};

}  // namespace stubble
