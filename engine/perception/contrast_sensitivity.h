#pragma once
// What the eye's optics and retina leave of a picture, and how small a contrast is seen.

#include "engine/core/image.h"

namespace stubble {

/// Relative sensitivity at a spatial frequency ≥ 0, about 0.98 at its peak near 8 cycles per degree
/// (Mannos and Sakrison, "The effects of a visual fidelity criterion on the encoding of images", 1974).
double mannosSakrison(double cyclesPerDegree);

/// Sensitivity at the peak: 1 ÷ the amplitude, as a share of the mean, of the faintest grating that is seen.
/// Working default: 200, inside the 100 to 500 that are measured in daylight.
inline constexpr double kPeakSensitivity = 200;
/// mannosSakrison times kPeakSensitivity.
double contrastSensitivity(double cyclesPerDegree);

/// Standard deviation of the narrowest Gaussian of the blur below, degrees: nothing much finer is left.
double finestBlurDegrees();

/// The picture after S-CIELAB's blur of its three opponent channels, linear sRGB in and out (colours may
/// leave the gamut); every kernel sums to 1, borders go on. `pixelsPerDegree` > 0. (Zhang and Wandell, "A
/// spatial extension of CIELAB for digital color image reproduction", 1996.)
ImageLinear opponentBlur(const ImageLinear& image, double pixelsPerDegree);

}  // namespace stubble
