// The "8 cm rule" (midpoint 8 cm above the glabella, frontotemporal points on the vertical of the lateral
// canthus, temporal peak 5 cm down the line from there) with the frontotemporal angle kept, never flattened:
// docs/sources.md, hairline.

#include "engine/scalp/front_line.h"

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

// Working defaults, mm.
constexpr float kTempleBehindMidpointMm = 14;  // frontotemporal point on a longer arc than the midpoint:
                                               // about as high, farther back
constexpr float kBend =
    1.8f;  // the line starts straight across, then bends back: share of the way out to this
constexpr float kPeakFlank = 0.8f;     // how much of a widow's peak is passed a quarter of the way out
constexpr float kCornerShare = 0.12f;  // an angular corner's neighbours stand so near to it
constexpr float kPeakAboveCanthusMm = 30, kPeakBehindCanthusMm = 33;
constexpr float kRecessDepthMm = 9;  // the recess behind the straight line from temporal peak to temple
constexpr float kSideburnFrontMm = 20, kSideburnBackMm = 3, kSideburnDownMm = 8;  // from the tragus
constexpr float kSideburnSpreadMm = 3;  // how much farther forward at the canthus' level
constexpr float kUnderPeakMm = 4;       // the hollow under the temporal peak

/// From the sideburn's foot up over the temple to the middle, without the midpoint.
std::vector<glm::vec2> halfLine(const SkullGuides& guides, Side side, const FrontShape& shape) {
    const glm::vec3 canthus = guides.canthusMm(side), tragus = guides.tragusMm(side);
    const float levelMm = guides.heightAboveGlabellaMm(shape.midpointMm);
    const auto across = [&](float share) {
        const float raise = shape.widowsPeakMm * (share < 0.4f ? kPeakFlank : 1.0f) +
                            (share < 1 ? shape.shoulderRiseMm * (share < 0.4f ? 0.6f : 1.0f) : 0.0f);
        float arc = shape.midpointMm + raise;
        if (shape.level)
            arc = guides.foreheadArcAtHeightMm(side, share, levelMm) + raise + shape.templeRiseMm * share;
        else
            arc += (kTempleBehindMidpointMm + shape.templeRiseMm) * std::pow(share, kBend);
        return guides.onForehead(side, share, arc);
    };
    const glm::vec2 temple = across(1), shoulder = across(0.5f), inner = across(0.25f);

    const float burnZ = tragus.z + kSideburnFrontMm + kSideburnSpreadMm;
    const float peakY = canthus.y + kPeakAboveCanthusMm;
    const float peakZ = canthus.z - kPeakBehindCanthusMm + shape.peakForwardMm;
    const glm::vec2 peak = guides.onSide(side, peakY, peakZ);
    glm::vec2 recess = 0.5f * (peak + temple);
    if (const auto onSkin = guides.tracer().positionMm(recess))
        recess = guides.onSide(side, onSkin->y, onSkin->z - kRecessDepthMm - shape.recessBackMm);
    std::vector<glm::vec2> points = {
        guides.fromTragus(side, -kSideburnDownMm, kSideburnBackMm),
        guides.fromTragus(side, -kSideburnDownMm, kSideburnFrontMm - kSideburnSpreadMm),
        guides.onSide(side, canthus.y, burnZ),
        guides.onSide(side, 0.5f * (canthus.y + peakY), 0.5f * (burnZ + peakZ) - kUnderPeakMm),
        peak,
        recess};
    if (shape.level) points.push_back(glm::mix(temple, recess, kCornerShare));
    points.push_back(temple);
    if (shape.level) {
        const glm::vec2 outer = across(0.75f);
        points.push_back(glm::mix(temple, outer, kCornerShare));
        points.push_back(outer);
    }
    points.push_back(shoulder);
    points.push_back(inner);
    return points;
}

}  // namespace

std::vector<glm::vec2> frontLinePoints(const SkullGuides& guides, const FrontShape& shape) {
    std::vector<glm::vec2> points = halfLine(guides, Side::right, shape);
    const std::vector<glm::vec2> left = halfLine(guides, Side::left, shape);
    points.push_back(guides.aboveGlabella(shape.midpointMm));
    points.insert(points.end(), left.rbegin(), left.rend());
    return points;
}

}  // namespace stubble
