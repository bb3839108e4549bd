#pragma once
// The grids that tails are drawn in (engine/render/tail_baker.h).

#include <algorithm>
#include <array>
#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/render/tail_baker.h"

namespace stubble {

/// Within so many standard deviations a tail is drawn.
inline constexpr float kTailReach = 3.2f;

/// Four channels at a time, by the compiler's vector types.
using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));

template <typename Texel>
struct Grid {
    int width, height;
    std::vector<Texel> texels;
    Grid(int w, int h)
        : width(w), height(h), texels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
    Texel* row(int y) {
        return texels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
};
using TailGrid = Grid<Float4>;
/// Losses in whole parts of kTailPart: their sums do not depend on the order, and what was added can be taken
/// off to the bit.
using TailSums = Grid<Int4>;
/// Far below what half floats tell; sums of up to 256 fit, a hundred times what skin can lose.
inline constexpr float kTailPart = 0x1p-23f;

struct TailLayer {
    float texelMm;
    float addedVariance;  ///< by all that comes after the drawing, texels²
    glm::vec2 cornerMm;
    glm::ivec2 size;
};

/// A rectangle of texels; `to` is the last.
struct TexelRect {
    glm::ivec2 from, to;
};

/// Adds one of a dot's tails inside the rectangle.
void drawTail(TailSums& sums, const TailLayer& layer, const TailDot& dot, std::size_t lobe,
              const TexelRect& rect);

/// The rectangle of a grid of twice the resolution, three parts of the nearer texel to one of the farther,
/// both ways.
template <typename Store>
void refine(TailGrid& coarse, const TexelRect& rect, const Store& store) {
    const auto other = [](int i, int count) { return std::clamp(i / 2 + (i & 1 ? 1 : -1), 0, count - 1); };
    const int first = other(rect.from.x, coarse.width), last = other(rect.to.x, coarse.width);
    std::array<Float4, TailField::kBlock + 2> between;
    for (int y = rect.from.y; y <= rect.to.y; ++y) {
        const Float4 *const near = coarse.row(y / 2), *const far = coarse.row(other(y, coarse.height));
        for (int x = first; x <= last; ++x)
            between[static_cast<std::size_t>(x - first)] = 0.75f * near[x] + 0.25f * far[x];
        for (int x = rect.from.x; x <= rect.to.x; ++x)
            store(x, y,
                  0.75f * between[static_cast<std::size_t>(x / 2 - first)] +
                      0.25f * between[static_cast<std::size_t>(other(x, coarse.width) - first)]);
    }
}

/// To the nearest half floats; magnitudes below 65504.
TailField::Texel halvesOf(Float4 value);

}  // namespace stubble
