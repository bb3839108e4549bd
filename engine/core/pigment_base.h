#pragma once
// The pigments that practitioners choose from. A word of both treatment, which designs and ages them, and
// optics, which knows their colour; neither sees the other, so it stands below both.

#include <array>
#include <cstddef>
#include <string_view>

namespace stubble {

enum class PigmentBase {
    carbon,     ///< neutral black, what most scalp pigments are
    warmBlack,  ///< carbon with red iron oxide
    coolGrey,   ///< carbon with black iron oxide
    brown,      ///< red iron oxide with carbon
};
inline constexpr std::size_t kPigmentBaseCount = 4;
inline constexpr std::array<std::string_view, kPigmentBaseCount> kPigmentBaseNames = {"carbon", "warmBlack",
                                                                                      "coolGrey", "brown"};

}  // namespace stubble
