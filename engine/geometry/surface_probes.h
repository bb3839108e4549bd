#pragma once
// Random places on a surface, to measure areas with.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

struct SurfaceProbe {
    glm::vec3 positionMm, normal;  ///< smooth, unit
};

/// So many places on the given triangles, uniform by area, stratified along the list; none where there is no
/// area. The mesh has one normal a vertex. Always the same for the same arguments.
std::vector<SurfaceProbe> surfaceProbes(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                                        std::size_t count);

}  // namespace stubble
