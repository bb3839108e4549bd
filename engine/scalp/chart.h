#pragma once
// The scalp chart: an azimuthal map of the cranium around the vertex, fixed by five landmarks, in which
// hairlines, zones and hair-loss patterns are drawn so that they move from head to head.

#include <glm/glm.hpp>

#include "engine/core/result.h"
#include "engine/scalp/landmarks.h"

namespace stubble {

/// Chart coordinates are those of a map seen from above with the face at the top: x = −1 at the left tragus,
/// +1 at the right one, y = +1 at the nasion, −1 at the inion, the vertex at (0, 0), and radius 1 on the line
/// nasion–tragus–inion–tragus. Directions are seen from a centre inside the skull, so the chart is analytic,
/// smooth and invertible; lengths are never taken from it but measured on the head.
class ScalpChart {
  public:
    ScalpChart() = default;
    /// Fails (badInput) when the landmarks are not those of a head (coincident, or not around a centre).
    static Result<ScalpChart> fit(const Landmarks& landmarks);

    [[nodiscard]] glm::vec2 chartFromMm(glm::vec3 positionMm) const;
    /// Unit direction from centreMm() through the place. Radii up to about 1.6 (neck, face) are meaningful.
    [[nodiscard]] glm::vec3 directionFromChart(glm::vec2 chart) const;
    [[nodiscard]] glm::vec3 centreMm() const { return centreMm_; }

  private:
    /// Polar angle of the radius-1 line at a chart azimuth (0 at the face, 90° at the right ear), radians.
    [[nodiscard]] float boundaryAngle(float azimuthCosine, float azimuthSine) const;
    /// Turns the midline so that nasion and inion stand on it on a lopsided head, too; 0 at the ears.
    [[nodiscard]] float azimuthShift(float azimuthCosine) const;

    glm::vec3 centreMm_{0};
    glm::mat3 worldFromChart_{1};  ///< columns: towards the right ear, towards the face, towards the vertex
    glm::vec4 boundaryAngles_{0};  ///< polar angle of the radius-1 line at front, right, back, left, radians
    glm::vec4 boundarySeries_{0};  ///< the same as coefficients of 1, cos, sin and cos 2 of the azimuth
    glm::vec2 midlineOffsets_{0};  ///< azimuth at which nasion and inion are seen, radians off the midline
};

}  // namespace stubble
