#pragma once
// The surface's triangles in patches, so that those out of the picture or turned away need not be drawn.

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// Consecutive triangles with their sphere and the cone of their normals.
struct SurfaceCluster {
    std::uint32_t firstTriangle, triangleCount;
    glm::vec3 centreMm;
    float radiusMm;
    glm::vec3 axis;
    float coneCosine;   ///< of the angle from the axis to the farthest normal
    bool bare = false;  ///< no dot in the skin, and none so near that it takes of this skin's light
};

/// The surface at one level of detail.
struct SurfaceLevel {
    float errorMm = 0;  ///< from the mesh, root mean square
    std::vector<SurfaceCluster> clusters;
};

/// A mesh's triangles at all levels, neighbours near one another, over vertices in the order of their first
/// use.
struct ClusteredSurface {
    std::vector<std::uint32_t> vertices;  ///< of the mesh; those that no triangle uses are left out
    std::vector<glm::uvec3> triangles;    ///< indices into `vertices`
    std::vector<SurfaceLevel> levels;     ///< the mesh itself first
};
/// `coarserMm`: errors of coarser levels, rising, above 0. Those use fewer of the vertices, but keep all
/// where colour or `shown` (one value a vertex, or none)
/// steps by more than 0.1 along an edge.
ClusteredSurface clusteredSurface(const TriMesh& mesh, std::span<const float> shown = {},
                                  std::span<const float> coarserMm = {});

/// Runs of triangles (first, count) of clusters that are `bare` or not, and may be seen: all others are
/// outside the picture or, where `closed`, face away from the eye.
std::vector<glm::uvec2> visibleRuns(std::span<const SurfaceCluster> clusters, const glm::mat4& clipFromWorld,
                                    glm::vec3 eyeMm, bool closed, bool bare = false);

}  // namespace stubble
