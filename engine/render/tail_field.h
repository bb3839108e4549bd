#pragma once
// The light that dots take far around themselves, summed over all of them as a field on the skin.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/stage.h"
#include "engine/render/tail_map.h"

namespace stubble {

/// A picture of the tails in the map's plane, read linearly by shaders/dots/tails.glsl.
struct TailField {
    /// Half floats: linear RGB sum of tail losses; height of the skin that bears them (TailMap::heightMm).
    struct Texel {
        std::array<std::uint16_t, 4> halves{};
        bool operator==(const Texel&) const = default;
    };
    static constexpr int kBlock = 128;  ///< texels a side
    TailMap map;
    glm::vec2 cornerMm{0};  ///< of the first texel, in the map
    float texelMm = 1;
    int width = 1, height = 1;  ///< of whole blocks, or 1 × 1 without any
    /// Squares of texels, rows along the map's +y, in rows of squares; the outermost texels hold no loss.
    std::vector<Shared<std::vector<Texel>>> blocks;

    /// 0 where there are no blocks.
    [[nodiscard]] Texel texel(int x, int y) const;

    /// As the shader reads it: Σ tailLoss·exp(−r²/2σ²) over all dots and tails; 0 off the picture and on skin
    /// that lies over or under that of the dots (an ear).
    [[nodiscard]] glm::vec3 at(glm::vec3 positionMm) const;
};

}  // namespace stubble
