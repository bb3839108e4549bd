#pragma once
// From millimetres and pixels to degrees of visual angle.

#include <cmath>

#include "engine/core/units.h"

namespace stubble {

/// Millimetres on a surface square to the line of sight that fill one degree, at `distanceCm` > 0: 13.1
/// at 75.
inline double mmPerDegree(double distanceCm) {
    return 20 * distanceCm * std::tan(0.5 * double(kPi) / 180);
}
/// Pixels a degree of visual angle of a picture with `mmPerPixel` > 0 on that surface.
inline double pixelsPerDegree(double mmPerPixel, double distanceCm) {
    return mmPerDegree(distanceCm) / mmPerPixel;
}
/// Cycles per degree of a pattern with `cyclesPerMm` on that surface.
inline double cyclesPerDegree(double cyclesPerMm, double distanceCm) {
    return cyclesPerMm * mmPerDegree(distanceCm);
}

}  // namespace stubble
