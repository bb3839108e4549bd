#pragma once
// Brush strokes: density erased, added or evened out by hand.

#include <glm/glm.hpp>
#include <vector>

#include "engine/treatment/impressions.h"

namespace stubble {

/// Ranges are checked when a design is read.
struct BrushStroke {
    std::vector<glm::vec2> points;  ///< in the chart; one makes a dab
    float radiusMm = 6;             ///< on the head; 0.5 to 40
    float strength = -1;            ///< −1 erases … +1 leads to `level`
    float softness = 0.5f;          ///< share of the radius over which the stroke fades, 0 to 1
    float level = 1;  ///< share of full density; 1 fills and takes nothing away, another evens out; 0 to 3

    bool operator==(const BrushStroke&) const = default;
};

/// What a stroke makes of a density where its share is `share`: erasing takes away |strength| · share of what
/// there is, filling adds as much of what is missing to full, evening out goes as far of the way to its
/// level.
inline float brushed(float density, float fullDensity, const BrushStroke& stroke, float share) {
    const float change = stroke.strength * share;
    if (change <= 0) return density * (1 + change);
    if (stroke.level == 1 && density >= fullDensity) return density;
    return density + change * (stroke.level * fullDensity - density);
}

/// Dots/cm² in a disc of skin about a place, taken as flat.
float densityAround(const Impressions& impressions, glm::vec3 positionMm, float radiusMm);

}  // namespace stubble
