#include "engine/core/random.h"

#include <cmath>

#include "engine/core/units.h"

namespace stubble {

float normalDeviate(float u1, float u2) {
    return std::sqrt(-2.0f * std::log(1.0f - u1)) * std::cos(2.0f * kPi * u2);
}

}  // namespace stubble
