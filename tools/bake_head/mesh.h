// A triangle mesh as the baker passes it from step to step.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <glm/glm.hpp>
#include <vector>

namespace stubble::bake {

using Triangle = std::array<int, 3>;

struct Mesh {
    std::vector<glm::dvec3> positions;
    std::vector<Triangle> triangles;
};

// Runs body(i) for every i below count; the results must not depend on the order.
void parallelFor(int count, const std::function<void(int)>& body);

// Means of the adjoining faces' normals, weighted by area.
std::vector<glm::dvec3> vertexNormals(const Mesh& mesh);

struct MeshReport {
    int components = 0, boundaryEdges = 0, nonManifoldEdges = 0, nonManifoldVertices = 0, degenerate = 0;
    int handles = 0;  // tunnels through the solid; a head has none
    double volumeMm3 = 0.0, minAngleDeg = 180.0;
    bool clean() const {
        return components == 1 && nonManifoldEdges == 0 && nonManifoldVertices == 0 && degenerate == 0 &&
               handles == 0;
    }
};

MeshReport inspect(const Mesh& mesh);

}  // namespace stubble::bake
