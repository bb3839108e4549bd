#pragma once
// Values as the shaders' records hold them.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <glm/glm.hpp>
#include <glm/gtc/packing.hpp>

namespace stubble {

/// A unit vector in two 16-bit snorms. Cigolle et al., "A survey of efficient representations for independent
/// unit vectors", 2014: oct32.
inline std::uint32_t octahedral(glm::vec3 n) {
    n /= std::abs(n.x) + std::abs(n.y) + std::abs(n.z);
    glm::vec2 p(n);
    if (n.z < 0) p = (1.0f - glm::abs(glm::vec2(n.y, n.x))) * glm::vec2(n.x >= 0 ? 1 : -1, n.y >= 0 ? 1 : -1);
    return glm::packSnorm2x16(p);
}

inline glm::vec3 fromOctahedral(std::uint32_t bits) {
    const glm::vec2 p = glm::unpackSnorm2x16(bits);
    glm::vec3 n(p, 1 - std::abs(p.x) - std::abs(p.y));
    const float fold = std::max(-n.z, 0.0f);
    n.x -= std::copysign(fold, n.x), n.y -= std::copysign(fold, n.y);
    return glm::normalize(n);
}

}  // namespace stubble
