#pragma once
// The one triangle mesh type of the engine.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

namespace stubble {

/// Triangles in millimetres, counter-clockwise seen from outside. After import: one connected piece or
/// several, no degenerate triangle, every index in range, unit normals, finite everywhere.
struct TriMesh {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;  ///< unit, one a vertex
    std::vector<glm::vec3>
        tints;  ///< albedo relative to plain skin (1 = plain), one a vertex; empty when unknown
    std::vector<glm::uvec3> triangles;  ///< vertex indices
};

/// A place on a mesh: position = Σ barycentric[k] · vertex k of the triangle.
struct SurfacePoint {
    std::uint32_t triangle = 0;
    glm::vec3 barycentric{1, 0, 0};
};

glm::vec3 positionMmAt(const TriMesh& mesh, const SurfacePoint& point);
/// Smooth (interpolated) unit normal.
glm::vec3 normalAt(const TriMesh& mesh, const SurfacePoint& point);

/// Area of a triangle or of the whole mesh, mm².
double triangleAreaMm2(const TriMesh& mesh, std::uint32_t triangle);
double areaMm2(const TriMesh& mesh);

struct Bounds {
    glm::vec3 minMm{0}, maxMm{0};
    [[nodiscard]] glm::vec3 centreMm() const { return 0.5f * (minMm + maxMm); }
    [[nodiscard]] glm::vec3 sizeMm() const { return maxMm - minMm; }
};
Bounds boundsOf(const TriMesh& mesh);

/// Angle-weighted vertex normals (Thürmer and Wüthrich, "Computing vertex normals from polygonal facets",
/// 1998), overwriting mesh.normals.
void computeNormals(TriMesh& mesh);

}  // namespace stubble
