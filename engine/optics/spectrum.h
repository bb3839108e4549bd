#pragma once
// Between reflectance spectra and colours.

#include <array>
#include <glm/glm.hpp>
#include <span>

namespace stubble {

/// The wavelength bands that transport is computed in: 400–700 nm in steps of kBandWidthNm.
inline constexpr int kBandCount = 15;
inline constexpr float kBandWidthNm = 20;
constexpr float bandCentreNm(int band) {
    return 400 + (static_cast<float>(band) + 0.5f) * kBandWidthNm;
}
using Spectrum = std::array<float, kBandCount>;

/// What light of each band that a surface gives back adds to its colour under D65, linear sRGB: weights of a
/// channel add up to 1, some are negative. CIE 1931 2° observer (CIE 15:2004, 10 nm tables).
const std::array<glm::vec3, kBandCount>& bandWeights();

/// Linear sRGB of a reflectance spectrum under D65; all ones give (1, 1, 1).
glm::vec3 colourOf(std::span<const float, kBandCount> reflectance);

}  // namespace stubble
