// Sources: docs/sources.md, hair.
#include "engine/hair/ancestry.h"

namespace stubble {
namespace {

constexpr std::array<std::string_view, kAncestryCount> kNames = {"european", "african", "eastAsian"};

/// Counted on 146 Han Chinese (Guo et al., "The distribution of hair in Han Chinese", 2017).
constexpr std::array<float, 5> kCountedShares = {0.2838f, 0.5262f, 0.1748f, 0.0131f, 0.0021f};
/// The same, each share times 1.6264 per further hair: tilted to the mean of 2.2 hairs a unit that is told of
/// Europeans. For Africans a working default.
constexpr std::array<float, 5> kTiltedShares = {0.1697f, 0.5117f, 0.2764f, 0.0334f, 0.0088f};

/// Radii of curvature 40, 4 and 150 mm: working defaults (wavy, kinky, straight).
constexpr std::array<HairTraits, kAncestryCount> kTraits = {{
    {226, 73, 57, 11.0f / 57, 367, 56, 0.12f, kTiltedShares, 1.0f / 40, 0.5f},
    // The diameter is the geometric mean of the range's ends, 55 and 122 µm, as of an ellipse with these
    // axes; its spread that of Asians. Working defaults.
    {161, 50, 82, 0.22f, 280, 50, 0.14f, kTiltedShares, 1.0f / 4, 0.4f},
    {175, 54, 86, 19.0f / 86, 411, 53, 0.12f, kCountedShares, 1.0f / 150, 0.5f},
}};

}  // namespace

std::string_view ancestryName(Ancestry ancestry) {
    return kNames[static_cast<std::size_t>(ancestry)];
}

const HairTraits& traitsOf(Ancestry ancestry) {
    return kTraits[static_cast<std::size_t>(ancestry)];
}

float meanUnitSize(const std::array<float, 5>& unitShares) {
    float mean = 0;
    for (std::size_t k = 0; k < unitShares.size(); ++k) mean += unitShares[k] * static_cast<float>(k + 1);
    return mean;
}

}  // namespace stubble
