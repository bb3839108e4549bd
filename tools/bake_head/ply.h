// Writes the finished mesh.
#pragma once

#include <string>
#include <vector>

#include "mesh.h"

namespace stubble::bake {

// Tint 1.0 is stored as 204, so that a factor up to 1.25 fits a byte.
void writePly(const std::string& path, const Mesh& mesh, const std::vector<glm::dvec3>& normals,
              const std::vector<glm::dvec3>& tints);

}  // namespace stubble::bake
