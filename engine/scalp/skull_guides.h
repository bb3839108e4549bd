#pragma once
// Places on a head by the measured rules of hairline planning: so many mm above the glabella, on the vertical
// of the eye's corner, so far in front of the ear.

#include "engine/core/result.h"
#include "engine/scalp/landmarks.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {

/// The head's own left or right.
enum class Side { left, right };

/// Works in the head frame (see Head). What it is given must outlive it. Where the mesh has a hole, places
/// are taken on a ball of usual size instead.
class SkullGuides {
  public:
    SkullGuides(const Landmarks& landmarks, const ScalpChart& chart, const SkullTracer& tracer);

    /// On the midline, arcMm of skin above the glabella.
    [[nodiscard]] glm::vec2 aboveGlabella(float arcMm) const;
    /// Height Y in the head frame of that place.
    [[nodiscard]] float heightAboveGlabellaMm(float arcMm) const;
    /// The reverse of aboveGlabella: the arc at which the midline passes a chart y.
    [[nodiscard]] float arcAboveGlabellaMm(float chartY) const;
    /// In a sagittal plane between the midline (share 0) and the lateral canthus (share 1), arcMm of skin
    /// above the level of the glabella. share is 0, 0.5 or 1.
    [[nodiscard]] glm::vec2 onForehead(Side side, float share, float arcMm) const;
    /// The arc at which that profile reaches the height yMm of the head frame, or its greatest height.
    [[nodiscard]] float foreheadArcAtHeightMm(Side side, float share, float yMm) const;
    /// On the side of the head at height y and depth z of the head frame: where one first touches it from the
    /// side in front of the ears, on the skull under the ear farther back.
    [[nodiscard]] glm::vec2 onSide(Side side, float yMm, float zMm) const;
    /// The same, measured from the tragus of that side.
    [[nodiscard]] glm::vec2 fromTragus(Side side, float upMm, float forwardMm) const;
    /// On the back of the head, at x of the head frame and so far above the inion.
    [[nodiscard]] glm::vec2 fromInion(float xMm, float upMm) const;

    [[nodiscard]] glm::vec3 tragusMm(Side side) const;
    [[nodiscard]] glm::vec3 canthusMm(Side side) const;
    [[nodiscard]] const Landmarks& landmarks() const { return *landmarks_; }
    [[nodiscard]] const ScalpChart& chart() const { return *chart_; }
    [[nodiscard]] const SkullTracer& tracer() const { return *tracer_; }

  private:
    [[nodiscard]] glm::vec2 chartAlong(glm::vec3 originMm, glm::vec3 direction) const;

    /// A line up the forehead: how far up, where on the chart, how high in the head frame.
    struct Profile {
        std::vector<float> arcMm;
        std::vector<glm::vec2> chart;
        std::vector<float> heightMm;
    };
    [[nodiscard]] Profile profileInPlane(float xMm) const;
    [[nodiscard]] const Profile& profile(Side side, float share) const;

    const Landmarks* landmarks_;
    const ScalpChart* chart_;
    const SkullTracer* tracer_;
    Profile midline_, verticals_[2][4];  ///< by side; each quarter of the way to the canthus
};

/// The way from one place on the skin to another that a tape takes: in the plane of both and the chart's
/// centre, which is about the shortest; in steps of about 2 mm.
std::vector<glm::vec3> layTapeMm(const SkullGuides& guides, glm::vec3 fromMm, glm::vec3 toMm);

}  // namespace stubble
