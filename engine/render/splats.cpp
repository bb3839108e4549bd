#include "engine/render/splats.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/optics/dot_profile.h"
#include "engine/scene/dot_looks.h"

namespace stubble {
namespace {

using shared::Splat;

Splat disc(glm::vec3 positionMm, glm::vec3 normal, float sigmaMm, glm::vec3 loss) {
    const float variance = sigmaMm * sigmaMm;
    return {{positionMm, variance}, {normal, -variance}, {loss, 0}, {normal, 0}};
}

/// A straight piece of hair above the skin: a rod of the same area and spread as the cylinder.
Splat rod(glm::vec3 fromMm, glm::vec3 toMm, glm::vec3 normal, float diameterMm, float melanin,
          float heightMm) {
    const float lengthMm = glm::distance(fromMm, toMm);
    const glm::vec3 direction = lengthMm > 0 ? (toMm - fromMm) / lengthMm : normal;
    // A Gaussian whose peak is the hair's own loss has the cylinder's shadow, diameter · length, when its
    // variances are diameter²/2π and length²/2π.
    const float round = diameterMm * diameterMm / (2 * kPi), axial = lengthMm * lengthMm / (2 * kPi);
    // A black hair leaves little; a grey one scatters nearly as much as skin. Working defaults.
    const glm::vec3 loss = glm::mix(glm::vec3(0.12f, 0.13f, 0.14f), glm::vec3(0.82f, 0.87f, 0.91f), melanin);
    return {{0.5f * (fromMm + toMm), round}, {direction, axial}, {loss, 0.8f}, {normal, heightMm}};
}

/// All tails in the one that is drawn, of the same integral.
glm::vec3 drawnTail(const DotProfile& profile) {
    glm::vec3 sum(0);
    for (std::size_t i = 0; i < kTailLobes; ++i) {
        const float wider = kTailSigmaMm[i] / kTailSigmaMm[0];
        sum += wider * wider * profile.tailLoss[i];
    }
    return sum;
}

}  // namespace

std::vector<Splat> splatsOf(const Scene& scene) {
    const Impressions& dots = scene.impressions;
    const Follicles& hairs = scene.follicles;
    const Brows& brows = scene.brows;
    const DotLooks looks(scene.design);
    const float lengthMm = scene.design.hair.lengthMm;
    std::vector<Splat> splats(2 * dots.size() + 3 * hairs.size() + 2 * brows.size());
    parallelFor(dots.size(), [&](std::size_t i) {
        const DotProfile profile = looks.of(dots, i);
        splats[2 * i] =
            disc(dots.positionsMm[i], dots.normals[i], profile.coreSigmaMm[0], profile.coreLoss[0]);
        splats[2 * i + 1] = disc(dots.positionsMm[i], dots.normals[i], kTailSigmaMm[0], drawnTail(profile));
    });
    Splat* const first = splats.data() + 2 * dots.size();
    parallelFor(hairs.size(), [&](std::size_t i) {
        const DotProfile profile = shavedHair(hairs.diametersUm[i], hairs.melanin[i]);
        first[3 * i] =
            disc(hairs.positionsMm[i], hairs.normals[i], profile.coreSigmaMm[0], profile.coreLoss[0]);
        first[3 * i + 1] = disc(hairs.positionsMm[i], hairs.normals[i], kTailSigmaMm[0], profile.tailLoss[0]);
        first[3 * i + 2] = rod(hairs.positionsMm[i], hairs.positionsMm[i] + lengthMm * hairs.directions[i],
                               hairs.normals[i], hairs.diametersUm[i] * 1e-3f, hairs.melanin[i], lengthMm);
    });
    Splat* const firstBrow = first + 3 * hairs.size();
    constexpr float kBrowMelanin = 0.62f;  // brown, so that crossing hairs do not clot. Working default
    constexpr float kBrowHeightMm = 2,
                    kTipShare = 0.6f;  // how far brows stand off the skin; thickness of the outer half
    for (std::size_t i = 0; i < brows.size(); ++i) {
        const float diameterMm = brows.diametersUm[i] * 1e-3f;
        firstBrow[2 * i] = rod(brows.rootsMm[i], brows.middlesMm[i], brows.normals[i], diameterMm,
                               kBrowMelanin, kBrowHeightMm);
        firstBrow[2 * i + 1] = rod(brows.middlesMm[i], brows.tipsMm[i], brows.normals[i],
                                   kTipShare * diameterMm, kBrowMelanin, kBrowHeightMm);
    }
    return splats;
}

}  // namespace stubble
