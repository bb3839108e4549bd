#include "engine/scalp/scar.h"

#include "engine/core/parallel.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

constexpr float kEdgeSoftness = 0.3f;  // share of half the width over which a scar ends; working default

}  // namespace

ScarsOnSkin::ScarsOnSkin(const Head& head, std::span<const Scar> scars) {
    if (scars.empty()) return;
    const auto skull = skullOf(head);
    strokes_.resize(scars.size());
    // The edge fades evenly about the width's border, where the share is one half.
    parallelFor(
        scars.size(),
        [&](std::size_t i) {
            const float radiusMm = 0.5f * scars[i].widthMm / (1 - 0.5f * kEdgeSoftness);
            strokes_[i] = layStroke(skull->tracer(), scars[i].points, radiusMm, kEdgeSoftness);
        },
        1);
    for (const Scar& scar : scars) uptakes_.push_back(scar.uptake);
    grid_ = StrokeGrid(strokes_);
}

ScarsOnSkin::Place ScarsOnSkin::at(glm::vec3 positionMm) const {
    Place place;
    for (const std::uint32_t i : grid_.near(positionMm)) {
        const float share = strokes_[i].shareAt(positionMm);
        if (share > place.share) place = {share, uptakes_[i], static_cast<int>(i)};
    }
    return place;
}

void clearHairInScars(const Head& head, const ScarsOnSkin& scars, std::vector<float>& vertexShare) {
    if (scars.empty()) return;
    parallelFor(vertexShare.size(),
                [&](std::size_t i) { vertexShare[i] *= 1 - scars.at(head.mesh.positionsMm[i]).share; });
}

}  // namespace stubble
