#pragma once
// What skin and blood do to light of a wavelength.

#include "engine/optics/transport.h"

namespace stubble {

// All take 400–700 nm (clamped) and give 1/mm. Sources: S. L. Jacques, "Skin optics", Oregon Medical Laser
// Center News, 1998.

/// Bloodless, melanin-free tissue: 0.0244 + 8.53·exp(−(λ − 154)/66.2).
float baselineAbsorptionPerMm(float wavelengthNm);
/// Inside a melanosome: 6.6e10·λ^−3.33.
float melanosomeAbsorptionPerMm(float wavelengthNm);
/// Whole blood of 150 g/l haemoglobin; oxygenation 0 to 1. Extinctions: S. Prahl, "Tabulated molar extinction
/// coefficient for hemoglobin in water", 1998 (Gratzer; Kollias).
float bloodAbsorptionPerMm(float wavelengthNm, float oxygenation);
/// µs′ = 2e4·λ^−1.5 + 2e11·λ^−4.
float reducedScatteringPerMm(float wavelengthNm);

inline constexpr float kSkinAnisotropy = 0.8f;       ///< g; working default inside 0.7–0.9
inline constexpr float kSkinRefractiveIndex = 1.4f;  ///< Jacques 1998
inline constexpr float kEpidermisMm = 0.08f;  ///< 66 ± 14 µm on the scalp, 79–123 µm in men's faces
inline constexpr float kOxygenation = 0.75f;  ///< of dermal blood; working default
inline constexpr float kBloodPercent = 0.2f;  ///< of the dermis's volume (Jacques 1998)

/// What of a person's skin changes its colour.
struct SkinPigments {
    float melaninPercent = 3;  ///< melanosomes, of the epidermis's volume; 0 to 50
    float bloodPercent = kBloodPercent;
};

/// Absorption of skin at a wavelength: the mean over a band of `widthNm` around it (0: just there).
struct SkinAbsorption {
    float epidermisPerMm = 0, dermisPerMm = 0;
};
SkinAbsorption skinAbsorption(const SkinPigments& skin, float wavelengthNm, float widthNm = 0);

/// Epidermis over an endless dermis at one wavelength; both scatter alike.
LayeredTissue skinLayers(const SkinAbsorption& absorption, float wavelengthNm);

}  // namespace stubble
