#pragma once
// How much of the surroundings each place on a mesh sees.

#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// Cosine-weighted share of the hemisphere above each vertex that the mesh itself leaves open, 0 to 1
/// (ambient occlusion: Landis, "Production-ready global illumination", 2002). Deterministic; kept in the disk
/// cache.
std::vector<float> vertexOpenness(const TriMesh& mesh);

}  // namespace stubble
