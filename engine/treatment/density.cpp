#include "engine/treatment/density.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/scalp/place_tree.h"

namespace stubble {
namespace {

/// Below this there is too little of the skull to say how much hair a place has lost.
constexpr float kLeastMask = 0.02f;

float smoothStep(float low, float high, float x) {
    if (!(high > low)) return x >= low ? 1.0f : 0.0f;
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

std::vector<float> vertexAreasMm2(const TriMesh& mesh) {
    std::vector<double> areas(mesh.positionsMm.size(), 0);
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i)
        for (int k = 0; k < 3; ++k) areas[mesh.triangles[i][k]] += triangleAreaMm2(mesh, i) / 3;
    return {areas.begin(), areas.end()};
}

}  // namespace

std::vector<float> missingHair(const Head& head, std::span<const float> hairShare, float blendMm) {
    const auto& positions = head.mesh.positionsMm;
    const std::vector<float>& mask = head.craniumMask;
    std::vector<std::uint32_t> skull;
    for (std::uint32_t i = 0; i < mask.size(); ++i)
        if (mask[i] > kLeastMask) skull.push_back(i);
    std::vector<float> missing(mask.size(), 0.0f);
    const float radius = 0.5f * blendMm;
    const auto missingAt = [&](std::uint32_t i) {
        return 1 - std::clamp(hairShare[i] / mask[i], 0.0f, 1.0f);
    };
    if (!(radius > 0)) {
        for (const std::uint32_t i : skull) missing[i] = missingAt(i);
        return missing;
    }
    const std::vector<float> areas = vertexAreasMm2(head.mesh);
    std::vector<glm::vec3> skullMm;
    for (const std::uint32_t i : skull) skullMm.push_back(positions[i]);
    const PlaceTree tree(skullMm);
    const auto vertexOf = [&](std::size_t slot) { return skull[tree.order()[slot]]; };
    parallelFor(
        tree.leafCount(),
        [&](std::size_t leaf) {
            const PlaceTree::Node& here = tree.leaf(leaf);
            std::array<double, PlaceTree::kMaxLeafPlaces> sums{}, weights{};
            const float reach = here.radiusMm + radius;
            tree.visitLeaves({here.centreMm - reach, here.centreMm + reach}, [&](std::size_t near) {
                for (std::size_t other = tree.leaf(near).begin; other < tree.leaf(near).end; ++other) {
                    const glm::vec3 off = tree.positionsMm()[other] - here.centreMm;
                    if (glm::dot(off, off) > reach * reach) continue;
                    const std::uint32_t from = vertexOf(other);
                    const float value = missingAt(from);
                    for (std::size_t s = here.begin; s < here.end; ++s) {
                        const glm::vec3 away = tree.positionsMm()[other] - tree.positionsMm()[s];
                        const float inside = 1 - glm::dot(away, away) / (radius * radius);
                        if (inside <= 0) continue;
                        const double weight = double(areas[from]) * mask[from] * inside * inside;
                        weights[s - here.begin] += weight;
                        sums[s - here.begin] += weight * value;
                    }
                }
            });
            for (std::size_t s = here.begin; s < here.end; ++s) {
                const std::size_t k = s - here.begin;
                const std::uint32_t i = vertexOf(s);
                missing[i] = weights[k] > 0 ? static_cast<float>(sums[k] / weights[k]) : missingAt(i);
            }
        },
        4);
    return missing;
}

float hairlineShare(float signedDistanceMm, float featherMm, const SmpDesign& smp) {
    if (signedDistanceMm < 0) return 0;
    const float edge = smoothStep(0, featherMm, signedDistanceMm);
    return edge * glm::mix(smp.frontDensity, 1.0f, smoothStep(0, smp.gradientMm, signedDistanceMm));
}

}  // namespace stubble
