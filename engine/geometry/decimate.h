#pragma once
// Thins meshes that are finer than anything needs.

#include <cstddef>

#include "engine/geometry/mesh.h"

namespace stubble {

/// Collapses edges down to maxTriangles, those first that change the shape least. No triangle turns over,
/// rims stay where they are and no hole opens or closes; a mesh that allows no further collapse stays larger.
/// Tints are averaged; normals are left empty. Deterministic. About 5 s for each million triangles on one
/// core.
void decimate(TriMesh& mesh, std::size_t maxTriangles);

}  // namespace stubble
