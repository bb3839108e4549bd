#pragma once
// How a speck of pigment under the skin, or a shaved hair in it, dims the light that the skin gives back.

#include <array>
#include <glm/glm.hpp>

namespace stubble {

/// One Gaussian of a dot's reflectance loss on the skin surface: at distance r the light scattered back by
/// the skin is multiplied by 1 − Σ lobes peak·exp(−r²/2σ²).
struct DotLobe {
    float sigmaMm = 0;
    glm::vec3 peakLoss{0};  ///< linear sRGB, 0 to 1
};

/// A sharp core and the wide halo of light that was caught on its way through the skin (optical dot gain).
struct DotProfile {
    DotLobe core, halo;
};

/// Loss over all the surface, mm² of fully black skin: what sets the tone of a field of dots.
glm::vec3 integratedLossMm2(const DotProfile& profile);

/// Interim model: interpolates the photon-transport figures of a 0.12 mm dot at five depths (docs/sources.md,
/// optics), scaled by absorbing area and load. diameterMm 0.02–0.8, depthMm 0.05–1.5 (centroid), loadPercent
/// 0.02–5.
DotProfile pigmentDot(float diameterMm, float depthMm, float loadPercent);

/// The part of a shaved hair that lies in the skin, seen through it. diameterUm 10–200, melanin 0 (grey)
/// to 1. Working default: a dot as wide as the shaft, from the surface down.
DotProfile shavedHair(float diameterUm, float melanin);

/// Share of pigment load left after healing and fading, days since the last session: 1 at the needle, settled
/// at a month, then a half-life of years (docs/sources.md, healing).
float pigmentRetention(float days);

}  // namespace stubble
