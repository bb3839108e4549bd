#pragma once
// The shape of a front hairline by the measured rules of hairline planning.

#include "engine/scalp/skull_guides.h"

namespace stubble {

/// Offsets in mm from the rules' own places; zero everywhere is the natural adult line.
struct FrontShape {
    float midpointMm = 80;     ///< arc of midline skin above the glabella
    float templeRiseMm = 0;    ///< frontotemporal points higher than the rule, up the canthus vertical
    float shoulderDropMm = 0;  ///< the line halfway from midpoint to frontotemporal point, lower
    float recessBackMm = 0;    ///< temporal recess deeper
    float peakForwardMm = 0;   ///< temporal peaks farther towards the eye
    float sideburnMm = 0;      ///< sideburn broader
    float widowsPeakMm = 0;    ///< the midpoint alone, lower
};

/// Control points in the chart from the right sideburn over the forehead to the left one; an odd number, the
/// middle one on the midline.
std::vector<glm::vec2> frontLinePoints(const SkullGuides& guides, const FrontShape& shape);

}  // namespace stubble
