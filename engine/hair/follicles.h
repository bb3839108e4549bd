#pragma once
// The client's own hairs where they leave the skin.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/hair/hair.h"
#include "engine/scalp/head.h"

namespace stubble {

/// Structure of arrays, one entry a hair; hairs of a follicular unit stand next to one another.
struct Follicles {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    std::vector<glm::vec3> directions;  ///< unit, in which the hair leaves the skin
    std::vector<float> diametersUm;
    std::vector<float> melanin;        ///< 1 = pigmented, 0 = grey
    std::vector<std::uint32_t> units;  ///< number of the follicular unit
    [[nodiscard]] std::size_t size() const { return positionsMm.size(); }
};

/// Grows follicular units by the given density of hairs at the vertices (hairs/cm²) and splits them into
/// hairs by the shares of 1 to 5 hairs a unit. Depends on its arguments alone.
Result<Follicles> growFollicles(const Head& head, std::span<const float> vertexHairsPerCm2,
                                const HairDesign& hair, std::uint64_t seed);

}  // namespace stubble
