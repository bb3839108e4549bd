#pragma once
// How much hair stands around a place: what its neighbours take of the light that comes to it.

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/hair/strands.h"

namespace stubble {

/// Hair around a place as a canopy (engine/hair/canopy.h).
struct HairCover {
    float layersPerMm = 0;   ///< hairs per mm² × diameter: layers of hair a mm of length makes, 1/mm
    float lengthMm = 0;      ///< mean
    glm::vec3 direction{0};  ///< mean, root to tip, unit; 0 where there is none
};

/// Of each place: a weighted count of the strands that root within 3 mm of it on skin that faces alike.
/// normals: unit, one a place.
std::vector<HairCover> hairCoverAt(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                                   const Strands& strands);

}  // namespace stubble
