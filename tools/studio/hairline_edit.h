#pragma once
// What a hand does to a hairline's control points: pure, in the chart. All keep checkHairlinePoints.

#include <glm/glm.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/scalp/hairline.h"
#include "engine/scalp/skull_guides.h"

namespace stubble {

using HairlinePoints = std::vector<glm::vec2>;

/// The point that stands opposite, across the midline; the point itself where it stands on the midline. Unset
/// where there is none near enough.
std::optional<std::size_t> oppositePoint(const HairlinePoints& points, std::size_t index);

/// So far along the line, in chart units, the points beside one that is dragged come along: some 4 cm, three
/// points in the middle of a style's line. Working default.
inline constexpr float kFollowReach = 0.3f;

/// The point as near to `to` as can be on the straight way there, and its opposite, where one is given, to
/// the mirrored place; a point that is its own opposite stays on the midline. Their neighbours come along,
/// ever less up to `followReach` (chart units; 0: none does), each side's with its own.
HairlinePoints pointMoved(const HairlinePoints& points, std::size_t index, glm::vec2 to,
                          std::optional<std::size_t> opposite, float followReach);

struct PointAdded {
    HairlinePoints points;
    std::size_t index = 0;  ///< of the new point
};
/// A new point in the span of the smooth line that is nearest to `place`, on the line itself; with
/// `symmetric` one on the other side, too. Unset where none can be.
std::optional<PointAdded> pointAdded(const HairlinePoints& points, glm::vec2 place, bool symmetric);

/// Without the point, and with `symmetric` without its opposite; unset where too few would be left, or not a
/// line from the right to the left.
std::optional<HairlinePoints> pointRemoved(const HairlinePoints& points, std::size_t index, bool symmetric);

/// Where the smooth line crosses the midline highest on the forehead: chart y.
float midpointY(const HairlinePoints& points);

/// The line as a whole so far up that its midpoint stands `heightMm` above the glabella; the temples go less
/// far and the sideburns stay. Undone exactly by the way back. Unset where it would cross itself.
std::optional<HairlinePoints> lineRaised(const HairlinePoints& points, const SkullGuides& guides,
                                         float heightMm);

/// The design with points of its own; its height says what they are.
HairlineDesign withPoints(HairlineDesign design, HairlinePoints points, const SkullGuides& guides);

/// What a drawn line becomes where a style or height has been set after it was drawn (`key` of the design): a
/// new height takes the line along as a whole, or, where it cannot, as a new style does, a line by the rules
/// in its place.
void letPointsFollow(HairlineDesign& design, std::string_view key, const SkullGuides& guides);

}  // namespace stubble
