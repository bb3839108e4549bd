#pragma once
// A mesh made coarse for shadow maps.

#include <glm/glm.hpp>
#include <vector>

#include "engine/core/hash.h"
#include "engine/geometry/mesh.h"

namespace stubble {

struct ShadowCaster {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::uvec3> triangles;

    /// Kept in the disk cache.
    static ShadowCaster of(const TriMesh& mesh);
    /// Those with the same hash cast the same shadows.
    [[nodiscard]] ContentHash hash() const;
};

}  // namespace stubble
