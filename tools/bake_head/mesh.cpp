// Topology checks: every edge shared by exactly two triangles, every vertex surrounded by one fan.
// Method: Mario Botsch et al., "Polygon Mesh Processing", 2010.
#include "mesh.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace stubble::bake {

void parallelFor(int count, const std::function<void(int)>& body) {
    tbb::parallel_for(tbb::blocked_range<int>(0, count, 256), [&](const tbb::blocked_range<int>& r) {
        for (int i = r.begin(); i < r.end(); ++i) body(i);
    });
}

std::vector<glm::dvec3> vertexNormals(const Mesh& mesh) {
    std::vector<glm::dvec3> out(mesh.positions.size(), glm::dvec3(0.0));
    for (const Triangle& t : mesh.triangles) {
        const glm::dvec3 a = mesh.positions[static_cast<size_t>(t[0])];
        const glm::dvec3 n = glm::cross(mesh.positions[static_cast<size_t>(t[1])] - a,
                                        mesh.positions[static_cast<size_t>(t[2])] - a);
        for (const int v : t) out[static_cast<size_t>(v)] += n;
    }
    for (glm::dvec3& n : out) n = glm::normalize(n);
    return out;
}

MeshReport inspect(const Mesh& mesh) {
    MeshReport out;
    const size_t n = mesh.positions.size();
    std::map<std::pair<int, int>, std::pair<int, int>> edges;  // uses in either direction
    std::vector<int> parent(n), fans(n, 0);
    std::iota(parent.begin(), parent.end(), 0);
    auto root = [&](int v) {
        while (parent[static_cast<size_t>(v)] != v)
            v = parent[static_cast<size_t>(v)] = parent[static_cast<size_t>(parent[static_cast<size_t>(v)])];
        return v;
    };
    std::vector<std::vector<std::pair<int, int>>> links(n);
    for (const Triangle& t : mesh.triangles) {
        glm::dvec3 p[3];
        for (size_t k = 0; k < 3; ++k) p[k] = mesh.positions[static_cast<size_t>(t[k])];
        for (size_t k = 0; k < 3; ++k) {
            const int a = t[k], b = t[(k + 1) % 3];
            auto& e = edges[{std::min(a, b), std::max(a, b)}];
            (a < b ? e.first : e.second)++;
            parent[static_cast<size_t>(root(a))] = root(b);
            links[static_cast<size_t>(a)].emplace_back(b, t[(k + 2) % 3]);
            const glm::dvec3 u = p[(k + 1) % 3] - p[k], v = p[(k + 2) % 3] - p[k];
            const double angle = std::atan2(glm::length(glm::cross(u, v)), glm::dot(u, v)) * 180.0 / M_PI;
            out.minAngleDeg = std::min(out.minAngleDeg, angle);
        }
        const double area = 0.5 * glm::length(glm::cross(p[1] - p[0], p[2] - p[0]));
        if (area < 1e-6) ++out.degenerate;
        out.volumeMm3 += glm::dot(p[0], glm::cross(p[1], p[2])) / 6.0;
    }
    for (const auto& [key, use] : edges) {
        if (use.first + use.second == 1) ++out.boundaryEdges;
        if (use.first > 1 || use.second > 1) ++out.nonManifoldEdges;
    }
    for (size_t v = 0; v < n; ++v) {
        if (links[v].empty()) continue;
        if (root(static_cast<int>(v)) == static_cast<int>(v)) ++out.components;
        // Walk the fan; a second fan at the same vertex leaves spokes unvisited.
        std::map<int, int> next;
        for (const auto& l : links[v]) next[l.first] = l.second;
        int at = links[v][0].first;
        size_t steps = 0;
        do {
            const auto it = next.find(at);
            if (it == next.end()) break;
            at = it->second;
            ++steps;
        } while (at != links[v][0].first && steps <= links[v].size());
        if (steps != links[v].size()) ++out.nonManifoldVertices;
    }
    // Euler's formula for closed surfaces: V - E + F = 2 (components - handles).
    const auto euler =
        static_cast<long>(n) - static_cast<long>(edges.size()) + static_cast<long>(mesh.triangles.size());
    out.handles = out.components - static_cast<int>(euler / 2);
    return out;
}

}  // namespace stubble::bake
