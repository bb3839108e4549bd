#include "engine/hair/hair_cover.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "engine/core/parallel.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kReachMm = 3;
/// Weight (1 − r²/R²)², whose integral over a disc is πR²/3.
constexpr float kWeightAreaMm2 = kPi * kReachMm * kReachMm / 3;
constexpr std::size_t kLanes = 8;  // worked on together, whatever a vector unit's width
constexpr float kFarMm = 1e6f;

/// By the compiler's vector types.
using Float4 = float __attribute__((vector_size(16)));

Float4 float4(float x, float y, float z) {
    const Float4 v = {x, y, z, 0};
    return v;
}

/// Cubes of kReachMm.
glm::ivec3 cellOf(glm::vec3 p) {
    return glm::ivec3(glm::floor(p / kReachMm));
}

std::uint64_t keyOf(glm::ivec3 cell) {
    const glm::uvec3 c = glm::uvec3(cell + (1 << 20)) & 0x1fffffu;
    return std::uint64_t{c.x} << 42 | std::uint64_t{c.y} << 21 | c.z;
}

/// Places with the key of their cell, by cells and then in their order.
using Entries = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

template <typename PlaceMm>
Entries byCells(std::size_t count, const PlaceMm& placeMm) {
    Entries entries(count);
    parallelFor(count, [&](std::size_t i) {
        entries[i] = {keyOf(cellOf(placeMm(i))), static_cast<std::uint32_t>(i)};
    });
    parallelSort(entries);
    return entries;
}

struct Hair {
    Float4 figures;  ///< 1, diameter in µm, length in mm
    Float4 chord;
    glm::vec3 normal;
    float chordMm;  ///< infinite for one without a chord, which has no direction then
};

/// Strands by the cells of their roots. Roots lie side by side for vector units, with some far away at the
/// end.
struct SortedHairs {
    explicit SortedHairs(const Strands& strands)
        : entries(byCells(strands.size(), [&](std::size_t i) { return strands.pointsMm[i][0]; })),
          x(strands.size() + kLanes, kFarMm),
          y(x),
          z(x),
          hairs(strands.size()) {
        parallelFor(hairs.size(), [&](std::size_t at) {
            const std::uint32_t i = entries[at].second;
            const glm::vec3 root = strands.pointsMm[i][0], chord = strands.pointsMm[i].back() - root;
            const float chordMm = glm::length(chord);
            x[at] = root.x, y[at] = root.y, z[at] = root.z;
            hairs[at] = {float4(1, strands.diametersUm[i], strands.lengthsMm[i]),
                         float4(chord.x, chord.y, chord.z), strands.normals[i],
                         chordMm > 0 ? chordMm : std::numeric_limits<float>::infinity()};
        });
    }
    Entries entries;
    std::vector<float> x, y, z;
    std::vector<Hair> hairs;
};

/// The hairs in and round a cell.
class Neighbours {
  public:
    explicit Neighbours(const SortedHairs& all) : all_(&all) {}

    void gather(glm::ivec3 middle) {
        const Entries& entries = all_->entries;
        runs_.clear();
        std::size_t count = 0;
        for (int z = -1; z <= 1; ++z)
            for (int y = -1; y <= 1; ++y)
                for (int x = -1; x <= 1; ++x) {
                    const std::uint64_t key = keyOf(middle + glm::ivec3(x, y, z));
                    const auto first = std::ranges::lower_bound(entries, std::pair(key, 0u));
                    auto last = first;
                    while (last != entries.end() && last->first == key) ++last;
                    if (first == last) continue;
                    runs_.emplace_back(first - entries.begin(), last - entries.begin());
                    count += static_cast<std::size_t>(last - first);
                }
        near_.resize(count + 1);
    }

    [[nodiscard]] HairCover coverAt(glm::vec3 placeMm, glm::vec3 normal) {
        constexpr Float4 kUnits = {1, 1e-3f, 1, 1};
        Float4 sums = {}, direction = {};
        for (const Near& near : findNear(placeMm)) {
            const Hair& hair = all_->hairs[near.hair];
            if (glm::dot(hair.normal, normal) < 0.5f) continue;
            const float weight = (1 - near.square) * (1 - near.square);
            sums += weight * hair.figures * kUnits;
            direction += weight / hair.chordMm * hair.chord;
        }
        const float weights = sums[0], layers = sums[1], length = sums[2];
        if (weights <= 0) return {};
        const glm::vec3 mean(direction[0], direction[1], direction[2]);
        const float size = glm::length(mean);
        return {layers / kWeightAreaMm2, length / weights, size > 0 ? mean / size : normal};
    }

  private:
    struct Near {
        std::uint32_t hair;
        float square;  ///< of the distance ÷ reach
    };

    std::span<const Near> findNear(glm::vec3 placeMm) {
        std::size_t count = 0;
        for (const auto& [begin, end] : runs_)
            for (std::size_t from = begin; from < end; from += kLanes) {
                const float *x = all_->x.data() + from, *y = all_->y.data() + from,
                            *z = all_->z.data() + from;
                std::array<float, kLanes> squares;
                for (std::size_t k = 0; k < kLanes; ++k) {
                    const float dx = x[k] - placeMm.x, dy = y[k] - placeMm.y, dz = z[k] - placeMm.z;
                    squares[k] = (dx * dx + dy * dy + dz * dz) / (kReachMm * kReachMm);
                }
                for (std::size_t k = 0, lanes = std::min(kLanes, end - from); k < lanes; ++k) {
                    near_[count] = {static_cast<std::uint32_t>(from + k), squares[k]};
                    count += squares[k] < 1 ? 1 : 0;
                }
            }
        return std::span(near_).first(count);
    }

    const SortedHairs* all_;
    std::vector<std::pair<std::size_t, std::size_t>> runs_;  ///< begin and end
    std::vector<Near> near_;
};

}  // namespace

std::vector<HairCover> hairCoverAt(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                                   const Strands& strands) {
    std::vector<HairCover> covers(placesMm.size());
    if (strands.size() == 0) return covers;
    const SortedHairs hairs(strands);
    const Entries places = byCells(placesMm.size(), [&](std::size_t i) { return placesMm[i]; });
    parallelForRanges(places.size(), [&](std::size_t begin, std::size_t end) {
        Neighbours neighbours(hairs);
        for (std::size_t at = begin; at < end; ++at) {
            const std::uint32_t i = places[at].second;
            if (at == begin || places[at].first != places[at - 1].first)
                neighbours.gather(cellOf(placesMm[i]));
            covers[i] = neighbours.coverAt(placesMm[i], normals[i]);
        }
    });
    return covers;
}

}  // namespace stubble
