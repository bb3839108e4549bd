// Rebuilds the triangulation with well-shaped triangles of a wanted local size, every vertex on the surface.
#pragma once

#include <functional>

#include "head_field.h"
#include "mesh.h"

namespace stubble::bake {

using SizeField = std::function<double(const glm::dvec3&)>;

Mesh remesh(const Mesh& coarse, const HeadField& field, const SizeField& edgeLength, int rounds);

}  // namespace stubble::bake
