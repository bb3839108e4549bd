#pragma once
// Connected pieces of a mesh.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/geometry/polygon_mesh.h"

namespace stubble {

/// Union-find; the smallest member stands for its set.
class DisjointSets {
  public:
    explicit DisjointSets(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), 0u);
    }
    std::uint32_t find(std::uint32_t x) {
        while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
        return x;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a), b = find(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::uint32_t> parent_;
};

struct MeshParts {
    std::uint32_t count = 0, largest = 0;   ///< largest by area
    std::vector<std::uint32_t> partOfFace;  ///< numbered by first face
    std::vector<double> area;               ///< in the mesh's units, squared
};

/// Pieces whose faces share vertices.
MeshParts findParts(const PolygonMesh& mesh);

/// For each part of at least `minShare` of the largest one's area: whether most of it lies inside the
/// largest. Inside means that rays along five or more of the six axis directions meet the largest part, so
/// that an open neck does not matter.
std::vector<char> partsInside(const PolygonMesh& mesh, const MeshParts& parts, double minShare);

/// The two parts that are eyeballs, or none: a pair of like balls, each 0.2 to 3 % of the largest part's
/// area.
std::vector<std::uint32_t> eyeballParts(const PolygonMesh& mesh, const MeshParts& parts);

}  // namespace stubble
