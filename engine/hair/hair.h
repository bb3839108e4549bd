#pragma once
// What a design says about the client's own hair.

#include "engine/scalp/hair_loss.h"

namespace stubble {

/// Ranges are checked when a design is read. Sources: docs/sources.md, hair.
struct HairDesign {
    Norwood norwood = Norwood::VI;
    float densityPerCm2 = 190;     ///< hairs, not units, where hair is full; 0 to 400 (226 ± 73 Caucasian)
    float diameterUm = 65;         ///< shaft, 20 to 150
    float diameterSpread = 0.15f;  ///< relative standard deviation, 0 to 0.5
    float lengthMm = 0.2f;         ///< 0 to 25; razor ≤ 0.05, foil 0.1–0.2, no guard 0.5–1
    float greyShare = 0.05f;       ///< of hairs without melanin, 0 to 1; working default
};

}  // namespace stubble
