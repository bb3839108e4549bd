#pragma once
// How scars look, over the flat map of the skin.

#include <glm/glm.hpp>
#include <optional>

#include "engine/gpu/objects.h"
#include "engine/render/tail_map.h"
#include "engine/scene/scene.h"

namespace stubble {

struct ScarMap {
    /// Share of paleness, redness and gloss; w: relief, mm. RGBA16F, linear, 0 at its border.
    GlTexture texture;
    glm::vec4 window{0};  ///< lower corner in the map, mm; one ÷ its size
};

/// Nothing for skin without scars. `map` is the one that the window refers to.
std::optional<ScarMap> makeScarMap(const Scene& scene, const TailMap& map);

}  // namespace stubble
