#pragma once
// Colour as people see it: CIELAB and colour differences.

#include <glm/glm.hpp>

namespace stubble {

/// CIELAB under D65 (CIE 1931 observer) of linear sRGB, 1 = white.
glm::vec3 labFromLinearSrgb(glm::vec3 linear);
/// The inverse; out-of-gamut colours come back outside 0 to 1.
glm::vec3 linearSrgbFromLab(glm::vec3 lab);

/// CIEDE2000 with kL = kC = kH = 1: 1 is about the least difference that is seen side by side.
float deltaE2000(glm::vec3 lab1, glm::vec3 lab2);

/// Individual typology angle of skin, degrees: atan((L − 50)/b)·180/π; above 55 very light, below −30 dark
/// (Chardon, Cretois and Hourseau, "Skin colour typology and suntanning pathways", 1991).
float itaDegrees(glm::vec3 lab);

}  // namespace stubble
