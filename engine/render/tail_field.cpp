// A pyramid of grids, each twice as coarse as the one before. Each of the shared tails is drawn where it is a
// little wider than a texel, a few dozen texels a dot, and brought up by quadratic B-spline subdivision
// (Chaikin, "An algorithm for high-speed curve generation", 1974), which is exact for a spline; what the
// steps and the last, linear read add to its variance is left out at the drawing.
#include "engine/render/tail_field.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <glm/gtc/packing.hpp>
#include <numeric>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/render/skull_height.h"

namespace stubble {
namespace {

/// Texels a sigma of the narrowest tail in the finished picture: a linear read then strays by less than a
/// hundredth of its peak.
constexpr float kFinestTexelsPerSigma = 2.25f;
/// And of any tail in the grid that it is drawn in.
constexpr float kTexelsPerSigma = 0.95f;
constexpr int kMaxSide = 2048;
constexpr float kReach = 3.2f;                // standard deviations
constexpr float kKept = 0.99863f * 0.99863f;  // of a Gaussian within, both ways
constexpr float kLeastVariance = 0.35f;       // texels²: less would alias
constexpr float kStepVariance = 0.75f;        // of one subdivision, finer texels²
constexpr float kReadVariance = 1.0f / 6;     // of the linear read, finest texels²
constexpr std::size_t kNarrowest = 0;         // of kTailSigmaMm
static_assert(std::is_sorted(kTailSigmaMm.begin(), kTailSigmaMm.end()));

/// Four channels at a time, by the compiler's vector types.
using Float4 = float __attribute__((vector_size(16)));
using Bits4 = std::uint32_t __attribute__((vector_size(16)));

/// Skin this far over or under the dots' own is another part of the head; fades between, mm.
constexpr float kSameSkinMm = 3, kOtherSkinMm = 5;  // as in shaders/dots/tails.glsl

struct Grid {
    int width, height;
    std::vector<Float4> texels;
    Grid(int w, int h)
        : width(w), height(h), texels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
    Float4* row(int y) {
        return texels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
};

/// A dot in the map: covariance a mm² of variance on the skin (xx, xy, yy), map mm².
struct Mark {
    glm::vec2 placeMm;
    glm::vec3 covariance;
    float areaRatio;  ///< map mm² a mm² of skin
};

Mark markOf(const TailMap& map, const SkinDot& dot) {
    const glm::mat2x3 rows = map.gradients(dot.positionMm);
    const glm::vec3 gx = rows[0] - glm::dot(rows[0], dot.normal) * dot.normal,
                    gy = rows[1] - glm::dot(rows[1], dot.normal) * dot.normal;
    const glm::vec3 c(glm::dot(gx, gx), glm::dot(gx, gy), glm::dot(gy, gy));
    return {map.mapMm(dot.positionMm), c, std::sqrt(std::max(c.x * c.z - c.y * c.y, 0.0f))};
}

struct Layer {
    float texelMm;
    float addedVariance;  ///< by all that comes after the drawing, texels²
    glm::vec2 cornerMm;
    glm::ivec2 size;
};

/// Dots that do not stand in the skin which the field lies on, or face into the head, take nothing from it.
void dropStrays(const TailMap& map, std::span<const SkinDot> dots, const Layer& layer,
                std::span<const float> heights, std::span<Mark> marks) {
    parallelFor(dots.size(), [&](std::size_t i) {
        const glm::ivec2 texel((marks[i].placeMm - layer.cornerMm) / layer.texelMm);
        const float heightMm = heights[static_cast<std::size_t>(texel.y * layer.size.x + texel.x)];
        if (std::abs(map.heightMm(dots[i].positionMm) - heightMm) > kOtherSkinMm ||
            glm::dot(dots[i].normal, dots[i].positionMm - map.centreMm) <= 0)
            marks[i].areaRatio = 0;
    });
}

/// What a tail looks like in a grid.
struct Stamp {
    glm::vec2 centre;   ///< texels
    glm::vec3 inverse;  ///< of its covariance
    glm::ivec2 from, to;
    float gain;  ///< texel value at its middle for a loss of one
};

Stamp stampOf(const Mark& mark, float sigmaMm, const Layer& layer) {
    const float scale = sigmaMm * sigmaMm / (layer.texelMm * layer.texelMm);
    glm::vec3 c = scale * mark.covariance - glm::vec3(layer.addedVariance, 0, layer.addedVariance);
    c.x = std::max(c.x, kLeastVariance), c.z = std::max(c.z, kLeastVariance);
    const float correlated = 0.8f * std::sqrt(c.x * c.z);
    c.y = std::clamp(c.y, -correlated, correlated);
    const float determinant = c.x * c.z - c.y * c.y;
    Stamp stamp;
    stamp.centre = (mark.placeMm - layer.cornerMm) / layer.texelMm - 0.5f;
    stamp.inverse = glm::vec3(c.z, -c.y, c.x) / determinant;
    const glm::vec2 reach = kReach * glm::sqrt(glm::vec2(c.x, c.z));
    stamp.from = glm::max(glm::ivec2(glm::ceil(stamp.centre - reach)), glm::ivec2(0));
    stamp.to = glm::min(glm::ivec2(glm::floor(stamp.centre + reach)), layer.size - 1);
    stamp.gain = scale * mark.areaRatio / (std::sqrt(determinant) * kKept);
    return stamp;
}

/// Adds loss·gain·exp(−½ dᵀC⁻¹d) to the rows from `fromRow` to `toRow`; exponentials by differences, along a
/// row and from row to row.
void draw(Grid& grid, const Stamp& stamp, glm::vec3 loss, int fromRow, int toRow) {
    const int y0 = std::max(stamp.from.y, fromRow), y1 = std::min(stamp.to.y, toRow);
    if (y0 > y1 || stamp.from.x > stamp.to.x) return;
    const glm::vec3 i = stamp.inverse;
    const glm::vec2 d = glm::vec2(stamp.from.x, y0) - stamp.centre;
    float first = std::exp(-0.5f * (i.x * d.x * d.x + 2 * i.y * d.x * d.y + i.z * d.y * d.y));
    float down = std::exp(-(i.y * d.x + i.z * d.y + 0.5f * i.z));
    float across = std::exp(-(i.x * d.x + i.y * d.y + 0.5f * i.x));
    const float downStep = std::exp(-i.z), acrossStep = std::exp(-i.x), mixedStep = std::exp(-i.y);
    const glm::vec3 peak = stamp.gain * loss;
    const Float4 value = {peak.r, peak.g, peak.b, 0};
    for (int y = y0; y <= y1; ++y) {
        Float4* const row = grid.row(y);
        float weight = first, step = across;
        for (int x = stamp.from.x; x <= stamp.to.x; ++x) {
            row[x] += value * weight;
            weight *= step;
            step *= acrossStep;
        }
        first *= down, down *= downStep, across *= mixedStep;
    }
}

/// All dots' tail number `lobe`. Bands of rows are drawn apart from one another, each in the dots' order.
void drawTail(Grid& grid, const Layer& layer, std::size_t lobe, std::span<const SkinDot> dots,
              std::span<const Mark> marks) {
    std::vector<Stamp> stamps(dots.size());
    parallelFor(dots.size(),
                [&](std::size_t i) { stamps[i] = stampOf(marks[i], kTailSigmaMm[lobe], layer); });
    constexpr int kBandRows = 16;
    const auto bandOf = [](int row) { return static_cast<std::size_t>(row / kBandRows); };
    // Which dots touch which band, in their order.
    std::vector<std::uint32_t> starts(bandOf(layer.size.y - 1) + 2, 0);
    const auto eachBand = [&](std::size_t i, const auto& visit) {
        if (dots[i].profile.tailLoss[lobe] == glm::vec3(0) || stamps[i].gain <= 0 ||
            stamps[i].from.y > stamps[i].to.y)
            return;
        for (std::size_t band = bandOf(stamps[i].from.y); band <= bandOf(stamps[i].to.y); ++band) visit(band);
    };
    for (std::size_t i = 0; i < dots.size(); ++i) eachBand(i, [&](std::size_t band) { ++starts[band + 1]; });
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1), members(starts.back());
    for (std::size_t i = 0; i < dots.size(); ++i)
        eachBand(i, [&](std::size_t band) { members[next[band]++] = static_cast<std::uint32_t>(i); });
    parallelFor(
        next.size(),
        [&](std::size_t band) {
            const int row = static_cast<int>(band) * kBandRows;
            for (std::uint32_t k = starts[band]; k < starts[band + 1]; ++k)
                draw(grid, stamps[members[k]], dots[members[k]].profile.tailLoss[lobe], row,
                     row + kBandRows - 1);
        },
        1);
}

/// The row `y` of a grid of twice the resolution, three parts of the nearer texel to one of the farther, both
/// ways. `between` is a row of scratch.
template <typename Store>
void refineRow(Grid& coarse, int y, std::vector<Float4>& between, const Store& store) {
    const auto other = [](int i, int count) { return std::clamp(i / 2 + (i & 1 ? 1 : -1), 0, count - 1); };
    const Float4 *const near = coarse.row(y / 2), *const far = coarse.row(other(y, coarse.height));
    for (int x = 0; x < coarse.width; ++x)
        between[static_cast<std::size_t>(x)] = 0.75f * near[x] + 0.25f * far[x];
    for (int x = 0; x < 2 * coarse.width; ++x)
        store(x, 0.75f * between[static_cast<std::size_t>(x / 2)] +
                     0.25f * between[static_cast<std::size_t>(other(x, coarse.width))]);
}

/// To the nearest half float; magnitudes below 65504.
TailField::Texel halvesOf(Float4 value) {
    const Bits4 bits = std::bit_cast<Bits4>(value);
    const Bits4 sign = (bits >> 16) & 0x8000u;
    // Scaled so that the exponent's bias is that of a half. What would be denormal becomes zero in a loop of
    // engine/core/parallel.h.
    const Float4 scaled = std::bit_cast<Float4>(bits & 0x7fffffffu) * 0x1p-112f;
    const Bits4 s = std::bit_cast<Bits4>(scaled);
    const Bits4 halves = ((s + 0xfffu + ((s >> 13) & 1u)) >> 13) | sign;
    TailField::Texel texel;
    for (unsigned k = 0; k < 4; ++k) texel.halves[k] = static_cast<std::uint16_t>(halves[k]);
    return texel;
}

}  // namespace

TailField bakeTailField(const Head& head, std::span<const SkinDot> dots) {
    TailField field;
    if (dots.empty()) return field;
    field.map = TailMap::of(head);
    std::vector<Mark> marks(dots.size());
    parallelFor(dots.size(), [&](std::size_t i) { marks[i] = markOf(field.map, dots[i]); });
    glm::vec2 low(1e9f), high(-1e9f);
    for (const Mark& mark : marks) {
        const glm::vec2 reach =
            (kReach * kTailSigmaMm.back()) * glm::sqrt(glm::vec2(mark.covariance.x, mark.covariance.z));
        low = glm::min(low, mark.placeMm - reach), high = glm::max(high, mark.placeMm + reach);
    }
    const glm::vec2 extentMm = high - low;
    constexpr int kMargin = 16;  // finest texels, all round, that no tail reaches
    field.texelMm = std::max(kTailSigmaMm[kNarrowest] / kFinestTexelsPerSigma,
                             std::max(extentMm.x, extentMm.y) / (kMaxSide - 3 * kMargin));
    field.cornerMm = low - kMargin * field.texelMm;

    std::array<int, kTailLobes> levels;
    for (std::size_t k = 0; k < kTailLobes; ++k)
        levels[k] = std::max(
            static_cast<int>(std::floor(std::log2(kTailSigmaMm[k] / (kTexelsPerSigma * field.texelMm)))), 0);
    const int coarsest = levels.back(), unit = 1 << coarsest;
    const auto sizeOf = [&](float mm) {
        const int texels = static_cast<int>(std::ceil(mm / field.texelMm)) + 2 * kMargin;
        return (texels + unit - 1) / unit * unit;
    };
    field.width = sizeOf(extentMm.x), field.height = sizeOf(extentMm.y);
    const auto layerAt = [&](int level) {
        const float texels = static_cast<float>(1 << level);
        Layer layer{texels * field.texelMm, kReadVariance / (texels * texels), field.cornerMm,
                    glm::ivec2(field.width, field.height) / (1 << level)};
        for (int step = 1; step <= level; ++step)
            layer.addedVariance += kStepVariance / static_cast<float>(1 << (2 * step));
        return layer;
    };

    const Layer bottom = layerAt(coarsest);
    Grid grid(bottom.size.x, bottom.size.y);
    const std::vector<float> heights =
        skullHeights(head, field.map, field.cornerMm, bottom.texelMm, bottom.size.x, bottom.size.y);
    for (std::size_t i = 0; i < heights.size(); ++i) grid.texels[i][3] = heights[i];
    dropStrays(field.map, dots, bottom, heights, marks);
    field.texels.resize(static_cast<std::size_t>(field.width) * static_cast<std::size_t>(field.height));
    for (int level = coarsest;; --level) {
        const Layer layer = layerAt(level);
        for (std::size_t k = 0; k < kTailLobes; ++k)
            if (levels[k] == level) drawTail(grid, layer, k, dots, marks);
        const auto texelsAt = [&](std::size_t y) {
            return field.texels.data() + y * static_cast<std::size_t>(field.width);
        };
        const bool lastStep = level == 1 && std::find(levels.begin(), levels.end(), 0) == levels.end();
        if (level == 0) {
            parallelFor(
                static_cast<std::size_t>(field.height),
                [&](std::size_t y) {
                    for (int x = 0; x < field.width; ++x)
                        texelsAt(y)[x] = halvesOf(grid.row(static_cast<int>(y))[x]);
                },
                16);
            break;
        }
        // The finest grid is not needed as floats when nothing is drawn in it.
        Grid finer(lastStep ? 0 : 2 * grid.width, lastStep ? 0 : 2 * grid.height);
        parallelForRanges(
            static_cast<std::size_t>(2 * grid.height),
            [&](std::size_t begin, std::size_t end) {
                std::vector<Float4> between(static_cast<std::size_t>(grid.width));
                for (std::size_t row = begin; row != end; ++row) {
                    const int y = static_cast<int>(row);
                    if (lastStep)
                        refineRow(grid, y, between,
                                  [to = texelsAt(row)](int x, Float4 value) { to[x] = halvesOf(value); });
                    else
                        refineRow(grid, y, between,
                                  [to = finer.row(y)](int x, Float4 value) { to[x] = value; });
                }
            },
            16);
        if (lastStep) break;
        grid = std::move(finer);
    }
    return field;
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
            const Texel& texel = texels[static_cast<std::size_t>(c.y) * static_cast<std::size_t>(width) +
                                        static_cast<std::size_t>(c.x)];
            const float weight = (x ? t.x : 1 - t.x) * (y ? t.y : 1 - t.y);
            for (int k = 0; k < 4; ++k)
                sum[k] += weight * glm::unpackHalf1x16(texel.halves[static_cast<std::size_t>(k)]);
        }
    const float away = std::abs(map.heightMm(positionMm) - sum.w);
    return glm::vec3(sum) * (1 - glm::smoothstep(kSameSkinMm, kOtherSkinMm, away));
}

}  // namespace stubble
