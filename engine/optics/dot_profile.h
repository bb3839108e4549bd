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

/// A dot's reflectance ratio by the distance r from its middle, in linear sRGB:
///   (1 − Σ coreLoss·exp(−r²/2 coreSigmaMm²)) · tailRatio(Σ tailLoss·exp(−r²/2 kTailSigmaMm²)).
/// Core losses may be negative (a flat top is a difference of Gaussians). Cores of several dots add up, and
/// so do their tails, before tailRatio.
struct DotProfile {
    std::array<float, kCoreLobes> coreSigmaMm{};
    std::array<glm::vec3, kCoreLobes> coreLoss{};
    std::array<glm::vec3, kTailLobes> tailLoss{};
};

/// What is left of the light where tails add up to `tails` (≥ 0): 1 − tails for few, never below 0 for many.
glm::vec3 tailRatio(glm::vec3 tails);

/// The ratio of a lone dot, linear sRGB.
glm::vec3 ratioAt(const DotProfile& profile, float radiusMm);

/// Loss over all the surface, mm² of fully black skin: what sets the tone of a field of dots.
glm::vec3 integratedLossMm2(const DotProfile& profile);

}  // namespace stubble
