#include "engine/hair/strands.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/hair/length.h"

namespace stubble {
namespace {

/// A hair that lies on the skin rises from it by this share of its length, so that hairs cross over one
/// another. Working default.
constexpr float kLeastRise = 0.06f;
/// Radius that the skin falls away with under a hair, mm: a skull's. Working default.
constexpr float kFallRadiusMm = 90;

void resize(Strands& strands, std::size_t count) {
    strands.pointsMm.resize(count), strands.normals.resize(count), strands.lengthsMm.resize(count);
    strands.diametersUm.resize(count), strands.tipShares.resize(count), strands.melanin.resize(count);
}

}  // namespace

Strands growStrands(const Follicles& follicles, const HairDesign& hair) {
    Strands strands;
    resize(strands, follicles.size());
    parallelFor(follicles.size(), [&](std::size_t i) {
        const glm::vec3 root = follicles.positionsMm[i], normal = follicles.normals[i],
                        direction = follicles.directions[i];
        const glm::vec3 aside = glm::cross(follicles.curlAxes[i], direction);
        const float lengthMm = hairLengthMm(hair, follicles.growing[i] != 0, follicles.reachMm[i]);
        const float curvature = follicles.curvaturesPerMm[i];
        auto& points = strands.pointsMm[i];
        points[0] = root;
        for (std::size_t k = 1; k < kStrandPoints; ++k) {
            const float s = lengthMm * static_cast<float>(k) / (kStrandPoints - 1), angle = curvature * s;
            // sin(angle) ÷ curvature and (1 − cos(angle)) ÷ curvature, which a straight hair has as well.
            const float half = 0.5f * angle, sinc = std::abs(half) > 1e-4f ? std::sin(half) / half : 1.0f;
            const glm::vec3 offset = s * sinc * (std::cos(half) * direction + std::sin(half) * aside);
            const float rise = glm::dot(offset, normal);
            const float along2 = glm::dot(offset, offset) - rise * rise;
            const float least = kLeastRise * s - along2 / (2 * kFallRadiusMm);
            points[k] = root + offset + std::max(least - rise, 0.0f) * normal;
        }
        strands.normals[i] = normal;
        strands.lengthsMm[i] = lengthMm;
        strands.diametersUm[i] = follicles.diametersUm[i];
        strands.tipShares[i] = 1;
        strands.melanin[i] = follicles.melanin[i];
    });
    return strands;
}

Strands strandsOf(const Brows& brows) {
    // Brown, so that crossing hairs do not clot; a hair that was never cut tapers. Working defaults.
    constexpr float kMelanin = 0.62f, kTipShare = 0.35f;
    Strands strands;
    resize(strands, brows.size());
    for (std::size_t i = 0; i < brows.size(); ++i) {
        const glm::vec3 root = brows.rootsMm[i], middle = brows.middlesMm[i], tip = brows.tipsMm[i];
        for (std::size_t k = 0; k < kStrandPoints; ++k) {
            // A parabola through all three.
            const float t = static_cast<float>(k) / (kStrandPoints - 1);
            strands.pointsMm[i][k] =
                (1 - t) * (1 - 2 * t) * root + 4 * t * (1 - t) * middle + t * (2 * t - 1) * tip;
        }
        strands.normals[i] = brows.normals[i];
        strands.lengthsMm[i] = glm::distance(root, middle) + glm::distance(middle, tip);
        strands.diametersUm[i] = brows.diametersUm[i];
        strands.tipShares[i] = kTipShare;
        strands.melanin[i] = kMelanin;
    }
    return strands;
}

}  // namespace stubble
