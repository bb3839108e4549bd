// Shape and flow after the usual description of a man's brow: a wide head with hairs that stand up, a body
// that flows outwards, a thin tail that points down (Nguyen, "The eyebrow", in Hair and Scalp Disorders,
// 2014). All figures are working defaults.
#include "engine/hair/brows.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

constexpr int kHairsASide = 660;
/// Midline of the brow from its head to its tail: distance from the midline as a part of the canthus' own,
/// height over the glabella in mm.
constexpr std::array<glm::vec2, 6> kMidline = {
    {{0.26f, -7.0f}, {0.45f, -4.5f}, {0.64f, -2.8f}, {0.82f, -2.0f}, {0.99f, -3.4f}, {1.14f, -8.0f}}};
constexpr std::array<float, 6> kHalfWidthMm = {3.6f, 4.2f, 3.9f, 3.3f, 2.4f, 0.9f};
/// Angle of the hairs' flow above the outward level.
constexpr std::array<float, 6> kFlowDegrees = {74, 48, 24, 8, -10, -26};
constexpr std::array<float, 6> kLengthMm = {6.5f, 8.5f, 9.0f, 8.5f, 7.5f, 5.5f};
constexpr float kLiftDegrees = 16;  // off the skin at the root; the tip lies down

template <typename T>
T along(const std::array<T, 6>& values, float t) {
    const float place = std::clamp(t, 0.0f, 1.0f) * 5;
    const auto i = std::min(static_cast<std::size_t>(place), std::size_t{4});
    return glm::mix(values[i], values[i + 1], place - static_cast<float>(i));
}

}  // namespace

Brows growBrows(const Head& head, std::uint64_t seed) {
    Brows brows;
    const std::shared_ptr<const Skull> skull = skullOf(head);
    const RayScene& rays = skull->tracer().rays();
    const glm::vec3 glabella = head.landmarks[Landmark::glabella];
    for (const float side : {1.0f, -1.0f}) {
        const glm::vec3 canthus = head.landmarks[side > 0 ? Landmark::canthusLeft : Landmark::canthusRight];
        const float reach = std::abs(canthus.x - glabella.x);
        for (std::uint64_t i = 0; i < kHairsASide; ++i) {
            RandomStream random(hashCounters(seed, 0x62726f77, i + (side > 0 ? 0 : kHairsASide)));
            // Golden-ratio steps spread the hairs evenly along the brow, thinning towards the tail.
            const float even = std::fmod(static_cast<float>(i) * 0.61803399f + 0.3f * random.uniform(), 1.0f);
            const float t = 1 - std::pow(1 - even, 0.8f);
            // Two uniforms make a triangle: dense in the middle, loose at the edges.
            const float across = random.uniform() + random.uniform() - 1;
            const glm::vec2 middle = along(kMidline, t);
            const float x = glabella.x + side * (middle.x * reach),
                        y = glabella.y + middle.y + 1.15f * across * along(kHalfWidthMm, t);
            const auto hit = rays.firstHit({x, y, head.landmarks[Landmark::pronasale].z + 60}, {0, 0, -1});
            if (!hit || hit->positionMm.z < canthus.z - 25) continue;
            const glm::vec3 root = hit->positionMm, normal = normalAt(head.mesh, hit->point);
            const auto spread = [&] { return random.uniform() + random.uniform() - 1; };
            // Upper hairs lean down, lower ones up: the brow closes towards its middle.
            const float flow = radiansFromDegrees(along(kFlowDegrees, t) - 18 * across + 22 * spread());
            const glm::vec3 wish(side * std::cos(flow), std::sin(flow), 0);
            const glm::vec3 tangent = glm::normalize(wish - normal * glm::dot(wish, normal));
            const float length = along(kLengthMm, t) * (0.8f + 0.35f * random.uniform());
            const float lift = radiansFromDegrees(kLiftDegrees * (0.6f + 0.8f * random.uniform()));
            const glm::vec3 rising = std::cos(lift) * tangent + std::sin(lift) * normal;
            // The outer half bends outwards and back to the skin.
            const glm::vec3 outward = glm::normalize(glm::vec3(side, 0, 0) - normal * (side * normal.x));
            const glm::vec3 falling = glm::normalize(tangent + 0.35f * outward - 0.12f * normal);
            brows.rootsMm.push_back(root);
            brows.middlesMm.push_back(root + 0.5f * length * rising);
            brows.tipsMm.push_back(root + 0.5f * length * (rising + falling));
            brows.normals.push_back(normal);
            brows.diametersUm.push_back(48 + 26 * random.uniform());
        }
    }
    return brows;
}

}  // namespace stubble
