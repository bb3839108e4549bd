#pragma once
// The colour of pigment: how much light of each wavelength it absorbs.

#include "engine/core/pigment_base.h"

namespace stubble {

/// Absorption relative to that at 550 nm, where it is 1 for every base: a dilution looks equally dark in
/// green light whatever the base. wavelengthNm is taken into 400–700.
float relativeAbsorption(PigmentBase base, float wavelengthNm);

/// Absorption of skin that holds loadPercent of its volume of pigment, 1/mm.
float absorptionPerMm(PigmentBase base, float loadPercent, float wavelengthNm);

}  // namespace stubble
