// The "8 cm rule" (midpoint 8 cm above the glabella, frontotemporal points on the vertical of the lateral
// canthus, temporal peak 5 cm down the line from there) with the frontotemporal angle kept, never flattened:
// docs/sources.md, hairline.

#include "engine/scalp/front_line.h"

#include <algorithm>

namespace stubble {
namespace {

// Working defaults, mm.
constexpr float kTempleAboveMidpointMm = 6;  // the line rises from midpoint to frontotemporal points
constexpr float kPeakAboveCanthusMm = 30, kPeakBehindCanthusMm = 33;
constexpr float kRecessShare = 0.5f;  // of the way from temporal peak up to the frontotemporal point
constexpr float kRecessDepthMm = 9;   // behind the straight line between the two
constexpr float kSideburnFrontMm = 20, kSideburnBackMm = 3, kSideburnDownMm = 8;  // from the tragus

/// From the sideburn's foot up to the frontotemporal point.
std::vector<glm::vec2> templePoints(const SkullGuides& guides, Side side, const FrontShape& shape) {
    const glm::vec3 canthus = guides.canthusMm(side), tragus = guides.tragusMm(side);
    const float level = guides.heightAboveGlabellaMm(shape.midpointMm) + kTempleAboveMidpointMm;
    const float arc = guides.canthusArcAtHeightMm(side, level) + shape.templeRiseMm;
    const glm::vec2 temple = guides.onCanthusVertical(side, arc);

    const float burn = kSideburnFrontMm + shape.sideburnMm;
    const float peakY = canthus.y + kPeakAboveCanthusMm;
    const float peakZ = canthus.z - kPeakBehindCanthusMm + shape.peakForwardMm;
    const glm::vec2 peak = guides.onSide(side, peakY, peakZ);
    // The recess: behind the middle between peak and frontotemporal point.
    glm::vec2 recess = glm::mix(peak, temple, kRecessShare);
    const auto onSkin = guides.tracer().positionMm(recess);
    if (onSkin) recess = guides.onSide(side, onSkin->y, onSkin->z - kRecessDepthMm - shape.recessBackMm);
    return {guides.fromTragus(side, -kSideburnDownMm, kSideburnBackMm),
            guides.fromTragus(side, -kSideburnDownMm, burn - 3),
            guides.onSide(side, canthus.y, tragus.z + burn + 3),
            guides.onSide(side, 0.5f * (canthus.y + peakY), 0.5f * (tragus.z + burn + 3 + peakZ) - 4),
            peak,
            recess,
            temple};
}

}  // namespace

std::vector<glm::vec2> frontLinePoints(const SkullGuides& guides, const FrontShape& shape) {
    std::vector<glm::vec2> points = templePoints(guides, Side::right, shape);
    std::vector<glm::vec2> left = templePoints(guides, Side::left, shape);
    const glm::vec2 midpoint = guides.aboveGlabella(shape.midpointMm - shape.widowsPeakMm);
    points.push_back(midpoint);
    points.insert(points.end(), left.rbegin(), left.rend());
    return points;
}

}  // namespace stubble
