#pragma once
// Eyebrows: without them a shaved head does not read as a person.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/scalp/head.h"

namespace stubble {

/// Structure of arrays; a hair is bent once, in the middle.
struct Brows {
    std::vector<glm::vec3> rootsMm, middlesMm, tipsMm;
    std::vector<glm::vec3> normals;  ///< unit, of the skin at the root
    std::vector<float> diametersUm;
    [[nodiscard]] std::size_t size() const { return rootsMm.size(); }
};

/// Grows both brows over the orbital rims, placed by glabella and lateral canthi. A pure function of its
/// arguments.
Brows growBrows(const Head& head, std::uint64_t seed);

}  // namespace stubble
