#pragma once
// What a design says about the client's own hair.

#include <optional>

#include "engine/hair/ancestry.h"
#include "engine/scalp/hair_loss.h"

namespace stubble {

enum class WhorlKind { seed, clockwise, anticlockwise, twin };  ///< seed: as the design's seed draws it
inline constexpr int kWhorlKindCount = 4;
/// "seed", "clockwise", "anticlockwise", "double": the names in designs.
std::string_view whorlKindName(WhorlKind kind);

enum class HairColour { black, darkBrown, brown, blond, red };
inline constexpr int kHairColourCount = 5;
/// "black", "darkBrown", "brown", "blond", "red": the names in designs.
std::string_view hairColourName(HairColour colour);

/// Ranges are checked when a design is read. Sources: docs/sources.md, hair.
struct HairDesign : HairLoss {
    Ancestry ancestry = Ancestry::european;
    // Unset: as the ancestry says.
    std::optional<float> densityPerCm2;   ///< hairs, not units, mean over a scalp of full hair; 0 to 400
    std::optional<float> diameterUm;      ///< shaft, 20 to 150
    std::optional<float> diameterSpread;  ///< relative standard deviation, 0 to 0.5
    float lengthMm = 0.2f;      ///< as clipped, 0 to 25; names of clipper settings: engine/hair/length.h
    float hoursSinceShave = 0;  ///< grown on top of that, 0 to 336
    HairColour colour = HairColour::darkBrown;  ///< of the scalp and the brows
    float greyShare = 0.05f;                    ///< of hairs without melanin, 0 to 1; working default
    WhorlKind whorl = WhorlKind::seed;
    float whorlSideMm = 0;  ///< of the crown's whorl from the midline, to the head's own right; −30 to 30

    bool operator==(const HairDesign&) const = default;
};

/// The ancestry's figures, and the design's where it has its own.
HairTraits traitsOf(const HairDesign& hair);

}  // namespace stubble
