#pragma once
// The light that dots take far around themselves, summed over all of them as a field on the skin.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/render/splats.h"
#include "engine/render/tail_map.h"

namespace stubble {

/// A picture of the tails in the map's plane, read linearly by shaders/dots/tails.glsl.
struct TailField {
    /// Half floats: linear RGB sum of tail losses; height of the skin that bears them (TailMap::heightMm).
    struct Texel {
        std::array<std::uint16_t, 4> halves{};
        bool operator==(const Texel&) const = default;
    };
    TailMap map;
    glm::vec2 cornerMm{0};  ///< of the first texel, in the map
    float texelMm = 1;
    int width = 1, height = 1;
    std::vector<Texel> texels = {Texel{}};  ///< rows along the map's +y; the outermost hold no loss

    /// As the shader reads it: Σ tailLoss·exp(−r²/2σ²) over all dots and tails; 0 off the picture and on skin
    /// that lies over or under that of the dots (an ear).
    [[nodiscard]] glm::vec3 at(glm::vec3 positionMm) const;
};

/// Round on the skin wherever the dots stand. Texels of 0.2 mm where the picture then has at most 2048 a
/// side. The same bytes for any number of threads.
TailField bakeTailField(const Head& head, std::span<const SkinDot> dots);

}  // namespace stubble
