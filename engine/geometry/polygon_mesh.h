#pragma once
// Polygons as a file holds them, before the engine decides on triangles.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// Faces of three or more vertices. Positions are in the file's units until an importer scales them.
struct PolygonMesh {
    std::vector<glm::vec3> positions;
    std::vector<glm::vec3> colours;        ///< linear RGB, one a vertex, or empty
    std::vector<std::uint32_t> faceSizes;  ///< vertices of each face, at least 3
    std::vector<std::uint32_t> indices;    ///< of all faces, one after the other
    [[nodiscard]] std::size_t faceCount() const { return faceSizes.size(); }
};

/// Triangles after splitting every face: Σ (size − 2).
std::size_t triangleCountOf(const PolygonMesh& mesh);

/// Where each face's indices start; one more entry than faces.
std::vector<std::size_t> faceStarts(const PolygonMesh& mesh);

/// Keeps the faces whose entry is not 0, in order, and drops vertices that no face uses any more.
void keepFaces(PolygonMesh& mesh, const std::vector<char>& keep);

/// Splits quads along the shorter diagonal that leaves both halves facing the same way, and larger faces by
/// ear clipping. Copies positions; colours become tints unchanged; no normals.
TriMesh triangulate(const PolygonMesh& mesh);

}  // namespace stubble
