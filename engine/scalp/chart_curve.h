#pragma once
// Smooth curves and closed regions in the scalp chart.

#include <glm/glm.hpp>
#include <span>
#include <vector>

namespace stubble {

/// A centripetal Catmull–Rom spline through all points, `samplesPerSpan` steps from one to the next. An open
/// curve starts and ends at its first and last point; a closed one does not repeat its first point.
/// Coincident neighbours are passed over.
std::vector<glm::vec2> smoothCurve(std::span<const glm::vec2> points, bool closed, int samplesPerSpan = 12);

/// Whether the ray from a place towards +x meets the edge from a to b of a polygon.
inline bool crossesRay(glm::vec2 a, glm::vec2 b, glm::vec2 place) {
    return (a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x;
}

/// Whether a place lies inside a closed polygon (even-odd rule).
bool isInside(std::span<const glm::vec2> polygon, glm::vec2 place);

/// The closed polygon of all that lies behind an open line that runs from the right side of the head over the
/// forehead to the left: the line's ends go on straight outward from the vertex.
std::vector<glm::vec2> regionBehind(std::span<const glm::vec2> line);

}  // namespace stubble
