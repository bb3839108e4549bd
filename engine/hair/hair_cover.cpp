#include "engine/hair/hair_cover.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/core/parallel.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kReachMm = 3;
/// Weight (1 − r²/R²)², whose integral over a disc is πR²/3.
constexpr float kWeightAreaMm2 = kPi * kReachMm * kReachMm / 3;

/// Strands by cubes of kReachMm, sorted.
class Cells {
  public:
    explicit Cells(const Strands& strands) {
        entries_.reserve(strands.size());
        for (std::uint32_t i = 0; i < strands.size(); ++i)
            entries_.emplace_back(keyOf(cellOf(strands.pointsMm[i][0])), i);
        std::ranges::sort(entries_);
    }
    template <typename Visit>
    void around(glm::vec3 placeMm, const Visit& visit) const {
        const glm::ivec3 middle = cellOf(placeMm);
        for (int z = -1; z <= 1; ++z)
            for (int y = -1; y <= 1; ++y)
                for (int x = -1; x <= 1; ++x) {
                    const std::uint64_t key = keyOf(middle + glm::ivec3(x, y, z));
                    for (auto at = std::ranges::lower_bound(entries_, std::pair(key, 0u));
                         at != entries_.end() && at->first == key; ++at)
                        visit(at->second);
                }
    }

  private:
    static glm::ivec3 cellOf(glm::vec3 p) { return glm::ivec3(glm::floor(p / kReachMm)); }
    static std::uint64_t keyOf(glm::ivec3 cell) {
        const glm::uvec3 c = glm::uvec3(cell + (1 << 20)) & 0x1fffffu;
        return std::uint64_t{c.x} << 42 | std::uint64_t{c.y} << 21 | c.z;
    }
    std::vector<std::pair<std::uint64_t, std::uint32_t>> entries_;
};

}  // namespace

std::vector<HairCover> hairCoverAt(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                                   const Strands& strands) {
    std::vector<HairCover> covers(placesMm.size());
    const Cells cells(strands);
    parallelFor(covers.size(), [&](std::size_t place) {
        float weights = 0, layers = 0, length = 0;
        glm::vec3 direction(0);
        cells.around(placesMm[place], [&](std::uint32_t i) {
            const glm::vec3 root = strands.pointsMm[i][0], apart = root - placesMm[place];
            const float r2 = glm::dot(apart, apart) / (kReachMm * kReachMm);
            if (r2 >= 1 || glm::dot(strands.normals[i], normals[place]) < 0.5f) return;
            const float weight = (1 - r2) * (1 - r2);
            weights += weight;
            layers += weight * strands.diametersUm[i] * 1e-3f;
            length += weight * strands.lengthsMm[i];
            const glm::vec3 chord = strands.pointsMm[i].back() - root;
            if (const float chordMm = glm::length(chord); chordMm > 0) direction += weight / chordMm * chord;
        });
        if (weights <= 0) return;
        const float size = glm::length(direction);
        covers[place] = {layers / kWeightAreaMm2, length / weights,
                         size > 0 ? direction / size : normals[place]};
    });
    return covers;
}

}  // namespace stubble
