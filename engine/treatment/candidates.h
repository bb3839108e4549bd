#pragma once
// The places where a head's impressions may stand.

#include <array>
#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/blue_noise.h"
#include "engine/geometry/mesh.h"
#include "engine/scalp/head.h"
#include "engine/scalp/place_tree.h"

namespace stubble {

/// Densest treatment that candidates hold, dots/cm²: above the 400 that a design may ask for, so that dots
/// that make room for hair find another place. About 300,000 on a head.
inline constexpr float kCandidateDensityPerCm2 = 450;

/// Even random places on all skin where head.craniumMask > 0, ranked: every prefix is even. Depends on the
/// head and the seed alone; dear. Fails as sampleBlueNoise does, or when the mask does not fit the mesh.
Result<std::vector<SurfacePoint>> sampleCandidates(const Head& head, std::uint64_t seed,
                                                   float densityPerCm2 = kCandidateDensityPerCm2);

/// Standard normal deviates of a dot's diameter, depth and load in units of kDeviateUnit.
using DotDeviates = std::array<std::int16_t, 3>;
inline constexpr float kMaxDeviates = 3;  ///< spreads end at three standard deviations; working default
inline constexpr float kDeviateUnit = kMaxDeviates / 32767;

/// What is dear about a head's candidates.
struct CandidateSet {
    CandidateSet() = default;
    /// Points of sampleCandidates with the same head and seed.
    CandidateSet(const Head& head, std::vector<SurfacePoint> points, std::uint64_t seedOfDeviates);

    std::uint64_t seed = 0;
    std::vector<SurfacePoint> ranked;
    std::vector<DotDeviates> deviates;
    PlaceTree::Plan plan;  ///< of their places
};

/// The triangles that have skin of the cranium.
std::vector<std::uint32_t> craniumTriangles(const Head& head);

/// What of ranked places does not depend on a design. Structure of arrays in rank order.
struct Candidates {
    Candidates() = default;
    /// The set of the same head.
    Candidates(const Head& head, CandidateSet set);
    Candidates(const Head& head, std::vector<SurfacePoint> ranked, std::uint64_t seedOfDeviates)
        : Candidates(head, CandidateSet(head, std::move(ranked), seedOfDeviates)) {}

    std::vector<SurfacePoint> points;
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    std::vector<DotDeviates> deviates;
    std::uint64_t seed = 0;
    SampledRegion region;  ///< the skin they stand on
    PlaceTree tree;        ///< of positionsMm

    [[nodiscard]] std::size_t size() const { return points.size(); }
    /// The even density at which a candidate comes in, dots/cm².
    [[nodiscard]] float densityPerCm2(std::size_t rank) const {
        return static_cast<float>(region.densityPerCm2(static_cast<double>(rank) + 0.5));
    }
    /// The density of all.
    [[nodiscard]] float maxDensityPerCm2() const {
        return static_cast<float>(region.densityPerCm2(static_cast<double>(size())));
    }
};

}  // namespace stubble
