#pragma once
// The largest gap that samples leave on a surface, by branch and bound over its triangles.

#include <cstdint>
#include <span>

#include "engine/geometry/mesh.h"
#include "engine/geometry/oriented_tree.h"

namespace stubble {

struct SurfaceGap {
    /// Distance from `atMm` to its nearest sample: the largest found. Infinite where a triangle has no sample
    /// on its side at all, 0 without triangles.
    float largestMm = 0;
    /// No point of the triangles is farther than this from its nearest sample: at most 1 % of spacingMm more
    /// than `largestMm`, but for rounding and places where sides of a fold meet.
    float boundMm = 0;
    glm::vec3 atMm{0};
    std::uint32_t triangle = 0;  ///< that holds atMm
};

/// The largest distance from a point of the given triangles to the nearest sample on its side (shareSide with
/// the mesh's smooth normal there, or the triangle's where the mesh has none; what lies less than 1 % of
/// spacingMm over the triangle's plane is on its side, too, if normals agree). `spacingMm` > 0 is the typical
/// distance between samples: it sets precision and work, not the result. Same result for any number of
/// threads.
SurfaceGap largestGap(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                      const OrientedTree& samples, float spacingMm);

}  // namespace stubble
