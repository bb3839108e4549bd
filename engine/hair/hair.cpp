#include "engine/hair/hair.h"

namespace stubble {

std::string_view whorlKindName(WhorlKind kind) {
    constexpr std::array<std::string_view, kWhorlKindCount> kNames = {"seed", "clockwise", "anticlockwise",
                                                                      "double"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view hairColourName(HairColour colour) {
    constexpr std::array<std::string_view, kHairColourCount> kNames = {"black", "darkBrown", "brown", "blond",
                                                                       "red"};
    return kNames[static_cast<std::size_t>(colour)];
}

HairTraits traitsOf(const HairDesign& hair) {
    HairTraits traits = traitsOf(hair.ancestry);
    traits.densityPerCm2 = hair.densityPerCm2.value_or(traits.densityPerCm2);
    traits.diameterUm = hair.diameterUm.value_or(traits.diameterUm);
    traits.diameterSpread = hair.diameterSpread.value_or(traits.diameterSpread);
    return traits;
}

}  // namespace stubble
