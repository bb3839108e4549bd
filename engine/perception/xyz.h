#pragma once
// CIE XYZ of linear sRGB (IEC 61966-2-1, primaries and D65 white of the 1931 observer).

#include <glm/glm.hpp>

namespace stubble {

/// Columns are the primaries' XYZ; white is Y = 1.
inline const glm::dmat3 kXyzFromLinearSrgb(0.4124564, 0.2126729, 0.0193339,  //
                                           0.3575761, 0.7151522, 0.1191920,  //
                                           0.1804375, 0.0721750, 0.9503041);

/// Relative luminance of linear sRGB, 1 = white.
inline float luminance(glm::vec3 linear) {
    return 0.2126729f * linear.x + 0.7151522f * linear.y + 0.0721750f * linear.z;
}

}  // namespace stubble
