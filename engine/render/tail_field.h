#pragma once
// The light that dots take far around themselves, summed over all of them as a field on the skin.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/stage.h"
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

/// A dot's tails in the map: covariance a mm² of variance on the skin (xx, xy, yy), map mm².
struct TailDot {
    glm::vec2 placeMm{0};
    glm::vec2 reachMm{0};  ///< of the widest tail
    glm::vec3 covariance{0};
    float areaRatio = 0;  ///< map mm² a mm² of skin; 0 for one that faces into the head
    float heightMm = 0;
    std::array<glm::vec3, kTailLobes> loss{};
    std::uint64_t hash = 0;  ///< of all that

    TailDot() = default;
    TailDot(const TailMap& map, const SkinDot& dot);
};

/// Fields of one set of dots after another on a head, of which only the blocks that have changed are drawn.
/// What comes out depends on the dots and their order alone. Use on one thread at a time.
class TailBaker {
  public:
    /// On TailMap::of(head), which must outlive this.
    TailBaker(const Head& head, const TailMap& map);
    ~TailBaker();
    TailBaker(TailBaker&&) noexcept;
    TailBaker& operator=(TailBaker&&) noexcept;

    TailField bake(std::span<const TailDot* const> dots);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Round on the skin wherever the dots stand. Texels of 0.2 mm where the picture then has at most 2048 a
/// side. The same bytes for any number of threads.
TailField bakeTailField(const Head& head, std::span<const SkinDot> dots);

}  // namespace stubble
