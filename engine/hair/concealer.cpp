// Sources: docs/sources.md, hair.
#include "engine/hair/concealer.h"

#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/scalp/point_tree.h"

namespace stubble {
namespace {

// Working defaults, unless said otherwise.
constexpr float kEdgeMm = 10;  // a user keeps the front edge soft
/// Keratin of wool, ground: the width is fine wool's.
constexpr float kLeastLengthMm = 0.2f, kMostLengthMm = 0.5f, kDiameterUm = 18, kDiameterSpread = 0.15f;
/// Half a gram on 150 cm² would be 50,000/cm², two layers: what lies under the uppermost ones hides skin
/// evenly (hiddenSkin).
constexpr float kDrawnPerCm2 = 1500, kLayers = 1.6f;
constexpr float kClingShare = 0.5f, kClingMm = 0.8f;  // static charge holds fibres to hair that is so near
constexpr float kLieMm = 0.02f, kTiltDegrees = 12;    // above the skin, and out of its plane
/// The thickest coat of powder still lets some skin through.
constexpr float kPowderHides = 0.9f;

enum Stream : std::uint64_t { fibres = 0x66696272 };

}  // namespace

std::string_view concealerKindName(ConcealerKind kind) {
    constexpr std::array<std::string_view, kConcealerKindCount> kNames = {"none", "fibres", "powder"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::vector<float> concealerShare(const Head& head, const Hairline& hairline,
                                  std::span<const float> vertexHairShare) {
    std::vector<float> share(vertexHairShare.size());
    parallelFor(share.size(), [&](std::size_t i) {
        const float lacking = head.craniumMask[i] - vertexHairShare[i];
        if (lacking <= 0) return;
        share[i] =
            lacking * glm::smoothstep(0.0f, kEdgeMm, hairline.signedDistanceMm(head.mesh.positionsMm[i]));
    });
    return share;
}

float hiddenSkin(ConcealerKind kind, float laid) {
    constexpr float kMeanLengthMm = 0.5f * (kLeastLengthMm + kMostLengthMm);
    constexpr float kDrawnLayers =
        kDrawnPerCm2 / static_cast<float>(kMm2PerCm2) * kMeanLengthMm * kDiameterUm * 1e-3f;
    static_assert(kDrawnLayers < kLayers);
    switch (kind) {
        case ConcealerKind::none:
            break;
        case ConcealerKind::fibres:
            return 1 - std::exp(-(kLayers - kDrawnLayers) * laid);
        case ConcealerKind::powder:
            return kPowderHides * laid;
    }
    return 0;
}

Strands looseFibres(const Head& head, std::span<const float> share, float amount, const Strands& hair,
                    std::uint64_t seed) {
    const TriMesh& mesh = head.mesh;
    std::vector<glm::vec3> roots(hair.size());
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = hair.pointsMm[i][0];
    const PointTree tree(roots);
    Strands out;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        const float laid = amount * (share[t.x] + share[t.y] + share[t.z]) / 3;
        if (laid <= 0) continue;
        RandomStream random(hashCounters(seed, Stream::fibres, i));
        const auto expected = kDrawnPerCm2 * laid * static_cast<float>(triangleAreaMm2(mesh, i) / kMm2PerCm2);
        const int count = static_cast<int>(expected + random.uniform());
        for (int k = 0; k < count; ++k) {
            const float root = std::sqrt(random.uniform()), v = random.uniform();
            const glm::vec3 b(1 - root, root * (1 - v), root * v);
            const glm::vec3 normal =
                glm::normalize(b.x * mesh.normals[t.x] + b.y * mesh.normals[t.y] + b.z * mesh.normals[t.z]);
            glm::vec3 middle = b.x * mesh.positionsMm[t.x] + b.y * mesh.positionsMm[t.y] +
                               b.z * mesh.positionsMm[t.z] + kLieMm * normal;
            const bool clings = random.uniform() < kClingShare;
            const float alongHair = random.uniform();
            if (const auto near = clings ? tree.nearest(middle, kClingMm) : std::nullopt) {
                const auto& points = hair.pointsMm[near->index];
                const float place = alongHair * (kStrandPoints - 1);
                const auto piece = std::min(static_cast<std::size_t>(place), kStrandPoints - 2);
                middle = glm::mix(points[piece], points[piece + 1], place - static_cast<float>(piece)) +
                         kLieMm * normal;
            }
            const glm::vec3 helper = std::abs(normal.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
            const glm::vec3 across = glm::normalize(glm::cross(normal, helper)),
                            along = glm::cross(across, normal);
            const float turn = 2 * kPi * random.uniform();
            const float tilt = radiansFromDegrees(kTiltDegrees) * (2 * random.uniform() - 1);
            const glm::vec3 direction =
                std::cos(tilt) * (std::cos(turn) * along + std::sin(turn) * across) + std::sin(tilt) * normal;
            const float lengthMm = glm::mix(kLeastLengthMm, kMostLengthMm, random.uniform());
            std::array<glm::vec3, kStrandPoints> points;
            for (std::size_t p = 0; p < kStrandPoints; ++p)
                points[p] =
                    middle + lengthMm * (static_cast<float>(p) / (kStrandPoints - 1) - 0.5f) * direction;
            out.pointsMm.push_back(points);
            out.normals.push_back(normal);
            out.lengthsMm.push_back(lengthMm);
            out.diametersUm.push_back(kDiameterUm * (1 + kDiameterSpread * (2 * random.uniform() - 1)));
            out.tipShares.push_back(1);
            out.melanin.push_back(1);
        }
    }
    return out;
}

}  // namespace stubble
