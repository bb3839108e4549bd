#pragma once
// What is typical of hair by ancestry: the figures a design has where it gives none of its own.

#include <array>
#include <string_view>

namespace stubble {

enum class Ancestry { european, african, eastAsian };
inline constexpr int kAncestryCount = 3;

/// "european", "african", "eastAsian": the names in designs.
std::string_view ancestryName(Ancestry ancestry);

/// Sources, figure by figure: docs/sources.md, hair.
struct HairTraits {
    float densityPerCm2 = 0;            ///< hairs, mean over the scalp
    float densitySpreadPerCm2 = 0;      ///< standard deviation from person to person
    float diameterUm = 0;               ///< shaft
    float diameterSpread = 0;           ///< relative standard deviation from hair to hair
    float growthUmPerDay = 0;           ///< of a hair that grows
    float growthSpreadUmPerDay = 0;     ///< standard deviation from person to person
    float telogenShare = 0;             ///< of hairs that rest, 0 to 1
    std::array<float, 5> unitShares{};  ///< of follicular units with 1 to 5 hairs; their sum is 1
    float curvaturePerMm = 0;           ///< of the shaft, 1 ÷ radius
    float curvatureSpread = 0;          ///< relative standard deviation from hair to hair
};

const HairTraits& traitsOf(Ancestry ancestry);

/// Mean number of hairs in a follicular unit.
float meanUnitSize(const std::array<float, 5>& unitShares);

}  // namespace stubble
