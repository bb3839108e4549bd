#pragma once
// Patterns of hair loss, drawn with places measured on the head.

#include <vector>

#include "engine/scalp/head.h"

namespace stubble {

/// Hamilton–Norwood scale (Norwood, "Male pattern baldness: classification and incidence", 1975).
enum class Norwood { none, I, II, III, IIIVertex, IV, V, VI, VII };

/// One value a vertex.
struct HairLossField {
    /// mm inside the hair that remains (positive) or inside what is bald or never bore hair (negative).
    /// Measured from the border that loss moves: front line, crown patch, wreath; nape and ears are no such
    /// border.
    std::vector<float> remainingMm;
    /// mm by which that border has moved here from where it was by nature.
    std::vector<float> recededMm;
    /// Terminal hair left: 1 full, 0 none, with a border of thinned, miniaturised hair.
    std::vector<float> share;
    double baldCm2 = 0;  ///< the hair-bearing area of stage I less what remains
};

HairLossField hairLossField(const Head& head, Norwood stage);

}  // namespace stubble
