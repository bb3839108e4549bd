#include "engine/render/tail_field.h"

#include <cmath>
#include <glm/gtc/packing.hpp>

namespace stubble {
namespace {

/// Skin this far over or under the dots' own is another part of the head; fades between, mm.
constexpr float kSameSkinMm = 3, kOtherSkinMm = 5;  // as in shaders/dots/tails.glsl

}  // namespace

TailField::Texel TailField::texel(int x, int y) const {
    if (blocks.empty()) return {};
    const auto block = static_cast<std::size_t>(y / kBlock * (width / kBlock) + x / kBlock);
    return (*blocks[block])[static_cast<std::size_t>(y % kBlock * kBlock + x % kBlock)];
}

glm::vec3 TailField::at(glm::vec3 positionMm) const {
    const glm::vec2 place = (map.mapMm(positionMm) - cornerMm) / texelMm - 0.5f;
    const glm::ivec2 cell(glm::floor(place));
    const glm::vec2 t = place - glm::vec2(cell);
    glm::vec4 sum(0);
    for (int y = 0; y < 2; ++y)
        for (int x = 0; x < 2; ++x) {
            const glm::ivec2 c =
                glm::clamp(cell + glm::ivec2(x, y), glm::ivec2(0), glm::ivec2(width, height) - 1);
            const Texel texel = this->texel(c.x, c.y);
            const float weight = (x ? t.x : 1 - t.x) * (y ? t.y : 1 - t.y);
            for (int k = 0; k < 4; ++k)
                sum[k] += weight * glm::unpackHalf1x16(texel.halves[static_cast<std::size_t>(k)]);
        }
    const float away = std::abs(map.heightMm(positionMm) - sum.w);
    return glm::vec3(sum) * (1 - glm::smoothstep(kSameSkinMm, kOtherSkinMm, away));
}

}  // namespace stubble
