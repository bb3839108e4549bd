#include "engine/optics/dot_profile.h"

#include <array>
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

glm::vec3 loneLossMm2(const DotProfile& profile) {
    constexpr double kStepMm = 0.0025, kEndMm = 14;
    glm::dvec3 sum(0);
    for (double r = kStepMm / 2; r < kEndMm; r += kStepMm)
        sum += glm::dvec3(1.0f - ratioAt(profile, float(r))) * (2 * double(kPi) * r * kStepMm);
    return sum;
}

glm::vec3 gridRatio(const DotProfile& profile, float gridMm) {
    constexpr std::size_t kSteps = 48;  // of half a cell: the rest is its mirror image
    constexpr float kReachMm = 15;
    // Sums of Gaussians over a square grid are products of sums over a line.
    const auto alongLine = [gridMm](float sigmaMm) {
        std::array<float, kSteps> sums{};
        const int reach = static_cast<int>(std::ceil(kReachMm / gridMm));
        for (std::size_t i = 0; i < kSteps; ++i)
            for (int k = -reach; k <= reach; ++k) {
                const float d = ((float(i) + 0.5f) / (2 * kSteps) - float(k)) * gridMm;
                sums[i] += std::exp(-0.5f * d * d / (sigmaMm * sigmaMm));
            }
        return sums;
    };
    std::array<std::array<float, kSteps>, kCoreLobes> core;
    std::array<std::array<float, kSteps>, kTailLobes> tail;
    for (std::size_t l = 0; l < kCoreLobes; ++l) core[l] = alongLine(profile.coreSigmaMm[l]);
    for (std::size_t l = 0; l < kTailLobes; ++l) tail[l] = alongLine(kTailSigmaMm[l]);
    glm::dvec3 sum(0);
    for (std::size_t y = 0; y < kSteps; ++y)
        for (std::size_t x = 0; x < kSteps; ++x) {
            glm::vec3 cores(0), tails(0);
            for (std::size_t l = 0; l < kCoreLobes; ++l)
                cores += core[l][x] * core[l][y] * profile.coreLoss[l];
            for (std::size_t l = 0; l < kTailLobes; ++l)
                tails += tail[l][x] * tail[l][y] * profile.tailLoss[l];
            sum += glm::dvec3(lightLeft(cores, tails, profile.reachable));
        }
    return glm::vec3(sum / double(kSteps * kSteps));
}

}  // namespace stubble
