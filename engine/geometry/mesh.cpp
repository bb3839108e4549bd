#include "engine/geometry/mesh.h"

#include <cmath>

namespace stubble {

glm::vec3 positionMmAt(const TriMesh& mesh, const SurfacePoint& point) {
    const glm::uvec3 t = mesh.triangles[point.triangle];
    return point.barycentric.x * mesh.positionsMm[t.x] + point.barycentric.y * mesh.positionsMm[t.y] +
           point.barycentric.z * mesh.positionsMm[t.z];
}

glm::vec3 normalAt(const TriMesh& mesh, const SurfacePoint& point) {
    const glm::uvec3 t = mesh.triangles[point.triangle];
    return glm::normalize(point.barycentric.x * mesh.normals[t.x] + point.barycentric.y * mesh.normals[t.y] +
                          point.barycentric.z * mesh.normals[t.z]);
}

double triangleAreaMm2(const TriMesh& mesh, std::uint32_t triangle) {
    const glm::uvec3 t = mesh.triangles[triangle];
    const glm::dvec3 a(mesh.positionsMm[t.x]), b(mesh.positionsMm[t.y]), c(mesh.positionsMm[t.z]);
    return 0.5 * glm::length(glm::cross(b - a, c - a));
}

double areaMm2(const TriMesh& mesh) {
    double sum = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) sum += triangleAreaMm2(mesh, i);
    return sum;
}

Bounds boundsOf(const TriMesh& mesh) {
    if (mesh.positionsMm.empty()) return {};
    Bounds bounds{mesh.positionsMm[0], mesh.positionsMm[0]};
    for (const glm::vec3& p : mesh.positionsMm) {
        bounds.minMm = glm::min(bounds.minMm, p);
        bounds.maxMm = glm::max(bounds.maxMm, p);
    }
    return bounds;
}

void computeNormals(TriMesh& mesh) {
    std::vector<glm::dvec3> sums(mesh.positionsMm.size(), glm::dvec3(0));
    for (const glm::uvec3& t : mesh.triangles) {
        for (int k = 0; k < 3; ++k) {
            const glm::dvec3 here(mesh.positionsMm[t[k]]);
            const glm::dvec3 next = glm::dvec3(mesh.positionsMm[t[(k + 1) % 3]]) - here;
            const glm::dvec3 last = glm::dvec3(mesh.positionsMm[t[(k + 2) % 3]]) - here;
            const glm::dvec3 cross = glm::cross(next, last);
            const double sine = glm::length(cross);
            if (sine > 0) sums[t[k]] += cross / sine * std::atan2(sine, glm::dot(next, last));
        }
    }
    mesh.normals.resize(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double length = glm::length(sums[i]);
        mesh.normals[i] = length > 0 ? glm::vec3(sums[i] / length) : glm::vec3(0, 1, 0);
    }
}

}  // namespace stubble
