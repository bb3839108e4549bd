// Cones of normals: Shirman and Abi-Ezzi, "The cone of normals technique for fast processing of curved
// patches", 1993. Coarser levels by collapsing edges, as Garland and Heckbert, "Surface simplification using
// quadric error metrics", 1997, in meshoptimizer.
#include "engine/render/surface_clusters.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/render/cell_order.h"

namespace stubble {
namespace {

constexpr std::size_t kClusterTriangles = 32;

SurfaceCluster clusterOf(const TriMesh& mesh, std::span<const glm::uvec3> members, std::size_t first) {
    SurfaceCluster cluster{static_cast<std::uint32_t>(first),
                           static_cast<std::uint32_t>(members.size()),
                           glm::vec3(0),
                           0,
                           glm::vec3(0),
                           1,
                           false};
    glm::vec3 low(std::numeric_limits<float>::max()), high(-low);
    std::vector<glm::vec3> normals;
    for (const glm::uvec3 t : members) {
        const glm::vec3 a = mesh.positionsMm[t.x], b = mesh.positionsMm[t.y], c = mesh.positionsMm[t.z];
        low = glm::min(low, glm::min(a, glm::min(b, c))), high = glm::max(high, glm::max(a, glm::max(b, c)));
        const glm::vec3 cross = glm::cross(b - a, c - a);
        if (const float length = glm::length(cross); length > 0) normals.push_back(cross / length);
    }
    cluster.centreMm = 0.5f * (low + high);
    cluster.radiusMm = 0.5f * glm::length(high - low);
    for (const glm::vec3& normal : normals) cluster.axis += normal;
    if (const float length = glm::length(cluster.axis); length > 0) cluster.axis /= length;
    for (const glm::vec3& normal : normals)
        cluster.coneCosine = std::min(cluster.coneCosine, glm::dot(cluster.axis, normal));
    return cluster;
}

/// Every triangle turns its back on the eye: the angle from the cone's axis to the line of sight, both
/// widened by what they may stray, stays under a right angle.
bool facesAway(const SurfaceCluster& cluster, glm::vec3 eyeMm) {
    constexpr float kMargin = 1e-3f;  // of rounding
    const glm::vec3 sight = cluster.centreMm - eyeMm;
    const float distanceMm = glm::length(sight), sine = cluster.radiusMm / distanceMm;
    if (!(sine < 1) || cluster.coneCosine <= 0) return false;
    const float cosine = std::sqrt(1 - sine * sine);
    const float coneSine = std::sqrt(std::max(1 - cluster.coneCosine * cluster.coneCosine, 0.0f));
    if (cluster.coneCosine * cosine <= coneSine * sine) return false;
    return glm::dot(sight, cluster.axis) / distanceMm >
           coneSine * cosine + cluster.coneCosine * sine + kMargin;
}

glm::vec3 middleMm(const TriMesh& mesh, glm::uvec3 t) {
    return (mesh.positionsMm[t.x] + mesh.positionsMm[t.y] + mesh.positionsMm[t.z]) / 3.0f;
}

/// Twice the side of a square of as many mean triangles as a cluster may have.
float widestClusterMm(const TriMesh& mesh, std::span<const glm::uvec3> triangles) {
    double areaMm2 = 0;
    for (const glm::uvec3 t : triangles)
        areaMm2 += 0.5 * double(glm::length(glm::cross(mesh.positionsMm[t.y] - mesh.positionsMm[t.x],
                                                       mesh.positionsMm[t.z] - mesh.positionsMm[t.x])));
    const double share = double(kClusterTriangles) / double(std::max(triangles.size(), std::size_t{1}));
    return 2 * static_cast<float>(std::sqrt(areaMm2 * share));
}

/// Of sorted triangles, how many from the first on are a cluster: the order jumps at times.
std::size_t clusterLength(const TriMesh& mesh, std::span<const glm::uvec3> sorted, float widestMm) {
    const std::size_t most = std::min(kClusterTriangles, sorted.size());
    const glm::vec3 first = middleMm(mesh, sorted.front());
    std::size_t count = 1;
    while (count < most && glm::distance(middleMm(mesh, sorted[count]), first) < widestMm) ++count;
    return count;
}

std::vector<glm::uvec3> coarserTriangles(const TriMesh& mesh, std::span<const float> shown, float errorMm) {
    constexpr float kEvenTint = 0.02f, kEvenShown = 0.1f;  // steps along an edge that do not show
    const auto isEven = [&](glm::uvec3 t) {
        for (int k = 0; k < 3; ++k) {
            const std::uint32_t a = t[k], b = t[(k + 1) % 3];
            if (!mesh.tints.empty() &&
                glm::any(glm::greaterThan(glm::abs(mesh.tints[a] - mesh.tints[b]), glm::vec3(kEvenTint))))
                return false;
            if (!shown.empty() && std::abs(shown[a] - shown[b]) > kEvenShown) return false;
        }
        return true;
    };
    std::vector<glm::uvec3> even, triangles;
    for (const glm::uvec3 t : mesh.triangles) (isEven(t) ? even : triangles).push_back(t);
    if (even.empty()) return triangles;
    const float* const positions = &mesh.positionsMm.data()->x;
    const std::size_t count = mesh.positionsMm.size();
    const float unitMm = meshopt_simplifyScale(positions, count, sizeof(glm::vec3));
    std::vector<std::uint32_t> corners(3 * even.size());
    corners.resize(meshopt_simplify(corners.data(), &even.data()->x, corners.size(), positions, count,
                                    sizeof(glm::vec3), 0, errorMm / unitMm, meshopt_SimplifyLockBorder));
    for (std::size_t i = 0; i < corners.size(); i += 3)
        triangles.emplace_back(corners[i], corners[i + 1], corners[i + 2]);
    return triangles;
}

/// Sorted so that neighbours are near one another.
void sortByPlace(const TriMesh& mesh, std::vector<glm::uvec3>& triangles) {
    std::vector<glm::vec3> middlesMm;
    middlesMm.reserve(triangles.size());
    for (const glm::uvec3 t : triangles) middlesMm.push_back(middleMm(mesh, t));
    std::vector<glm::uvec3> sorted;
    sorted.reserve(triangles.size());
    for (const std::uint32_t i : cellOrder(middlesMm)) sorted.push_back(triangles[i]);
    triangles = std::move(sorted);
}

}  // namespace

ClusteredSurface clusteredSurface(const TriMesh& mesh, std::span<const float> shown,
                                  std::span<const float> coarserMm) {
    ClusteredSurface surface;
    constexpr std::uint32_t kNew = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> places(mesh.positionsMm.size(), kNew);
    const auto add = [&](float errorMm, std::vector<glm::uvec3> triangles) {
        sortByPlace(mesh, triangles);
        SurfaceLevel& level = surface.levels.emplace_back();
        level.errorMm = errorMm;
        const std::span<const glm::uvec3> all(triangles);
        const float widestMm = widestClusterMm(mesh, all);
        for (std::size_t from = 0; from < all.size();) {
            const std::size_t count = clusterLength(mesh, all.subspan(from), widestMm);
            level.clusters.push_back(
                clusterOf(mesh, all.subspan(from, count), surface.triangles.size() + from));
            from += count;
        }
        for (const glm::uvec3 t : triangles) {
            glm::uvec3& corners = surface.triangles.emplace_back(t);
            for (int k = 0; k < 3; ++k) {
                std::uint32_t& place = places[t[k]];
                if (place == kNew) {
                    place = static_cast<std::uint32_t>(surface.vertices.size());
                    surface.vertices.push_back(t[k]);
                }
                corners[k] = place;
            }
        }
    };
    add(0, mesh.triangles);
    for (const float errorMm : coarserMm) add(errorMm, coarserTriangles(mesh, shown, errorMm));
    return surface;
}

std::vector<glm::uvec2> visibleRuns(std::span<const SurfaceCluster> clusters, const glm::mat4& clipFromWorld,
                                    glm::vec3 eyeMm, bool closed, bool bare) {
    const glm::mat4 rows = glm::transpose(clipFromWorld);
    const std::array<glm::vec4, 4> sides = {rows[3] + rows[0], rows[3] - rows[0], rows[3] + rows[1],
                                            rows[3] - rows[1]};
    std::vector<glm::uvec2> runs;
    for (const SurfaceCluster& cluster : clusters) {
        if (cluster.bare != bare) continue;
        const bool outside = std::ranges::any_of(sides, [&](const glm::vec4& side) {
            return glm::dot(side, glm::vec4(cluster.centreMm, 1)) <
                   -1.001f * cluster.radiusMm * glm::length(glm::vec3(side));
        });
        if (outside || (closed && facesAway(cluster, eyeMm))) continue;
        if (!runs.empty() && runs.back().x + runs.back().y == cluster.firstTriangle)
            runs.back().y += cluster.triangleCount;
        else
            runs.emplace_back(cluster.firstTriangle, cluster.triangleCount);
    }
    return runs;
}

}  // namespace stubble
