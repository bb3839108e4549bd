// Cellular relief after Worley, "A cellular texture basis function", 1996: skin shows polygonal plateaus of
// about 0.3–0.8 mm between fine furrows, with pores where furrows meet (Silver, Landau and Vasilopoulos,
// "Skin microrelief"); the depths here are working defaults.
#include "engine/render/relief.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scene/cached_stage.h"

namespace stubble {
namespace {

constexpr std::size_t kSize = 1024;
constexpr float kFurrowDepthMm = 0.012f, kFurrowWidthMm = 0.075f;
constexpr float kPoreDepthMm = 0.035f, kPoreRadiusMm = 0.07f;
constexpr float kUndulationMm = 0.03f;
constexpr int kPlateaus = 30;  // cells a tile side
constexpr int kCoarsePlateaus = 14;
constexpr int kPores = 14;       // pores a tile side
constexpr int kUndulations = 8;  // bumps a tile side

glm::vec2 cellPoint(int x, int y, int cells, std::uint64_t stream) {
    const auto wrap = [cells](int i) { return static_cast<std::uint64_t>((i % cells + cells) % cells); };
    const std::uint64_t bits = hashCounters(stream, wrap(x), wrap(y));
    // Little disorder in rows that are set off against one another: a net of polygons whose sides keep to a
    // few directions, as skin's furrows do. Counts of cells are even, so that rows meet at the tile's border.
    constexpr float kDisorder = 0.62f;
    const float shift = (y & 1) ? 0.5f : 0.0f;
    return {static_cast<float>(x) + shift + kDisorder * unitFloat(bits),
            static_cast<float>(y) + kDisorder * unitFloat(mixBits(bits))};
}

/// Distances to the nearest and second nearest cell points, in cells.
glm::vec2 cellDistances(glm::vec2 p, int cells, std::uint64_t stream) {
    const int cx = static_cast<int>(std::floor(p.x)), cy = static_cast<int>(std::floor(p.y));
    float first = 1e9f, second = 1e9f;
    for (int y = cy - 1; y <= cy + 1; ++y)
        for (int x = cx - 2; x <= cx + 1; ++x) {
            const float d = glm::length(cellPoint(x, y, cells, stream) - p);
            if (d < first) {
                second = first;
                first = d;
            } else {
                second = std::min(second, d);
            }
        }
    return {first, second};
}

float bump(float distance, float width) {
    return std::exp(-0.5f * distance * distance / (width * width));
}

float heightMm(glm::vec2 unit) {
    const float plateauMm = kReliefTileMm / kPlateaus;
    const glm::vec2 plateau = cellDistances(unit * float(kPlateaus), kPlateaus, 11);
    float height = -kFurrowDepthMm * bump((plateau.y - plateau.x) * plateauMm, kFurrowWidthMm);
    const glm::vec2 pore = cellDistances(unit * float(kPores), kPores, 12);
    height -= kPoreDepthMm * bump(pore.x * kReliefTileMm / kPores, kPoreRadiusMm);
    const glm::vec2 wave = cellDistances(unit * float(kUndulations), kUndulations, 13);
    // A second, coarser net of furrows breaks the evenness of the first.
    const glm::vec2 coarse = cellDistances(unit * float(kCoarsePlateaus), kCoarsePlateaus, 14);
    height -=
        kFurrowDepthMm * bump((coarse.y - coarse.x) * kReliefTileMm / kCoarsePlateaus, 1.6f * kFurrowWidthMm);
    return height + kUndulationMm * (1 - wave.x * wave.x);
}

std::vector<float> computeHeights() {
    std::vector<float> heights(kSize * kSize);
    parallelFor(
        kSize,
        [&](std::size_t y) {
            for (std::size_t x = 0; x < kSize; ++x)
                heights[y * kSize + x] = heightMm(glm::vec2(float(x) + 0.5f, float(y) + 0.5f) / float(kSize));
        },
        16);
    return heights;
}

}  // namespace

std::vector<glm::vec4> reliefSlopes() {
    const std::vector<float> heights = cachedArray<float>("relief", {}, computeHeights);
    const auto at = [&](std::size_t x, std::size_t y) {
        return heights[(y & (kSize - 1)) * kSize + (x & (kSize - 1))];
    };
    constexpr float kTexelMm = kReliefTileMm / kSize;
    std::vector<glm::vec4> slopes(kSize * kSize);
    parallelFor(
        kSize,
        [&](std::size_t y) {
            for (std::size_t x = 0; x < kSize; ++x) {
                const glm::vec2 slope(at(x + 1, y) - at(x + kSize - 1, y),
                                      at(x, y + 1) - at(x, y + kSize - 1));
                const glm::vec2 s = slope / (2 * kTexelMm);
                slopes[y * kSize + x] = {s.x, s.y, glm::dot(s, s), 0};
            }
        },
        16);
    return slopes;
}

GlTexture makeRelief() {
    const std::vector<glm::vec4> slopes = reliefSlopes();
    constexpr auto kSide = static_cast<GLsizei>(kSize);
    GlTexture texture = makeTexture("skin relief", GL_RGBA16F, kSide, kSide, std::bit_width(kSize));
    glTextureSubImage2D(texture.name(), 0, 0, 0, kSide, kSide, GL_RGBA, GL_FLOAT, slopes.data());
    glGenerateTextureMipmap(texture.name());
    glTextureParameteri(texture.name(), GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
    glTextureParameteri(texture.name(), GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTextureParameteri(texture.name(), GL_TEXTURE_WRAP_S, GL_REPEAT);
    glTextureParameteri(texture.name(), GL_TEXTURE_WRAP_T, GL_REPEAT);
    return texture;
}

}  // namespace stubble
