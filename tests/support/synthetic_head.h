#pragma once
// A head from formulas, whose landmarks are known: cross-sections stacked along the height, with brows, a
// nose and ears. Millimetres, +Y up, face towards +Z, the tragi at height 0.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/geometry/polygon_mesh.h"
#include "engine/scalp/landmarks.h"

namespace stubble {

struct SyntheticHead {
    PolygonMesh mesh;  ///< quads, one open rim at the neck
    Landmarks landmarks;
};

namespace synthetic {

struct Section {
    float y, halfWidth, front, back;
};
inline constexpr std::array<Section, 9> kSections = {{{30, 76, 97, -97},
                                                      {3, 75, 97, -92},
                                                      {-40, 68, 95, -70},
                                                      {-70, 58, 95, -62},
                                                      {-84, 50, 90, -60},
                                                      {-90, 47, 74, -59},
                                                      {-92, 46, 44, -59},
                                                      {-120, 50, 40, -60},
                                                      {-150, 55, 40, -62}}};

inline Section sectionAt(float y) {
    if (y >= 30) {
        const float t = (y - 30) / 102, r = std::sqrt(std::max(0.0f, 1 - t * t));
        return {y, 76 * r, 97 * r, -97 * r};
    }
    std::size_t i = 1;
    while (i + 1 < kSections.size() && kSections[i].y > y) ++i;
    const Section &a = kSections[i - 1], &b = kSections[i];
    const float t = (a.y - y) / (a.y - b.y);
    const auto mix = [t](float p, float q) { return p + t * (q - p); };
    return {y, mix(a.halfWidth, b.halfWidth), mix(a.front, b.front), mix(a.back, b.back)};
}

inline float noseAt(float y) {
    if (y > 30 || y < -22) return 0;
    return y > -13 ? (30 - y) / 43 : (y + 22) / 9;
}

inline glm::vec3 skinAt(float y, float turn, bool ears) {
    const Section s = sectionAt(y);
    const float c = std::cos(turn);
    glm::vec3 p(s.halfWidth * std::sin(turn), y, (c > 0 ? s.front : -s.back) * c);
    if (c > 0) {
        p.z += 24 * noseAt(y) * std::exp(-p.x * p.x / 81);
        p.z += 5 * std::exp(-(y - 46) * (y - 46) / 100) * std::exp(-p.x * p.x / 900);
    }
    const float ey = y / 30, ez = (p.z + 15) / 17;
    if (ears && ey * ey + ez * ez < 1 && std::abs(p.x) > 50) {
        const float rear = std::clamp(-p.z / 20, 0.0f, 1.0f);
        const float concha = std::exp(-(y * y + (p.z + 8) * (p.z + 8)) / 40);
        const float tragus = std::exp(-(y * y + p.z * p.z) / 12);
        p.x += (p.x > 0 ? 1.0f : -1.0f) * (15 * rear - 14 * concha + 4 * tragus);
    }
    return p;
}

}  // namespace synthetic

/// Quads about `edgeMm` long.
inline SyntheticHead syntheticHead(float edgeMm = 2, bool ears = true) {
    SyntheticHead head;
    const int rings = static_cast<int>(282 / edgeMm), around = static_cast<int>(520 / edgeMm) / 2 * 2;
    head.mesh.positions.emplace_back(0, 132, 0);
    for (int r = 1; r <= rings; ++r) {
        // Rings even along the dome, not in height.
        const float t = static_cast<float>(r) / static_cast<float>(rings);
        constexpr float kDome = 0.42f;
        const float y = t < kDome ? 30 + 102 * std::cos(t / kDome * std::numbers::pi_v<float> / 2)
                                  : 30 - 180 * (t - kDome) / (1 - kDome);
        for (int a = 0; a < around; ++a)
            head.mesh.positions.push_back(synthetic::skinAt(
                y, 2 * std::numbers::pi_v<float> * static_cast<float>(a) / static_cast<float>(around), ears));
    }
    const auto at = [&](int r, int a) {
        return static_cast<std::uint32_t>(1 + (r - 1) * around + a % around);
    };
    for (int a = 0; a < around; ++a) {
        head.mesh.faceSizes.push_back(3);
        for (const std::uint32_t v : {0u, at(1, a), at(1, a + 1)}) head.mesh.indices.push_back(v);
    }
    for (int r = 1; r < rings; ++r)
        for (int a = 0; a < around; ++a) {
            head.mesh.faceSizes.push_back(4);
            for (const std::uint32_t v : {at(r, a), at(r + 1, a), at(r + 1, a + 1), at(r, a + 1)})
                head.mesh.indices.push_back(v);
        }
    Landmarks& l = head.landmarks;
    const auto midline = [](float y) { return synthetic::skinAt(y, 0, true); };
    l[Landmark::nasion] = midline(31);
    l[Landmark::glabella] = midline(45);
    l[Landmark::pronasale] = midline(-13);
    l[Landmark::menton] = midline(-90);
    l[Landmark::vertex] = {0, 132, 0};
    l[Landmark::inion] = {0, 3, -92};
    l[Landmark::tragusLeft] = {75, 0, 0};
    l[Landmark::tragusRight] = {-75, 0, 0};
    l[Landmark::canthusLeft] = {45, 24, 80};
    l[Landmark::canthusRight] = {-45, 24, 80};
    return head;
}

}  // namespace stubble
