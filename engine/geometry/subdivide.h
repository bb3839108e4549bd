#pragma once
// Smooth refinement of coarse meshes.

#include <cstddef>

#include "engine/geometry/polygon_mesh.h"

namespace stubble {

enum class SubdivisionScheme { catmullClark, loop };

/// Refines 1 to 5 levels with OpenSubdiv and moves the vertices to the limit surface. Open rims stay where
/// they are, as smooth curves. Loop takes triangles only. Colours are refined too.
PolygonMesh subdivide(const PolygonMesh& cage, SubdivisionScheme scheme, int levels);

/// The edge length that half of the surface's area lies below, each triangle counted by its longest edge.
float typicalEdgeMm(const TriMesh& mesh);

/// Splits edges longer than maxEdgeMm in halves until none is left or maxTriangles would be passed. A new
/// vertex lies on the curved edge that the normals at both ends describe (Vlachos et al., "Curved PN
/// triangles", 2001). Needs normals and recomputes them. Returns the number of edges split.
std::size_t splitLongEdges(TriMesh& mesh, float maxEdgeMm, std::size_t maxTriangles);

}  // namespace stubble
