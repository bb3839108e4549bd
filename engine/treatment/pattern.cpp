// Patches are value noise (after Perlin, "An image synthesizer", 1985) on a lattice through space.

#include "engine/treatment/pattern.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace stubble {
namespace {

// Deviations of the logarithm of a candidate's density, of each for itself and of patches, and their size,
// about two spacings: working defaults, chosen so that distances to the nearest neighbour vary by about 0.3
// of their mean as they do between follicular units.
constexpr float kRankNoise = 0.5f, kPatchNoise = 0.9f, kPatchMm = 1.8f;

enum Stream : std::uint64_t { single = 0x72616e6b, patches = 0x7061746368 };

float normalAt(std::uint64_t seed, Stream stream, std::uint64_t counter) {
    return normalDeviate(unitFloat(hashCounters(seed, stream, 2 * counter)),
                         unitFloat(hashCounters(seed, stream, 2 * counter + 1)));
}

/// Smooth noise of unit deviation at any place.
float patchNoise(std::uint64_t seed, glm::vec3 positionMm) {
    const glm::vec3 at = positionMm / kPatchMm, cell = glm::floor(at);
    glm::vec3 t = at - cell;
    t = t * t * (3.0f - 2.0f * t);
    float sum = 0, squares = 0;
    for (int corner = 0; corner < 8; ++corner) {
        const glm::vec3 side(corner & 1, corner >> 1 & 1, corner >> 2);
        const glm::vec3 w = glm::mix(1.0f - t, t, side);
        const glm::ivec3 knot(cell + side);
        std::uint64_t name = 0;
        for (int axis = 0; axis < 3; ++axis)
            name = name << 20 | (static_cast<std::uint32_t>(knot[axis]) & 0xfffff);
        const float weight = w.x * w.y * w.z;
        sum += weight * normalAt(seed, patches, name);
        squares += weight * weight;
    }
    return sum / std::sqrt(squares);
}

}  // namespace

std::vector<float> patternDensities(const Candidates& candidates, DotPattern pattern) {
    const std::size_t count = candidates.size();
    std::vector<float> densities(count);
    for (std::size_t i = 0; i < count; ++i) densities[i] = candidates.densityPerCm2(i);
    if (pattern == DotPattern::afro)
        for (float& density : densities) density *= 3;
    if (pattern != DotPattern::random) return densities;
    std::vector<float> noisy(count);
    parallelFor(count, [&](std::size_t i) {
        noisy[i] = std::log(densities[i]) + kRankNoise * normalAt(candidates.seed, single, i) +
                   kPatchNoise * patchNoise(candidates.seed, candidates.positionsMm[i]);
    });
    // Ranks again, so that the mean density is as it was.
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return noisy[a] != noisy[b] ? noisy[a] < noisy[b] : a < b;
    });
    for (std::size_t i = 0; i < count; ++i) densities[order[i]] = candidates.densityPerCm2(i);
    return densities;
}

}  // namespace stubble
