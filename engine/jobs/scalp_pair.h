#pragma once
// A treated scalp and the one it stands in for: what `stubble mismatch` compares.

#include "engine/scene/scene.h"

namespace stubble {

/// The same person had no hair been lost: no stage of loss, no thinning, no scar, no pigment. Another seed,
/// so that no hair stands where one does on the design's own head; whorls turn the same way.
Design naturalCounterpart(const Design& design);

struct ScalpPair {
    std::shared_ptr<const Head> head;
    Scene treated, natural;
    /// Of each vertex: share of the natural hair that was lost behind the designed hairline's feather, 0
    /// to 1.
    std::vector<float> lost;

    /// Clips both to a length, 0 to 25 mm. Roots and impressions stay as they are.
    void clipTo(float lengthMm);
};

/// ScalpPair::lost. Fails as designedHairline does.
Result<std::vector<float>> lostShare(const Head& head, const Design& design);

/// Bakes both on one head. `progress` may be null.
Result<ScalpPair> bakeScalpPair(std::shared_ptr<const Head> head, const Design& design,
                                Progress* progress = nullptr);

}  // namespace stubble
