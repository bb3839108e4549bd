#pragma once
// Heads whose every measure is known: an ellipsoid with plates for ears.

#include <cmath>
#include <functional>
#include <utility>

#include "engine/scalp/head.h"

namespace stubble::test {

inline constexpr glm::vec3 kCentreMm{0, 30, 0};
inline constexpr glm::vec3 kHalfAxesMm{75, 100, 97};
inline constexpr glm::vec3 kEarCentreMm{85, 2, -12};
inline constexpr glm::vec3 kEarHalfAxesMm{5, 30, 16};
inline constexpr int kRings = 120;  // of the skull, pole to pole

/// A closed ellipsoid with poles along Y, about 2·rings² triangles.
inline void addEllipsoid(TriMesh& mesh, glm::vec3 centre, glm::vec3 halfAxes, int rings) {
    const auto base = static_cast<std::uint32_t>(mesh.positionsMm.size());
    const int columns = 2 * rings;
    const auto add = [&](float polar, float azimuth) {
        const glm::vec3 unit(std::sin(polar) * std::sin(azimuth), std::cos(polar),
                             std::sin(polar) * std::cos(azimuth));
        mesh.positionsMm.push_back(centre + halfAxes * unit);
        mesh.normals.push_back(glm::normalize(unit / halfAxes));
    };
    const float pi = std::acos(-1.0f);
    add(0, 0);
    for (int ring = 1; ring < rings; ++ring)
        for (int column = 0; column < columns; ++column)
            add(pi * static_cast<float>(ring) / static_cast<float>(rings),
                2 * pi * static_cast<float>(column) / static_cast<float>(columns));
    add(pi, 0);
    const std::uint32_t last = base + static_cast<std::uint32_t>((rings - 1) * columns) + 1;
    const auto at = [&](int ring, int column) {
        return base + 1 + static_cast<std::uint32_t>((ring - 1) * columns + column % columns);
    };
    for (int column = 0; column < columns; ++column) {
        mesh.triangles.push_back({base, at(1, column), at(1, column + 1)});
        for (int ring = 1; ring + 1 < rings; ++ring) {
            mesh.triangles.push_back({at(ring, column), at(ring + 1, column), at(ring + 1, column + 1)});
            mesh.triangles.push_back({at(ring, column), at(ring + 1, column + 1), at(ring, column + 1)});
        }
        mesh.triangles.push_back({at(rings - 1, column), last, at(rings - 1, column + 1)});
    }
}

/// On the ellipsoid's front (side 1) or back (−1) at the given x and y.
inline glm::vec3 onFront(float x, float y, float side) {
    const glm::vec2 u((x - kCentreMm.x) / kHalfAxesMm.x, (y - kCentreMm.y) / kHalfAxesMm.y);
    return {x, y, kCentreMm.z + side * kHalfAxesMm.z * std::sqrt(1 - glm::dot(u, u))};
}

inline Landmarks ellipsoidLandmarks() {
    Landmarks l;
    l.confidence.fill(1);
    const float x = kHalfAxesMm.x * std::sqrt(1 - std::pow(kCentreMm.y / kHalfAxesMm.y, 2.0f));
    l[Landmark::tragusLeft] = {x, 0, 0};
    l[Landmark::tragusRight] = {-x, 0, 0};
    l[Landmark::vertex] = {0, kCentreMm.y + kHalfAxesMm.y, 0};
    l[Landmark::nasion] = onFront(0, 22, 1);
    l[Landmark::glabella] = onFront(0, 38, 1);
    l[Landmark::pronasale] = onFront(0, -18, 1);
    l[Landmark::menton] = onFront(0, -60, 1);
    l[Landmark::inion] = onFront(0, 3, -1);
    l[Landmark::canthusLeft] = onFront(45, 0, 1);
    // So high that the head frame is the ellipsoid's own: 12° over the tragi.
    for (int i = 0; i < 50; ++i) {
        const glm::vec3 c = l[Landmark::canthusLeft];
        l[Landmark::canthusLeft] = onFront(45, c.z * std::tan(12 * std::acos(-1.0f) / 180), 1);
    }
    l[Landmark::canthusRight] = l[Landmark::canthusLeft] * glm::vec3(-1, 1, 1);
    return l;
}

struct MeshAndLandmarks {
    TriMesh mesh;
    Landmarks landmarks;
    std::size_t skullVertices = 0;  ///< those after are ears
};

inline MeshAndLandmarks ellipsoidParts(int rings = kRings) {
    MeshAndLandmarks parts{{}, ellipsoidLandmarks(), 0};
    addEllipsoid(parts.mesh, kCentreMm, kHalfAxesMm, rings);
    parts.skullVertices = parts.mesh.positionsMm.size();
    for (const float side : {1.0f, -1.0f})
        addEllipsoid(parts.mesh, kEarCentreMm * glm::vec3(side, 1, 1), kEarHalfAxesMm, 16);
    return parts;
}

/// Built once: 57,000 triangles of about 3 mm.
inline const Head& ellipsoidHead() {
    static const Head head = [] {
        MeshAndLandmarks parts = ellipsoidParts();
        auto built = buildHead("ellipsoid", std::move(parts.mesh), parts.landmarks);
        return built ? *std::move(built) : Head{};
    }();
    return head;
}

/// The vertex nearest to a place.
inline std::size_t vertexNear(const Head& head, glm::vec3 placeMm) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < head.mesh.positionsMm.size(); ++i)
        if (glm::distance(head.mesh.positionsMm[i], placeMm) <
            glm::distance(head.mesh.positionsMm[best], placeMm))
            best = i;
    return best;
}

/// The skull's vertex mirrored left to right: vertices run ring by ring around the Y axis from the face.
inline std::size_t mirrorOf(std::size_t vertex, int rings = kRings) {
    const std::size_t columns = 2 * static_cast<std::size_t>(rings);
    const std::size_t last = (static_cast<std::size_t>(rings) - 1) * columns + 1;
    if (vertex == 0 || vertex >= last) return vertex;
    const std::size_t ring = (vertex - 1) / columns, column = (vertex - 1) % columns;
    return 1 + ring * columns + (columns - column) % columns;
}

}  // namespace stubble::test
