#pragma once
// How high the skin that can bear dots stands over a map.

#include <vector>

#include "engine/render/tail_map.h"

namespace stubble {

/// TailMap::heightMm of the skull's skin (craniumMask > 0; all skin of a head without that mask) at the
/// middles of width × height texels from `cornerMm` on, spread some texels over its border; 0 farther out.
std::vector<float> skullHeights(const Head& head, const TailMap& map, glm::vec2 cornerMm, float texelMm,
                                int width, int height);

}  // namespace stubble
