// Beer and Lambert's law for leaves: Monsi and Saeki, "Über den Lichtfaktor in den Pflanzengesellschaften",
// 1953. Projection by direction: Ross, "The radiation regime and architecture of plant stands", 1981 (its
// G-function). Clumping: Nilson, "A theoretical analysis of the frequency of gaps in plant stands", 1971.
//
// A slice of thickness dz at z above the skin holds, of each hair, the length dz ÷ (a·n); seen along ω that
// is d · sin∠(a, ω) · dz ÷ (a·n) of hair. A mm² of skin is ω·n wide across ω and bears N hairs. So
//   τ(h) = N · d · (H − h) · sin∠(a, ω) ÷ ((a·n)(ω·n)),  H = L (a·n).
// The same, hair by hair: a hair's shadow on a plane along ω is its section with that plane, an ellipse of
// π d² ÷ (4 a·n), drawn out over the length left, which adds d · (L − h ÷ (a·n)) · sin∠(a, ω) ÷ (ω·n). A
// place sees out if no hair's shadow holds it; for N Poisson-placed hairs a mm² the chance of that is exp(−N
// · shadow), which is e^−τ but for the hairs' ends.
#include "engine/hair/canopy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kLeastRise = 1e-4f;

float sineBetween(glm::vec3 a, glm::vec3 b) {
    return glm::length(glm::cross(a, b));
}

// What of a hair's length rises above a height.
float lengthLeftMm(const HairCanopy& canopy, float heightMm) {
    const float rise = std::max(glm::dot(canopy.direction, canopy.skinNormal), kLeastRise);
    return std::max(canopy.lengthMm - std::max(heightMm, 0.0f) / rise, 0.0f);
}

float sideShadowMm2(const HairCanopy& canopy, glm::vec3 towards, float heightMm) {
    const float out = std::max(glm::dot(towards, canopy.skinNormal), kLeastRise);
    return canopy.diameterMm * lengthLeftMm(canopy, heightMm) * meanSine(canopy, towards) / out;
}

float endShadowMm2(const HairCanopy& canopy, float heightMm) {
    if (lengthLeftMm(canopy, heightMm) <= 0) return 0;
    const float rise = std::max(glm::dot(canopy.direction, canopy.skinNormal), kLeastRise);
    return 0.25f * kPi * canopy.diameterMm * canopy.diameterMm / rise;
}

}  // namespace

float meanSine(const HairCanopy& canopy, glm::vec3 towards) {
    if (canopy.riseSdRad <= 0 && canopy.turnSdRad <= 0) return sineBetween(canopy.direction, towards);
    // Both deviations normal: the trapezoid rule over three standard deviations.
    constexpr int kHalf = 9;
    constexpr float kStep = 3.0f / kHalf;
    const glm::vec3 n = canopy.skinNormal;
    const float up = std::clamp(glm::dot(canopy.direction, n), -1.0f, 1.0f), rise = std::asin(up);
    glm::vec3 along = canopy.direction - up * n;
    if (glm::dot(along, along) < 1e-12f)
        along = glm::cross(n, std::abs(n.x) < 0.6f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0));
    along = glm::normalize(along);
    const glm::vec3 side = glm::cross(n, along);
    const int rises = canopy.riseSdRad > 0 ? kHalf : 0, turns = canopy.turnSdRad > 0 ? kHalf : 0;
    float sum = 0, weights = 0;
    for (int i = -rises; i <= rises; ++i)
        for (int j = -turns; j <= turns; ++j) {
            const float u = kStep * static_cast<float>(i), v = kStep * static_cast<float>(j);
            const float weight = std::exp(-0.5f * (u * u + v * v));
            // No hair dives into the skin.
            const float e = std::max(rise + u * canopy.riseSdRad, 0.0f), t = v * canopy.turnSdRad;
            const glm::vec3 hair = std::sin(e) * n + std::cos(e) * (std::cos(t) * along + std::sin(t) * side);
            sum += weight * sineBetween(hair, towards);
            weights += weight;
        }
    return sum / weights;
}

float canopyOpticalDepth(const HairCanopy& canopy, glm::vec3 towards, float heightMm) {
    if (glm::dot(towards, canopy.skinNormal) <= 0) return std::numeric_limits<float>::infinity();
    return canopy.clumping * canopy.hairsPerMm2 * sideShadowMm2(canopy, towards, heightMm);
}

float needleShadowMm2(const HairCanopy& canopy, glm::vec3 towards, float heightMm) {
    return sideShadowMm2(canopy, towards, heightMm) + endShadowMm2(canopy, heightMm);
}

float gapFraction(const HairCanopy& canopy, glm::vec3 towards, float heightMm) {
    return std::exp(-canopyOpticalDepth(canopy, towards, heightMm) -
                    canopy.hairsPerMm2 * endShadowMm2(canopy, heightMm));
}

float shadedFraction(const HairCanopy& canopy, glm::vec3 towardsLamp) {
    return 1.0f - gapFraction(canopy, towardsLamp);
}

// For little hair the depth is π/2 layers whatever their inclination: half the sphere's mean sine, π/4, over
// the mean cosine of a sky's irradiance. For more, light comes through where there is least: fitted.
float skyTransmittance(const HairCanopy& canopy, float heightMm) {
    const float layers =
        canopy.clumping * canopy.hairsPerMm2 * canopy.diameterMm * lengthLeftMm(canopy, heightMm);
    const float rise = std::clamp(glm::dot(canopy.direction, canopy.skinNormal), 0.0f, 1.0f);
    const float sides =
        0.5f * kPi * layers * std::pow(1.0f + 2.4f * layers, -(0.165f + 0.235f * rise * rise));
    return std::exp(-sides - canopy.hairsPerMm2 * endShadowMm2(canopy, heightMm));
}

// Two strips of width d whose axes lie s |cos ψ| apart, ψ even, share max(d − s |cos ψ|, 0) of it: the mean
// by its closed form.
float unitClumping(float pairsPerHair, float apartMm, float diameterMm) {
    if (diameterMm <= 0) return 1;
    const float s = std::max(apartMm, 1e-6f) / diameterMm;
    const float shared = s <= 1 ? 1 - 2 * s / kPi : 2 / kPi * (std::asin(1 / s) - s + std::sqrt(s * s - 1));
    return std::clamp(1 - std::max(pairsPerHair, 0.0f) * shared, 0.0f, 1.0f);
}

}  // namespace stubble
