#pragma once
// Patterns of hair loss, drawn in the chart.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/scalp/head.h"

namespace stubble {

/// Hamilton–Norwood scale (Norwood, "Male pattern baldness: classification and incidence", 1975).
enum class Norwood { none, I, II, III, IIIVertex, IV, V, VI, VII };

inline constexpr int kNorwoodCount = 9;

/// "none", "I", "II", "III", "IIIVertex", "IV" … "VII": the names in designs.
std::string_view norwoodName(Norwood norwood);
std::optional<Norwood> norwoodFromName(std::string_view name);

/// How much of the natural terminal hair is left at each vertex, 0 to 1; 0 off the scalp (it never exceeds
/// head.scalpMask). Between bald and full lies a belt of about 10 mm of miniaturised hair. Each stage is bald
/// wherever the stages before it are; the spot of IIIVertex comes on top of III's front and stays from IV on.
std::vector<float> hairShare(const Head& head, Norwood norwood);

/// Scalp that has lost its hair, cm²: ∫ (hair of a full head − hair left) dA.
double baldAreaCm2(const Head& head, std::span<const float> share);

}  // namespace stubble
