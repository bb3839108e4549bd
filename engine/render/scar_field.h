#pragma once
// How scars look, over the flat map of the skin.

#include <glm/glm.hpp>
#include <optional>
#include <vector>

#include "engine/render/tail_map.h"
#include "engine/scene/scene.h"

namespace stubble {

struct ScarField {
    /// Half floats, rows along the map's +y: share of paleness, redness and gloss; w: relief, mm. 0 at the
    /// border.
    std::vector<glm::u16vec4> halves;
    glm::ivec2 size{0};
    glm::vec4 window{0};  ///< lower corner in the map, mm; one ÷ its size
};

/// Nothing for skin without scars. `map` is the one that the window refers to.
std::optional<ScarField> scarField(const Scene& scene, const TailMap& map);

}  // namespace stubble
