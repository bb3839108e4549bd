#include "engine/geometry/polygon_mesh.h"

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

/// Twice the vector area of a closed polygon (Newell's method).
glm::dvec3 newellNormal(const PolygonMesh& mesh, const std::uint32_t* face, std::size_t size) {
    glm::dvec3 sum(0);
    const glm::dvec3 origin(mesh.positions[face[0]]);
    for (std::size_t i = 1; i + 1 < size; ++i)
        sum += glm::cross(glm::dvec3(mesh.positions[face[i]]) - origin,
                          glm::dvec3(mesh.positions[face[i + 1]]) - origin);
    return sum;
}

void splitQuad(const PolygonMesh& mesh, const std::uint32_t* q, std::vector<glm::uvec3>& out) {
    const glm::dvec3 a(mesh.positions[q[0]]), b(mesh.positions[q[1]]), c(mesh.positions[q[2]]),
        d(mesh.positions[q[3]]);
    const bool acFolds = glm::dot(glm::cross(b - a, c - a), glm::cross(c - a, d - a)) <= 0;
    const bool bdFolds = glm::dot(glm::cross(b - a, d - a), glm::cross(c - b, d - b)) <= 0;
    const bool acShorter = glm::dot(c - a, c - a) <= glm::dot(d - b, d - b);
    if (acFolds == bdFolds ? acShorter : bdFolds) {
        out.emplace_back(q[0], q[1], q[2]);
        out.emplace_back(q[0], q[2], q[3]);
    } else {
        out.emplace_back(q[0], q[1], q[3]);
        out.emplace_back(q[1], q[2], q[3]);
    }
}

/// Ear clipping (Meisters, "Polygons have ears", 1975) in the polygon's mean plane; a polygon without a clean
/// ear (crossing itself) gives up its first corner.
void clipEars(const PolygonMesh& mesh, const std::uint32_t* face, std::size_t size,
              std::vector<glm::uvec3>& out) {
    const glm::dvec3 normal = newellNormal(mesh, face, size);
    std::vector<std::uint32_t> ring(face, face + size);
    const auto at = [&](std::size_t i) { return glm::dvec3(mesh.positions[ring[i % ring.size()]]); };
    const auto side = [&](glm::dvec3 a, glm::dvec3 b, glm::dvec3 p) {
        return glm::dot(normal, glm::cross(b - a, p - a));
    };
    // Beyond a corner count where the cubic cost would hurt, a fan has to do.
    constexpr std::size_t kMaxClipped = 256;
    while (ring.size() > 3 && size <= kMaxClipped) {
        std::size_t ear = 0;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const glm::dvec3 a = at(i + ring.size() - 1), b = at(i), c = at(i + 1);
            if (side(a, b, c) <= 0) continue;
            bool clean = true;
            for (std::size_t k = 2; clean && k + 1 < ring.size(); ++k) {
                const glm::dvec3 p = at(i + k);
                clean = side(a, b, p) < 0 || side(b, c, p) < 0 || side(c, a, p) < 0;
            }
            if (clean) {
                ear = i;
                break;
            }
        }
        out.emplace_back(ring[(ear + ring.size() - 1) % ring.size()], ring[ear],
                         ring[(ear + 1) % ring.size()]);
        ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(ear));
    }
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) out.emplace_back(ring[0], ring[i], ring[i + 1]);
}

}  // namespace

std::size_t triangleCountOf(const PolygonMesh& mesh) {
    std::size_t count = 0;
    for (const std::uint32_t size : mesh.faceSizes) count += size - 2;
    return count;
}

std::vector<std::size_t> faceStarts(const PolygonMesh& mesh) {
    std::vector<std::size_t> starts(mesh.faceSizes.size() + 1, 0);
    for (std::size_t f = 0; f < mesh.faceSizes.size(); ++f) starts[f + 1] = starts[f] + mesh.faceSizes[f];
    return starts;
}

void keepFaces(PolygonMesh& mesh, const std::vector<char>& keep) {
    constexpr std::uint32_t kNone = 0xffffffffu;
    std::vector<std::uint32_t> newIndex(mesh.positions.size(), kNone);
    PolygonMesh kept;
    std::size_t start = 0;
    for (std::size_t f = 0; f < mesh.faceSizes.size(); ++f) {
        if (keep[f]) {
            kept.faceSizes.push_back(mesh.faceSizes[f]);
            for (std::uint32_t k = 0; k < mesh.faceSizes[f]; ++k)
                kept.indices.push_back(mesh.indices[start + k]);
        }
        start += mesh.faceSizes[f];
    }
    for (const std::uint32_t v : kept.indices) newIndex[v] = 0;
    for (std::size_t v = 0; v < newIndex.size(); ++v) {
        if (newIndex[v] == kNone) continue;
        newIndex[v] = static_cast<std::uint32_t>(kept.positions.size());
        kept.positions.push_back(mesh.positions[v]);
        if (!mesh.colours.empty()) kept.colours.push_back(mesh.colours[v]);
    }
    for (std::uint32_t& v : kept.indices) v = newIndex[v];
    mesh = std::move(kept);
}

TriMesh triangulate(const PolygonMesh& mesh) {
    TriMesh out;
    out.positionsMm = mesh.positions;
    out.tints = mesh.colours;
    out.triangles.reserve(triangleCountOf(mesh));
    std::size_t start = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        const std::uint32_t* face = mesh.indices.data() + start;
        if (size == 3)
            out.triangles.emplace_back(face[0], face[1], face[2]);
        else if (size == 4)
            splitQuad(mesh, face, out.triangles);
        else
            clipEars(mesh, face, size, out.triangles);
        start += size;
    }
    return out;
}

}  // namespace stubble
