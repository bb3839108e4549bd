#pragma once
// The pigment impressions of a treatment: what was put where.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/surface_sampler.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/head.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Structure of arrays; all of the same length. Order is the sampler's rank.
struct Impressions {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    std::vector<float> diametersMm;
    std::vector<float> depthsMm;         ///< of the pigment's centroid below the surface
    std::vector<float> loads;            ///< pigment volume fraction, percent
    std::vector<std::uint8_t> sessions;  ///< from 0
    std::vector<std::uint8_t> zones;     ///< index into scalp zones (engine/scalp/zones.h)
    double expectedCount = 0;            ///< ∫ density dA
    float relativeSpacing = 0;           ///< see SurfaceSamples
    [[nodiscard]] std::size_t size() const { return positionsMm.size(); }
};

/// How many dots each session has, as many entries as the last session needs.
std::vector<std::size_t> dotsPerSession(const Impressions& impressions);

/// Places a treatment. `vertexDensityPerCm2` comes from the scalp's density field; `existing` are hairs that
/// dots keep clear of. Sessions are consecutive pieces of the rank order: the first is well spread by itself,
/// each next one fills its gaps. Depends on its arguments alone. Fails (badInput) as samplePoissonDisk does,
/// or when smp.sessions is not 1 to 6. Zones need the hairline; without one all are 0.
Result<Impressions> placeImpressions(const Head& head, std::span<const float> vertexDensityPerCm2,
                                     const SmpDesign& smp, std::span<const KeepClear> existing,
                                     std::uint64_t seed, const HairlineField* hairline = nullptr);

}  // namespace stubble
