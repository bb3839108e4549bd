#pragma once
// How a speck of pigment under the skin, or a shaved hair in it, dims the light that the skin gives back.

#include <array>
#include <glm/glm.hpp>

namespace stubble {

/// Gaussians of a dot that are its own: they give its visible shape.
inline constexpr int kCoreLobes = 3;
/// Gaussians whose widths all dots share: what light that wanders through the skin loses around a dot
/// (optical dot gain). Wide and faint; they are summed as a field over the skin, not drawn dot by dot.
inline constexpr std::array<float, 3> kTailSigmaMm = {0.4f, 1.0f, 2.4f};
inline constexpr int kTailLobes = static_cast<int>(kTailSigmaMm.size());

/// What a dot takes of the skin's light, in linear sRGB, by the distance r from its middle: its core
/// C = Σ coreLoss·exp(−r²/2 coreSigmaMm²) and its tail H = Σ tailLoss·exp(−r²/2 kTailSigmaMm²), as lightLeft
/// puts them together. Core losses may be negative (a flat top is a difference of Gaussians). Cores of
/// several dots add up, and so do their tails.
struct DotProfile {
    std::array<float, kCoreLobes> coreSigmaMm{};
    std::array<glm::vec3, kCoreLobes> coreLoss{};
    std::array<glm::vec3, kTailLobes> tailLoss{};
    glm::vec3 reachable{1};  ///< share of the skin's light that comes down to the pigment
};

/// The share of the skin's light that is left where cores add up to `cores` and tails to `tails`, for dots at
/// a depth that `reachable` of the light comes down to:
///   1 − C − max(F − C, 0)·(1 − exp(−H/F)).
/// Tails may be a little below 0 (on skin that is out of the gamut, less red is more blue); they count as H
/// then. However many deep dots there are, light that never came down to them stays. shaders/dots/tails.glsl
/// has the same.
glm::vec3 lightLeft(glm::vec3 cores, glm::vec3 tails, glm::vec3 reachable);

/// The ratio of a lone dot, linear sRGB.
glm::vec3 ratioAt(const DotProfile& profile, float radiusMm);

/// What a lone dot takes over all the skin, mm² of black skin; overlaps of its own core and tails counted.
glm::vec3 loneLossMm2(const DotProfile& profile);

/// Mean ratio of skin where such dots stand on an endless square grid. gridMm 0.1 to 4.
glm::vec3 gridRatio(const DotProfile& profile, float gridMm);

/// Integral of all Gaussians, mm² of black skin, without their overlaps: what sets the tone of a field of
/// dots.
glm::vec3 integratedLossMm2(const DotProfile& profile);

}  // namespace stubble
