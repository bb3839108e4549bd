#include "engine/render/tail_grid.h"

#include <bit>
#include <cmath>

namespace stubble {
namespace {

using Bits4 = std::uint32_t __attribute__((vector_size(16)));

constexpr float kKept = 0.99863f * 0.99863f;  // of a Gaussian within, both ways
constexpr float kLeastVariance = 0.35f;       // texels²: less would alias

/// What a tail looks like in a grid.
struct Stamp {
    glm::vec2 centre;   ///< texels
    glm::vec3 inverse;  ///< of its covariance
    glm::ivec2 from, to;
    float gain;  ///< texel value at its middle for a loss of one
};

Stamp stampOf(const TailDot& mark, float sigmaMm, const TailLayer& layer) {
    const float scale = sigmaMm * sigmaMm / (layer.texelMm * layer.texelMm);
    glm::vec3 c = scale * mark.covariance - glm::vec3(layer.addedVariance, 0, layer.addedVariance);
    c.x = std::max(c.x, kLeastVariance), c.z = std::max(c.z, kLeastVariance);
    const float correlated = 0.8f * std::sqrt(c.x * c.z);
    c.y = std::clamp(c.y, -correlated, correlated);
    const float determinant = c.x * c.z - c.y * c.y;
    Stamp stamp;
    stamp.centre = (mark.placeMm - layer.cornerMm) / layer.texelMm - 0.5f;
    stamp.inverse = glm::vec3(c.z, -c.y, c.x) / determinant;
    const glm::vec2 reach = kTailReach * glm::sqrt(glm::vec2(c.x, c.z));
    stamp.from = glm::max(glm::ivec2(glm::ceil(stamp.centre - reach)), glm::ivec2(0));
    stamp.to = glm::min(glm::ivec2(glm::floor(stamp.centre + reach)), layer.size - 1);
    stamp.gain = scale * mark.areaRatio / (std::sqrt(determinant) * kKept);
    return stamp;
}

/// Adds loss·gain·exp(−½ dᵀC⁻¹d) inside the rectangle; exponentials by differences, along a row and from row
/// to row.
void draw(TailSums& sums, const Stamp& stamp, glm::vec3 loss, const TexelRect& rect) {
    const glm::ivec2 from = glm::max(stamp.from, rect.from), to = glm::min(stamp.to, rect.to);
    if (from.x > to.x || from.y > to.y) return;
    const glm::vec3 i = stamp.inverse;
    const glm::vec2 d = glm::vec2(from) - stamp.centre;
    float first = std::exp(-0.5f * (i.x * d.x * d.x + 2 * i.y * d.x * d.y + i.z * d.y * d.y));
    float down = std::exp(-(i.y * d.x + i.z * d.y + 0.5f * i.z));
    float across = std::exp(-(i.x * d.x + i.y * d.y + 0.5f * i.x));
    const float downStep = std::exp(-i.z), acrossStep = std::exp(-i.x), mixedStep = std::exp(-i.y);
    const glm::vec3 peak = stamp.gain / kTailPart * loss;
    const Float4 value = {peak.r, peak.g, peak.b, 0};
    for (int y = from.y; y <= to.y; ++y) {
        Int4* const row = sums.row(y);
        float weight = first, step = across;
        for (int x = from.x; x <= to.x; ++x) {
            row[x] += __builtin_convertvector(value * weight, Int4);
            weight *= step;
            step *= acrossStep;
        }
        first *= down, down *= downStep, across *= mixedStep;
    }
}

}  // namespace

void drawTail(TailSums& sums, const TailLayer& layer, const TailDot& dot, std::size_t lobe,
              const TexelRect& rect) {
    draw(sums, stampOf(dot, kTailSigmaMm[lobe], layer), dot.loss[lobe], rect);
}

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

}  // namespace stubble
