#include "engine/optics/dot_profile.h"

#include <cmath>

#include "engine/core/units.h"

namespace stubble {

glm::vec3 lightLeft(glm::vec3 cores, glm::vec3 tails, glm::vec3 reachable) {
    const glm::vec3 taken = 1.0f - glm::exp(-glm::max(tails, 0.0f) / reachable);
    return 1.0f - cores - glm::max(reachable - cores, 0.0f) * taken - glm::min(tails, 0.0f);
}

glm::vec3 ratioAt(const DotProfile& profile, float radiusMm) {
    const auto gaussian = [radiusMm](float sigmaMm) {
        return std::exp(-0.5f * radiusMm * radiusMm / (sigmaMm * sigmaMm));
    };
    glm::vec3 core(0), tails(0);
    for (std::size_t i = 0; i < kCoreLobes; ++i)
        core += gaussian(profile.coreSigmaMm[i]) * profile.coreLoss[i];
    for (std::size_t i = 0; i < kTailLobes; ++i) tails += gaussian(kTailSigmaMm[i]) * profile.tailLoss[i];
    return lightLeft(core, tails, profile.reachable);
}

glm::vec3 integratedLossMm2(const DotProfile& profile) {
    const auto area = [](float sigmaMm) { return 2 * kPi * sigmaMm * sigmaMm; };
    glm::vec3 sum(0);
    for (std::size_t i = 0; i < kCoreLobes; ++i) sum += area(profile.coreSigmaMm[i]) * profile.coreLoss[i];
    for (std::size_t i = 0; i < kTailLobes; ++i) sum += area(kTailSigmaMm[i]) * profile.tailLoss[i];
    return sum;
}

}  // namespace stubble
