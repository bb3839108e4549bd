#pragma once
// The "8 cm rule" of hairline planning laid on a head, for the eye to compare with.

#include <vector>

#include "tools/studio/skin_line.h"

namespace stubble {

/// Midpoint 8 cm above the glabella; frontotemporal points 8 cm from it and 8 cm from the eyes' outer
/// corners; temporal peaks 5 cm down the line from there to those: docs/sources.md, hairline.
struct HairlineRule {
    struct Half {
        SkinPlace temple, peak;
        std::vector<SkinPlace> fromMidpoint, toCanthus;  ///< 8 cm each
    };
    SkinPlace midpoint;
    std::vector<SkinPlace> fromGlabella;  ///< 8 cm
    std::vector<Half> halves;             ///< one a side where the head allows it
};

inline constexpr float kRuleMm = 80, kRulePeakMm = 50;

HairlineRule layHairlineRule(const SkullGuides& guides);

}  // namespace stubble
