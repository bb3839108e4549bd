#include "engine/treatment/brush.h"

#include <algorithm>
#include <numbers>

namespace stubble {

float densityAround(const Impressions& impressions, glm::vec3 positionMm, float radiusMm) {
    const auto dots = std::ranges::count_if(impressions.positionsMm, [&](glm::vec3 dot) {
        const glm::vec3 way = dot - positionMm;
        return glm::dot(way, way) <= radiusMm * radiusMm;
    });
    constexpr float kMm2PerCm2 = 100;
    return static_cast<float>(dots) * kMm2PerCm2 / (std::numbers::pi_v<float> * radiusMm * radiusMm);
}

}  // namespace stubble
