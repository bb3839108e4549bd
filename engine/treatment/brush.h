#pragma once
// Brush strokes: density erased or added by hand.

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/scalp/head.h"
#include "engine/scalp/stroke.h"

namespace stubble {

/// Ranges are checked when a design is read.
struct BrushStroke {
    std::vector<glm::vec2> points;  ///< in the chart; one makes a dab
    float radiusMm = 6;             ///< on the head; 0.5 to 40
    float strength = -1;            ///< −1 erases … +1 fills to full density
    float softness = 0.5f;          ///< share of the radius over which the stroke fades, 0 to 1

    bool operator==(const BrushStroke&) const = default;
};

/// What a stroke of this strength makes of a density where its share is `share`: erasing takes away
/// |strength| · share of what there is, filling adds as much of what is missing to full. A density above full
/// is not lowered by filling.
inline float brushed(float density, float fullDensity, float strength, float share) {
    const float change = strength * share;
    if (change <= 0) return density * (1 + change);
    return density < fullDensity ? density + change * (fullDensity - density) : density;
}

/// Strokes in order on the density at a place; `strengths` has one value a stroke.
float applyStrokes(std::span<const StrokeOnSkin> strokes, std::span<const float> strengths,
                   glm::vec3 positionMm, float density, float fullDensity);

/// The strokes of a design on a head: the same as applyStrokes, fast for any number of strokes. Immutable and
/// thread-safe.
class BrushOnSkin {
  public:
    BrushOnSkin() = default;
    BrushOnSkin(const Head& head, std::span<const BrushStroke> strokes);

    [[nodiscard]] float apply(glm::vec3 positionMm, float density, float fullDensity) const;
    [[nodiscard]] bool empty() const { return strokes_.empty(); }
    /// One a stroke, in order.
    [[nodiscard]] std::span<const StrokeOnSkin> strokes() const { return strokes_; }
    [[nodiscard]] std::span<const float> strengths() const { return strengths_; }

  private:
    std::vector<StrokeOnSkin> strokes_;
    std::vector<float> strengths_;
    StrokeGrid grid_;
};

}  // namespace stubble
