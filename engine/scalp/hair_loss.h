#pragma once
// Patterns of hair loss, drawn in the chart.

namespace stubble {

/// Hamilton–Norwood scale (Norwood, "Male pattern baldness: classification and incidence", 1975).
enum class Norwood { none, I, II, III, IIIVertex, IV, V, VI, VII };

}  // namespace stubble
