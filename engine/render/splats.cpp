#include "engine/render/splats.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/render/cell_order.h"
#include "engine/render/packing.h"

namespace stubble {
namespace {

using shared::Dot;

static_assert(kCoreLobes == STUBBLE_CORE_LOBES);

glm::uvec2 packGaussian(glm::vec3 loss, float sigmaMm) {
    return {glm::packHalf2x16({loss.r, loss.g}), glm::packHalf2x16({loss.b, sigmaMm})};
}

/// One Gaussian with the integral and (weighted by the integrals of all channels) the second moment of a
/// dot's cores.
glm::uvec2 packMerged(const DotProfile& profile) {
    glm::vec3 integral(0);
    float moment = 0, widest = 0;
    for (std::size_t i = 0; i < kCoreLobes; ++i) {
        const float variance = profile.coreSigmaMm[i] * profile.coreSigmaMm[i];
        const glm::vec3 share = variance * profile.coreLoss[i];
        integral += share;
        moment += variance * (share.r + share.g + share.b);
        widest = std::max(widest, variance);
    }
    if (widest <= 0) return {0, 0};
    // Losses of both signs may add up to a second moment that no Gaussian has.
    const float sum = integral.r + integral.g + integral.b;
    const float variance = sum > 0 ? std::clamp(moment / sum, 0.25f * widest, widest) : widest;
    return packGaussian(integral / variance, std::sqrt(variance));
}

}  // namespace

SkinDot skinDotOf(const Scene& scene, std::size_t i) {
    const Impressions& dots = scene.impressions;
    if (i < dots.size()) return {dots.positionsMm[i], dots.normals[i], scene.looks->of(dots, i)};
    const Follicles& hairs = scene.follicles;
    const std::size_t k = i - dots.size();
    return {hairs.positionsMm[k], hairs.normals[k],
            scene.looks->ofShavedHair(hairs.diametersUm[k], hairs.melanin[k])};
}

std::vector<SkinDot> skinDotsOf(const Scene& scene) {
    std::vector<glm::vec3> positionsMm = scene.impressions.positionsMm;
    positionsMm.insert(positionsMm.end(), scene.follicles.positionsMm.begin(),
                       scene.follicles.positionsMm.end());
    const std::vector<std::uint32_t> order = cellOrder(positionsMm);
    std::vector<SkinDot> all(order.size());
    parallelFor(all.size(), [&](std::size_t place) { all[place] = skinDotOf(scene, order[place]); });
    return all;
}

glm::vec3 meanReachable(std::span<const SkinDot> dots) {
    glm::dvec3 sum(0), weights(0);
    for (const SkinDot& dot : dots) {
        const glm::dvec3 weight(glm::max(integratedLossMm2(dot.profile), glm::vec3(1e-9f)));
        sum += weight * glm::dvec3(dot.profile.reachable), weights += weight;
    }
    return dots.empty() ? glm::vec3(1) : glm::vec3(sum / weights);
}

float coreLossMm2(const DotProfile& profile) {
    glm::vec3 sum(0);
    for (std::size_t i = 0; i < kCoreLobes; ++i)
        sum += 2 * kPi * profile.coreSigmaMm[i] * profile.coreSigmaMm[i] * profile.coreLoss[i];
    return std::max(sum.r, std::max(sum.g, sum.b));
}

Dot dotRecord(const SkinDot& dot) {
    const glm::vec3& p = dot.positionMm;
    Dot record;
    record.place = {std::bit_cast<std::uint32_t>(p.x), std::bit_cast<std::uint32_t>(p.y),
                    std::bit_cast<std::uint32_t>(p.z), octahedral(dot.normal)};
    record.gaussians[0] = packMerged(dot.profile);
    for (std::size_t k = 0; k < kCoreLobes; ++k)
        record.gaussians[1 + k] = packGaussian(dot.profile.coreLoss[k], dot.profile.coreSigmaMm[k]);
    return record;
}

std::vector<Dot> dotRecords(std::span<const SkinDot> dots) {
    std::vector<Dot> records(dots.size());
    parallelFor(dots.size(), [&](std::size_t i) { records[i] = dotRecord(dots[i]); });
    return records;
}

}  // namespace stubble
