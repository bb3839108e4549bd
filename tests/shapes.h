#pragma once
// Analytic meshes for tests and benchmarks.

#include <algorithm>
#include <cstdint>
#include <glm/glm.hpp>
#include <map>
#include <utility>

#include "engine/geometry/mesh.h"

namespace stubble {

/// An icosahedron subdivided `levels` times (20 · 4^levels triangles), scaled to the semi-axes.
inline TriMesh makeEllipsoid(int levels, glm::vec3 semiAxesMm) {
    const float g = 1.6180339887f;
    TriMesh mesh;
    mesh.positionsMm = {{-1, g, 0},  {1, g, 0},  {-1, -g, 0}, {1, -g, 0}, {0, -1, g},  {0, 1, g},
                        {0, -1, -g}, {0, 1, -g}, {g, 0, -1},  {g, 0, 1},  {-g, 0, -1}, {-g, 0, 1}};
    mesh.triangles = {{0, 11, 5},  {0, 5, 1},  {0, 1, 7},  {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4},
                      {11, 10, 2}, {10, 7, 6}, {7, 1, 8},  {3, 9, 4},  {3, 4, 2},   {3, 2, 6}, {3, 6, 8},
                      {3, 8, 9},   {4, 9, 5},  {2, 4, 11}, {6, 2, 10}, {8, 6, 7},   {9, 8, 1}};
    for (int level = 0; level < levels; ++level) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> midpoints;
        const auto midpoint = [&](std::uint32_t a, std::uint32_t b) {
            const auto next = static_cast<std::uint32_t>(mesh.positionsMm.size());
            const auto [found, fresh] = midpoints.try_emplace({std::min(a, b), std::max(a, b)}, next);
            if (fresh) mesh.positionsMm.push_back(mesh.positionsMm[a] + mesh.positionsMm[b]);
            return found->second;
        };
        std::vector<glm::uvec3> finer;
        for (const glm::uvec3 t : mesh.triangles) {
            const std::uint32_t a = midpoint(t.x, t.y), b = midpoint(t.y, t.z), c = midpoint(t.z, t.x);
            finer.insert(finer.end(), {{t.x, a, c}, {t.y, b, a}, {t.z, c, b}, {a, b, c}});
        }
        mesh.triangles = std::move(finer);
        for (glm::vec3& p : mesh.positionsMm) p = glm::normalize(p);
    }
    for (glm::vec3& p : mesh.positionsMm) p = glm::normalize(p) * semiAxesMm;
    computeNormals(mesh);
    return mesh;
}

/// A square [0, sizeMm]² in x and z at the given height, normal up, of cells × cells × 2 triangles.
inline TriMesh makeSquare(float sizeMm, std::uint32_t cells, float heightMm = 0) {
    TriMesh mesh;
    const float step = sizeMm / static_cast<float>(cells);
    for (std::uint32_t j = 0; j <= cells; ++j)
        for (std::uint32_t i = 0; i <= cells; ++i)
            mesh.positionsMm.emplace_back(static_cast<float>(i) * step, heightMm,
                                          static_cast<float>(j) * step);
    for (std::uint32_t j = 0; j < cells; ++j)
        for (std::uint32_t i = 0; i < cells; ++i) {
            const std::uint32_t a = j * (cells + 1) + i, b = a + 1, c = a + cells + 1, d = c + 1;
            mesh.triangles.insert(mesh.triangles.end(), {{a, c, d}, {a, d, b}});
        }
    mesh.normals.assign(mesh.positionsMm.size(), {0, 1, 0});
    return mesh;
}

/// Two squares on top of one another, thicknessMm apart, facing away from each other.
inline TriMesh makeSheet(float sizeMm, std::uint32_t cells, float thicknessMm) {
    TriMesh sheet = makeSquare(sizeMm, cells, thicknessMm);
    const auto vertices = static_cast<std::uint32_t>(sheet.positionsMm.size());
    const TriMesh below = makeSquare(sizeMm, cells);
    sheet.positionsMm.insert(sheet.positionsMm.end(), below.positionsMm.begin(), below.positionsMm.end());
    sheet.normals.insert(sheet.normals.end(), vertices, {0, -1, 0});
    for (const glm::uvec3 t : below.triangles)
        sheet.triangles.emplace_back(t.x + vertices, t.z + vertices, t.y + vertices);
    return sheet;
}

}  // namespace stubble
