#include "engine/hair/hair_cover.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
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

/// The strands in and round a cell, side by side for vector units, filled up with some far away.
class Neighbours {
  public:
    Neighbours(const Strands& strands, const Entries& entries) : strands_(&strands), entries_(&entries) {}

    void gather(glm::ivec3 middle) {
        x_.clear(), y_.clear(), z_.clear(), hairs_.clear();
        for (int z = -1; z <= 1; ++z)
            for (int y = -1; y <= 1; ++y)
                for (int x = -1; x <= 1; ++x) {
                    const std::uint64_t key = keyOf(middle + glm::ivec3(x, y, z));
                    for (auto at = std::ranges::lower_bound(*entries_, std::pair(key, 0u));
                         at != entries_->end() && at->first == key; ++at)
                        add(at->second);
                }
        for (; x_.size() % kLanes != 0;) x_.push_back(kFarMm), y_.push_back(kFarMm), z_.push_back(kFarMm);
        squares_.resize(x_.size()), near_.resize(x_.size());
    }

    [[nodiscard]] HairCover coverAt(glm::vec3 placeMm, glm::vec3 normal) {
        const std::size_t count = findNear(placeMm);
        float weights = 0, layers = 0, length = 0;
        glm::vec3 direction(0);
        for (std::size_t k = 0; k < count; ++k) {
            const Hair& hair = hairs_[near_[k]];
            if (glm::dot(hair.normal, normal) < 0.5f) continue;
            const float r2 = squares_[near_[k]], weight = (1 - r2) * (1 - r2);
            weights += weight;
            layers += weight * hair.diameterUm * 1e-3f;
            length += weight * hair.lengthMm;
            if (hair.chordMm > 0) direction += weight / hair.chordMm * hair.chord;
        }
        if (weights <= 0) return {};
        const float size = glm::length(direction);
        return {layers / kWeightAreaMm2, length / weights, size > 0 ? direction / size : normal};
    }

  private:
    struct Hair {
        glm::vec3 normal, chord;
        float chordMm, diameterUm, lengthMm;
    };

    void add(std::uint32_t i) {
        const glm::vec3 root = strands_->pointsMm[i][0], chord = strands_->pointsMm[i].back() - root;
        x_.push_back(root.x), y_.push_back(root.y), z_.push_back(root.z);
        hairs_.push_back({strands_->normals[i], chord, glm::length(chord), strands_->diametersUm[i],
                          strands_->lengthsMm[i]});
    }

    /// Lists in near_ those within reach; returns how many.
    std::size_t findNear(glm::vec3 placeMm) {
        std::size_t count = 0;
        for (std::size_t from = 0; from < x_.size(); from += kLanes) {
            const float *x = x_.data() + from, *y = y_.data() + from, *z = z_.data() + from;
            std::array<float, kLanes> squares;
            for (std::size_t k = 0; k < kLanes; ++k) {
                const float dx = x[k] - placeMm.x, dy = y[k] - placeMm.y, dz = z[k] - placeMm.z;
                squares[k] = (dx * dx + dy * dy + dz * dz) / (kReachMm * kReachMm);
            }
            for (std::size_t k = 0; k < kLanes; ++k) {
                squares_[from + k] = squares[k];
                near_[count] = static_cast<std::uint32_t>(from + k);
                count += squares[k] < 1 ? 1 : 0;
            }
        }
        return count;
    }

    const Strands* strands_;
    const Entries* entries_;
    std::vector<float> x_, y_, z_, squares_;
    std::vector<Hair> hairs_;
    std::vector<std::uint32_t> near_;
};

}  // namespace

std::vector<HairCover> hairCoverAt(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                                   const Strands& strands) {
    std::vector<HairCover> covers(placesMm.size());
    if (strands.size() == 0) return covers;
    const Entries roots = byCells(strands.size(), [&](std::size_t i) { return strands.pointsMm[i][0]; });
    const Entries places = byCells(placesMm.size(), [&](std::size_t i) { return placesMm[i]; });
    parallelForRanges(places.size(), [&](std::size_t begin, std::size_t end) {
        Neighbours neighbours(strands, roots);
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
