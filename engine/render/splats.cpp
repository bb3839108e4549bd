#include "engine/render/splats.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/render/cell_order.h"
#include "engine/render/packing.h"

namespace stubble {

std::vector<SkinDot> skinDotsOf(const Scene& scene) {
    const Impressions& dots = scene.impressions;
    const Follicles& hairs = scene.follicles;
    const DotLooks& looks = *scene.looks;
    std::vector<glm::vec3> positionsMm = dots.positionsMm;
    positionsMm.insert(positionsMm.end(), hairs.positionsMm.begin(), hairs.positionsMm.end());
    const std::vector<std::uint32_t> order = cellOrder(positionsMm);
    std::vector<SkinDot> all(order.size());
    parallelFor(all.size(), [&](std::size_t place) {
        const std::size_t i = order[place];
        if (i < dots.size()) {
            all[place] = {dots.positionsMm[i], dots.normals[i], looks.of(dots, i)};
        } else {
            const std::size_t k = i - dots.size();
            all[place] = {hairs.positionsMm[k], hairs.normals[k],
                          looks.ofShavedHair(hairs.diametersUm[k], hairs.melanin[k])};
        }
    });
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

}  // namespace stubble
