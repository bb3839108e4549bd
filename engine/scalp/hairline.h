#pragma once
// The designed hairline: a closed curve in the chart is opened by named styles, measured in mm on the head.

#include <glm/glm.hpp>
#include <optional>
#include <string>
#include <vector>

namespace stubble {

enum class HairlineStyle {
    natural,
    broken,
    defined,
    feathered,
    receded,
    faded,
    edgeUp,
    rounded,
    straight,
    widowsPeak,
    winged
};

/// What a design says about the hairline. Ranges are checked when a design is read.
struct HairlineDesign {
    HairlineStyle style = HairlineStyle::natural;
    /// Arc along the midline skin from the glabella to the midpoint, mm; 40 to 130. Practice: 70 (aggressive)
    /// to 100 (conservative), "8 cm rule".
    float heightMm = 80;
    /// Width over which the edge fades in, mm; 0 to 40. Practice: a transition of 5 to 10 mm.
    float featherMm = 8;
    /// Amplitude of the irregular edge (macro waves of cm, micro notches of mm), mm; 0 to 8. Working default.
    float irregularityMm = 1.6f;
    /// Editable control points in the chart, ordered from the right temple over the forehead to the left.
    /// Empty: derived from style and height.
    std::vector<glm::vec2> points;
};

}  // namespace stubble
