#pragma once
// Unit conversions. Inside the engine: millimetres, radians, dots per cm², nanometres, days.

#include <numbers>

namespace stubble {

inline constexpr float kPi = std::numbers::pi_v<float>;
inline constexpr float kMm2PerCm2 = 100.0f;

constexpr float radiansFromDegrees(float degrees) {
    return degrees * (kPi / 180.0f);
}
constexpr float degreesFromRadians(float radians) {
    return radians * (180.0f / kPi);
}

}  // namespace stubble
