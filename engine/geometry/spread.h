#pragma once
// How well samples are spread over a surface: distances to neighbours, the largest gap, pair correlation,
// preferred directions. Everything is measured in space between places that share a side of the surface
// (shareSide, oriented_tree.h), in parallel, and is the same for any number of threads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/geometry/oriented_tree.h"
#include "engine/geometry/pair_statistics.h"
#include "engine/geometry/surface_gap.h"

namespace stubble {

/// √(2A/(√3·N)): the spacing of so many points in a hexagonal lattice, in the unit whose square the area is
/// in. Infinite for none.
double hexagonalSpacing(double area, std::size_t count);

struct NearestDistances {
    /// Of each sample as given, to the nearest other one on its side; infinite where there is none.
    std::vector<float> mm;
    float smallestMm = 0;          ///< of `mm`; infinite where no two share a side
    float smallestStraightMm = 0;  ///< over all pairs, whatever their sides; infinite for fewer than two
};
NearestDistances nearestDistances(const OrientedTree& samples);

/// The hexagonal spacing of the density around each sample as given, from the samples alone: the median, over
/// a sample and its 12 nearest on its side, of the distance to the third-nearest. Being one-sided does little
/// to the nearest three, so borders are treated fairly. Within 3 % on average for even samples, a seventh too
/// small for independent ones. Infinite where there are fewer than three others.
std::vector<float> localSpacingsMm(const OrientedTree& samples);

struct Quantiles {
    double min = 0, fifth = 0, median = 0, ninetyFifth = 0, max = 0, mean = 0;
};
/// Of the finite values: nearest rank. All 0 when there is none.
Quantiles quantilesOf(std::span<const float> values);

/// All measures at once; distances in mm.
struct Spread {
    std::size_t count = 0;
    double areaMm2 = 0;    ///< of the triangles
    double spacingMm = 0;  ///< hexagonal, for the count and area: d below
    Quantiles nearestMm;   ///< each sample to its nearest neighbour
    float smallestMm = 0, smallestStraightMm = 0;
    SurfaceGap gap;
    PairStatistics pairs;
    /// Smallest distance ÷ d: 1 for the hexagonal lattice, about 0.7 to 0.78 for a saturated random packing.
    [[nodiscard]] double relativeSmallest() const { return smallestMm / spacingMm; }
    /// Largest gap ÷ d: 1/√3 for the hexagonal lattice, at most relativeSmallest() for a saturated packing.
    [[nodiscard]] double relativeGap() const { return gap.largestMm / spacingMm; }
};

/// Measures samples of the given triangles of a mesh (empty: all of it). Positions and unit normals are one
/// each a sample: pass subspans to measure a prefix.
Spread measureSpread(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                     std::span<const glm::vec3> positionsMm, std::span<const glm::vec3> normals);

}  // namespace stubble
