#pragma once
// Cleaning of meshes as scanners and modellers leave them. All steps keep order and are deterministic.

#include <cstddef>

#include "engine/geometry/polygon_mesh.h"

namespace stubble {

/// Merges vertices closer than `tolerance` (in the mesh's units, ≥ 0) into the first of them, whose colour
/// stays. Returns how many went.
std::size_t weldVertices(PolygonMesh& mesh, float tolerance);

/// Removes repeated corners, faces left with fewer than three, triangles without area, and faces over the
/// same vertices as an earlier one. Returns how many faces went.
std::size_t dropBadFaces(PolygonMesh& mesh);

/// Keeps the piece of largest area and those others that are neither small beside it (under 5 % of its area)
/// nor inside it (eyeballs, teeth). Returns how many pieces went.
std::size_t dropLooseParts(PolygonMesh& mesh);

struct Topology {
    std::size_t openRims = 0;          ///< connected runs of edges that have one face
    std::size_t nonManifoldEdges = 0;  ///< edges with more than two faces
};

/// Turns faces so that neighbours agree and each patch looks outwards, away from the middle it encloses.
/// `turned` says whether most faces had to be turned.
Topology orientOutwards(PolygonMesh& mesh, bool& turned);

/// Makes tints of the triangle mesh relative to their median (1 = plain skin), clamped to [0, 4]. Tints that
/// are all alike say nothing and are removed.
void tintsFromColours(TriMesh& mesh);

/// Removes triangles without area from a triangle mesh, and vertices without triangles. Returns how many
/// triangles went.
std::size_t dropBadTriangles(TriMesh& mesh);

}  // namespace stubble
