#include "engine/render/splats.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/optics/dot_profile.h"

namespace stubble {
namespace {

using shared::Splat;

Splat disc(glm::vec3 positionMm, glm::vec3 normal, const DotLobe& lobe) {
    const float variance = lobe.sigmaMm * lobe.sigmaMm;
    return {{positionMm, variance}, {normal, -variance}, {lobe.peakLoss, 0}, {normal, 0}};
}

/// The part of a hair above the skin: a rod of the same area and spread as the cylinder.
Splat stub(glm::vec3 positionMm, glm::vec3 normal, glm::vec3 direction, float diameterMm, float lengthMm,
           float melanin) {
    // Variances of a uniform stretch: width²/12.
    const float round = diameterMm * diameterMm / 12, axial = lengthMm * lengthMm / 12;
    // The peak that gives the Gaussian the cylinder's shadow area: diameter · length ÷ (2π · diameter ·
    // length / 12).
    constexpr float kPeakOfUniform = 6 / kPi;
    // A black hair leaves little; a grey one scatters nearly as much as skin. Working defaults.
    const float loss = kPeakOfUniform * (0.12f + 0.78f * melanin);
    return {{positionMm + 0.5f * lengthMm * direction, round},
            {direction, axial},
            {glm::vec3(loss), 0.8f * kPeakOfUniform},
            {normal, lengthMm}};
}

}  // namespace

std::vector<Splat> splatsOf(const Scene& scene) {
    const Impressions& dots = scene.impressions;
    const Follicles& hairs = scene.follicles;
    const float retention = pigmentRetention(scene.design.time.days);
    const float lengthMm = scene.design.hair.lengthMm;
    std::vector<Splat> splats(2 * dots.size() + 3 * hairs.size());
    parallelFor(dots.size(), [&](std::size_t i) {
        const DotProfile profile =
            pigmentDot(dots.diametersMm[i], dots.depthsMm[i], dots.loads[i] * retention);
        splats[2 * i] = disc(dots.positionsMm[i], dots.normals[i], profile.core);
        splats[2 * i + 1] = disc(dots.positionsMm[i], dots.normals[i], profile.halo);
    });
    Splat* const first = splats.data() + 2 * dots.size();
    parallelFor(hairs.size(), [&](std::size_t i) {
        const DotProfile profile = shavedHair(hairs.diametersUm[i], hairs.melanin[i]);
        first[3 * i] = disc(hairs.positionsMm[i], hairs.normals[i], profile.core);
        first[3 * i + 1] = disc(hairs.positionsMm[i], hairs.normals[i], profile.halo);
        first[3 * i + 2] = stub(hairs.positionsMm[i], hairs.normals[i], hairs.directions[i],
                                hairs.diametersUm[i] * 1e-3f, lengthMm, hairs.melanin[i]);
    });
    return splats;
}

}  // namespace stubble
