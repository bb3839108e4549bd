#pragma once
// Patterns of hair loss, drawn in the chart.

#include <span>
#include <vector>

#include "engine/scalp/head.h"
#include "engine/scalp/norwood.h"

namespace stubble {

/// Loss of hair in a person. What lessens hair multiplies.
struct HairLoss {
    Norwood norwood = Norwood::VI;
    /// How far on the way to nextStage, 0 to 1; bald skin only ever spreads on it. VII has no next.
    float norwoodProgress = 0;
    /// Ludwig, "Classification of the types of androgenetic alopecia occurring in the female sex", 1977: the
    /// top of the head thins behind a front line that stays; 0 none, 1 to 3 its grades.
    float ludwig = 0;
    /// Share of hair lost evenly all over the scalp, 0 to 1.
    float diffuseLoss = 0;
    /// One side is ahead in the Norwood pattern: 1 the head's own right, −1 its left, by 12 mm of border.
    float lossAsymmetry = 0;

    bool operator==(const HairLoss&) const = default;
};

/// How much of the natural terminal hair is left at each vertex, 0 to 1; 0 off the scalp (it never exceeds
/// head.scalpMask). Between bald and full lies a belt of about 16 mm of miniaturised hair. Each stage is bald
/// wherever the stages before it in its series are; the spot of IIIVertex stays from IV on.
std::vector<float> hairShare(const Head& head, const HairLoss& loss);

/// Of a stage by itself.
inline std::vector<float> hairShare(const Head& head, Norwood norwood) {
    return hairShare(head, HairLoss{.norwood = norwood});
}

/// Scalp that has lost its hair, cm²: ∫ (hair of a full head − hair left) dA.
double baldAreaCm2(const Head& head, std::span<const float> share);

}  // namespace stubble
