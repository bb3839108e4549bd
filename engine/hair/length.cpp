#include "engine/hair/length.h"

#include <algorithm>

namespace stubble {

float hairLengthMm(const HairDesign& hair, bool growing, float reachMm) {
    const float grownMm = traitsOf(hair.ancestry).growthUmPerDay * 1e-3f * hair.hoursSinceShave / 24;
    return std::min(reachMm, hair.lengthMm + (growing ? grownMm : 0));
}

}  // namespace stubble
