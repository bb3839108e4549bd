#pragma once
// Neighbours in space as neighbours in memory.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

namespace stubble {

/// Number of a cube along a Z-curve, by 10 bits of each of its coordinates.
std::uint32_t cellCode(glm::uvec3 cube);

/// Indices of the positions in the order of cubes of 1/1024 of their bounds, along a Z-curve; as they came
/// within a cube.
std::vector<std::uint32_t> cellOrder(std::span<const glm::vec3> positionsMm);

}  // namespace stubble
