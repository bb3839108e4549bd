#include "engine/render/splats.h"

#include "engine/core/parallel.h"
#include "engine/render/cell_order.h"

namespace stubble {

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

}  // namespace stubble
