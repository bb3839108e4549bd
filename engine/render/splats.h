#pragma once
// Impressions and hairs as what is drawn of them in the skin.

#include <vector>

#include "engine/optics/dot_profile.h"
#include "engine/render/shared_structs.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Something dark inside the skin.
struct SkinDot {
    glm::vec3 positionMm;
    glm::vec3 normal;
    DotProfile profile;
};

/// All impressions and all hairs' parts in the skin, neighbours near one another: in the order of cells in
/// space.
std::vector<SkinDot> skinDotsOf(const Scene& scene);

/// Number i of all impressions and then all hairs.
SkinDot skinDotOf(const Scene& scene, std::size_t i);

}  // namespace stubble
