#include "engine/treatment/brush.h"

#include "engine/core/parallel.h"
#include "engine/scalp/skull.h"

namespace stubble {

float applyStrokes(std::span<const StrokeOnSkin> strokes, std::span<const float> strengths,
                   glm::vec3 positionMm, float density, float fullDensity) {
    for (std::size_t i = 0; i < strokes.size(); ++i)
        if (strokes[i].mayReach(positionMm))
            density = brushed(density, fullDensity, strengths[i], strokes[i].shareAt(positionMm));
    return density;
}

BrushOnSkin::BrushOnSkin(const Head& head, std::span<const BrushStroke> strokes) {
    if (strokes.empty()) return;
    const auto skull = skullOf(head);
    strokes_.resize(strokes.size());
    parallelFor(
        strokes.size(),
        [&](std::size_t i) {
            const BrushStroke& stroke = strokes[i];
            strokes_[i] = layStroke(skull->tracer(), stroke.points, stroke.radiusMm, stroke.softness);
        },
        1);
    for (const BrushStroke& stroke : strokes) strengths_.push_back(stroke.strength);
    grid_ = StrokeGrid(strokes_);
}

float BrushOnSkin::apply(glm::vec3 positionMm, float density, float fullDensity) const {
    for (const std::uint32_t i : grid_.near(positionMm))
        density = brushed(density, fullDensity, strengths_[i], strokes_[i].shareAt(positionMm));
    return density;
}

}  // namespace stubble
