#pragma once
// The pigment impressions of a treatment: what was put where.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

namespace stubble {

/// Structure of arrays; all of the same length. Order is the rank of the candidates they stand on: every
/// prefix is spread over the whole treatment.
struct Impressions {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    std::vector<float> diametersMm;
    std::vector<float> depthsMm;         ///< of the pigment's centroid below the surface
    std::vector<float> loads;            ///< pigment volume fraction, percent
    std::vector<std::uint8_t> sessions;  ///< from 0
    std::vector<std::uint8_t> zones;     ///< index into scalp zones (engine/scalp/zones.h)
    [[nodiscard]] std::size_t size() const { return positionsMm.size(); }
    bool operator==(const Impressions&) const = default;
};

/// How many dots each session has, as many entries as the last session needs.
std::vector<std::size_t> dotsPerSession(const Impressions& impressions);

}  // namespace stubble
