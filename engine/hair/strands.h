#pragma once
// Hairs above the skin, as bent threads.

#include <array>
#include <glm/glm.hpp>
#include <vector>

#include "engine/hair/brows.h"
#include "engine/hair/follicles.h"

namespace stubble {

inline constexpr std::size_t kStrandPoints = 5;

/// Structure of arrays, one entry a hair.
struct Strands {
    std::vector<std::array<glm::vec3, kStrandPoints>> pointsMm;  ///< root to tip, evenly along the hair
    std::vector<glm::vec3> normals;                              ///< unit, of the skin at the root
    std::vector<float> lengthsMm;
    std::vector<float> diametersUm;  ///< at the root
    std::vector<float> tipShares;    ///< the tip's diameter ÷ the root's: 1 where a clipper cut it square
    std::vector<float> melanin;      ///< as Follicles
    [[nodiscard]] std::size_t size() const { return pointsMm.size(); }
};

/// All hairs of the scalp at the design's length, in the follicles' order. They lie on the skin rather than
/// dive into it, as far as its plane at the root tells.
Strands growStrands(const Follicles& follicles, const HairDesign& hair);

/// The brows', which no clipper cuts.
Strands strandsOf(const Brows& brows);

}  // namespace stubble
