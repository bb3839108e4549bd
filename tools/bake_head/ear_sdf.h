#pragma once

#include <glm/glm.hpp>

namespace stubble::bake {

// Protrusion is built in: the rim stands off to the rear, so turn the frame only to tilt the long axis.
// Ear frame: origin at the ear canal on the side surface of the head, +X outward (lateral), +Y up along the
// ear's long axis, +Z towards the face. Left ear; mirror X for the right one.

/// Box that holds the whole auricle, for early-outs.
constexpr glm::vec3 kEarBoxMinMm{-12.0F, -35.0F, -32.0F};
constexpr glm::vec3 kEarBoxMaxMm{24.0F, 32.0F, 16.0F};

/// Signed distance in mm (negative inside) to the left auricle, ear frame. Well away from the box it returns
/// the distance to the box, a lower bound.
float earDistanceMm(glm::vec3 pMm);

/// Signed distance in mm (negative inside) to the air of the concha, open outward. The bowl's floor lies
/// below the side surface of the head, so the head has to be cut by this before the two are united.
float earCavityDistanceMm(glm::vec3 pMm);

/// Cuts the concha and the mouth of the canal from the head and joins the auricle on with a soft fillet;
/// `headMm` is the head's signed distance at the same point. The one call that a head model needs.
float uniteEarWithHead(float headMm, glm::vec3 pMm);

}  // namespace stubble::bake
