// Edges collapse as in Garland and Heckbert, "Surface simplification using quadric error metrics", 1997, by
// meshoptimizer.
#include "engine/render/shadow_caster.h"

#include <meshoptimizer.h>

#include <array>
#include <limits>

#include "engine/scene/cached_stage.h"

namespace stubble {
namespace {

/// About a texel of a shadow map of a head. Working default.
constexpr float kErrorMm = 0.4f;

constexpr auto kEachOfCaster = [](ShadowCaster& caster, auto& visit) {
    visit(caster.positionsMm), visit(caster.triangles);
};

ShadowCaster simplified(const TriMesh& mesh) {
    const float* const positions = &mesh.positionsMm.data()->x;
    const std::size_t count = mesh.positionsMm.size();
    std::vector<std::uint32_t> corners(3 * mesh.triangles.size());
    corners.resize(meshopt_simplify(
        corners.data(), &mesh.triangles.data()->x, corners.size(), positions, count, sizeof(glm::vec3), 0,
        kErrorMm / meshopt_simplifyScale(positions, count, sizeof(glm::vec3)), 0));
    ShadowCaster caster;
    constexpr std::uint32_t kNew = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> places(count, kNew);
    for (std::uint32_t& corner : corners) {
        std::uint32_t& place = places[corner];
        if (place == kNew) {
            place = static_cast<std::uint32_t>(caster.positionsMm.size());
            caster.positionsMm.push_back(mesh.positionsMm[corner]);
        }
        corner = place;
    }
    for (std::size_t i = 0; i < corners.size(); i += 3)
        caster.triangles.emplace_back(corners[i], corners[i + 1], corners[i + 2]);
    return caster;
}

}  // namespace

ShadowCaster ShadowCaster::of(const TriMesh& mesh) {
    ByteWriter inputs;
    addMesh(inputs, mesh);
    return *cachedStage<ShadowCaster>("shadow-caster", std::move(inputs), kEachOfCaster,
                                      [&]() -> Result<ShadowCaster> { return simplified(mesh); });
}

ContentHash ShadowCaster::hash() const {
    const std::array parts = {hashBytes(std::as_bytes(std::span(positionsMm))),
                              hashBytes(std::as_bytes(std::span(triangles)))};
    return hashBytes(std::as_bytes(std::span(parts)));
}

}  // namespace stubble
