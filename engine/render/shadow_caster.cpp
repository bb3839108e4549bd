// Rossignac and Borrel, "Multi-resolution 3D approximations for rendering complex scenes", 1993: all vertices
// in a cell are drawn together to their middle.
#include "engine/render/shadow_caster.h"

#include <unordered_map>

namespace stubble {

ShadowCaster ShadowCaster::of(const TriMesh& mesh) {
    constexpr float kCellMm = 3;
    ShadowCaster caster;
    std::vector<glm::vec3>& positionsMm = caster.positionsMm;
    std::unordered_map<std::uint64_t, std::uint32_t> cells;
    cells.reserve(mesh.positionsMm.size() / 2);
    std::vector<float> counts;
    std::vector<std::uint32_t> merged(mesh.positionsMm.size());
    for (std::size_t i = 0; i < merged.size(); ++i) {
        // Skin that faces away is another surface: an ear has two sides.
        const glm::vec3 n = mesh.normals[i];
        const glm::uvec3 cell = glm::ivec3(glm::floor(mesh.positionsMm[i] / kCellMm)) & 0xfffff;
        const auto octant = static_cast<std::uint64_t>(int(n.x > 0) | int(n.y > 0) << 1 | int(n.z > 0) << 2);
        const std::uint64_t key =
            octant << 60 | std::uint64_t{cell.x} << 40 | std::uint64_t{cell.y} << 20 | std::uint64_t{cell.z};
        const auto [place, added] = cells.try_emplace(key, static_cast<std::uint32_t>(positionsMm.size()));
        if (added) positionsMm.emplace_back(0), counts.push_back(0);
        merged[i] = place->second;
        positionsMm[merged[i]] += mesh.positionsMm[i];
        counts[merged[i]] += 1;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) positionsMm[i] /= counts[i];
    for (const glm::uvec3 t : mesh.triangles) {
        const glm::uvec3 m(merged[t.x], merged[t.y], merged[t.z]);
        if (m.x != m.y && m.y != m.z && m.z != m.x) caster.triangles.push_back(m);
    }
    return caster;
}

ContentHash ShadowCaster::hash() const {
    const std::array parts = {hashBytes(std::as_bytes(std::span(positionsMm))),
                              hashBytes(std::as_bytes(std::span(triangles)))};
    return hashBytes(std::as_bytes(std::span(parts)));
}

}  // namespace stubble
