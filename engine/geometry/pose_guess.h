#pragma once
// Which way a head in a file looks, and how large its unit is.

#include <optional>

#include "engine/geometry/import.h"

namespace stubble {

struct PoseGuess {
    AxisDirection up = AxisDirection::plusY, face = AxisDirection::plusZ;
    float breadth = 0;  ///< widest place of the skull above the ears, in the file's units
    float score = 0;    ///< higher is likelier; heads reach 6 to 10
};

/// Tries the 24 ways a head can stand along the axes (those that agree with `up` and `face` where given) and
/// takes the likeliest: mirror symmetry, a nose whose lower end sticks out most, a dome on top, an open rim
/// below, a skull longer than wide, and the habits of file formats (Y up and face +Z, Z up and face −Y).
PoseGuess guessPose(const TriMesh& mesh, std::optional<AxisDirection> up, std::optional<AxisDirection> face);

/// Millimetres for one unit of the file such that a skull of this breadth is a human one: metres, decimetres,
/// centimetres, inches or millimetres. Empty when none fits.
std::optional<float> guessMmPerUnit(float breadthInUnits);

/// "metres", …, or "units of 155.3 mm".
std::string unitName(float mmPerUnit);

/// Mean breadth of an adult's head, mm (men 152, women 146: Gordon et al., "Anthropometric survey of U.S.
/// Army personnel", 1989), for files whose unit cannot be told.
inline constexpr float kMeanHeadBreadthMm = 150.0f;

}  // namespace stubble
