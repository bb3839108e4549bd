#pragma once
// Proportions of an adult's head, for places that a mesh does not show. Means of men and women after Farkas,
// "Anthropometry of the Head and Face", 1994, and Gordon et al., "Anthropometric survey of U.S. Army
// personnel", 1989, rounded; those marked so are working defaults.

namespace stubble::proportion {

inline constexpr float kBreadthMm = 150;  ///< of the skull over the ears; all others scale with it

inline constexpr float kTragusBehindNasionMm = 96;
inline constexpr float kTragusBelowNasionMm = 28;  ///< level with the lower rim of the orbit
inline constexpr float kHalfBitragionMm = 71;
inline constexpr float kHalfBiocularMm = 45.5f;    ///< exocanthion to midline
inline constexpr float kCanthusBelowNasionMm = 5;  ///< working default
inline constexpr float kInionOverTragusMm = 3;     ///< working default
inline constexpr float kEarLengthMm = 62;

inline constexpr float kMinNoseRidgeMm = 5;   ///< working default: the flattest infant noses
inline constexpr float kMaxNoseRidgeMm = 42;  ///< working default: above it a ledge

}  // namespace stubble::proportion
