// The "8 cm rule" (midpoint 8 cm above the glabella, frontotemporal points on the vertical of the lateral
// canthus, temporal peak 5 cm down the line from there) with the frontotemporal angle kept, never flattened:
// docs/sources.md, hairline.

#include "engine/scalp/front_line.h"

#include <algorithm>

namespace stubble {
namespace {

// Working defaults, mm.
constexpr float kTempleBehindMidpointMm = 14;  // frontotemporal point on a longer arc than the midpoint:
                                               // about as high, farther back
constexpr float kShoulderShare = 0.28f;  // of that, halfway out: the line starts across, then bends back
constexpr float kPeakAboveCanthusMm = 30, kPeakBehindCanthusMm = 33;
constexpr float kRecessDepthMm = 9;  // the recess behind the straight line from temporal peak to temple
constexpr float kSideburnFrontMm = 20, kSideburnBackMm = 3, kSideburnDownMm = 8;  // from the tragus
constexpr float kSideburnSpreadMm = 3;  // how much farther forward at the canthus' level
constexpr float kUnderPeakMm = 4;       // the hollow under the temporal peak

/// From the sideburn's foot up over the temple to the middle, without the midpoint.
std::vector<glm::vec2> halfLine(const SkullGuides& guides, Side side, const FrontShape& shape) {
    const glm::vec3 canthus = guides.canthusMm(side), tragus = guides.tragusMm(side);
    const float extra = kTempleBehindMidpointMm + shape.templeRiseMm;
    const glm::vec2 temple = guides.onForehead(side, 1, shape.midpointMm + extra);
    const glm::vec2 shoulder =
        guides.onForehead(side, 0.5f, shape.midpointMm + kShoulderShare * extra + shape.shoulderRiseMm);

    const float burnZ = tragus.z + kSideburnFrontMm + kSideburnSpreadMm;
    const float peakY = canthus.y + kPeakAboveCanthusMm;
    const float peakZ = canthus.z - kPeakBehindCanthusMm + shape.peakForwardMm;
    const glm::vec2 peak = guides.onSide(side, peakY, peakZ);
    glm::vec2 recess = 0.5f * (peak + temple);
    if (const auto onSkin = guides.tracer().positionMm(recess))
        recess = guides.onSide(side, onSkin->y, onSkin->z - kRecessDepthMm - shape.recessBackMm);
    return {guides.fromTragus(side, -kSideburnDownMm, kSideburnBackMm),
            guides.fromTragus(side, -kSideburnDownMm, kSideburnFrontMm - kSideburnSpreadMm),
            guides.onSide(side, canthus.y, burnZ),
            guides.onSide(side, 0.5f * (canthus.y + peakY), 0.5f * (burnZ + peakZ) - kUnderPeakMm),
            peak,
            recess,
            temple,
            shoulder};
}

}  // namespace

std::vector<glm::vec2> frontLinePoints(const SkullGuides& guides, const FrontShape& shape) {
    std::vector<glm::vec2> points = halfLine(guides, Side::right, shape);
    const std::vector<glm::vec2> left = halfLine(guides, Side::left, shape);
    points.push_back(guides.aboveGlabella(shape.midpointMm - shape.widowsPeakMm));
    points.insert(points.end(), left.rbegin(), left.rend());
    return points;
}

}  // namespace stubble
