#pragma once
// The shape of a front hairline by the measured rules of hairline planning.

#include "engine/scalp/skull_guides.h"

namespace stubble {

/// Offsets in mm from the rules' own places; zero everywhere is the natural grown man's line.
struct FrontShape {
    float midpointMm = 80;     ///< arc of midline skin above the glabella
    float templeRiseMm = 0;    ///< frontotemporal points farther up and back along the canthus vertical
    float shoulderRiseMm = 0;  ///< the line halfway from midpoint to frontotemporal points, higher
    float widowsPeakMm = 0;    ///< all of the line but its midpoint, higher
    float recessBackMm = 0;    ///< temporal recess deeper
    float peakForwardMm = 0;   ///< temporal peaks farther towards the eye
    bool level = false;        ///< as high at the frontotemporal points as in the middle, and angular there
};

/// Control points in the chart from the right sideburn over the forehead to the left one; an odd number, the
/// middle one on the midline.
std::vector<glm::vec2> frontLinePoints(const SkullGuides& guides, const FrontShape& shape);

}  // namespace stubble
