#include "engine/geometry/surface_cells.h"

#include <tbb/parallel_sort.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace stubble {
namespace {

constexpr int kMaxDepth = 14;  // of a path: two bits each, in 32
constexpr std::size_t kChunk = 1024;

struct KeyedPiece {
    std::uint64_t key;  ///< 20 bits an axis of the place, then 3 of the side
    SurfacePiece piece;
    bool operator<(const KeyedPiece& other) const {
        return std::tie(key, piece.triangle, piece.path) <
               std::tie(other.key, other.piece.triangle, other.piece.path);
    }
};

std::uint64_t keyOf(glm::ivec3 place, std::uint8_t side) {
    return static_cast<std::uint64_t>(place.x) << 43 | static_cast<std::uint64_t>(place.y) << 23 |
           static_cast<std::uint64_t>(place.z) << 3 | side;
}

std::size_t hashOf(glm::ivec3 place) {
    return mixBits(keyOf(place, 0));
}

struct Cutter {
    const glm::vec3* corners;
    float longestSquared;
    std::uint32_t triangle;
    std::uint8_t side;
    const SurfaceCells& cells;
    std::vector<KeyedPiece>& out;

    void cut(const glm::vec3& a, const glm::vec3& b, const glm::vec3& c, std::uint32_t path, int depth) {
        const glm::vec3 ab = b - a, bc = c - b, ca = a - c;
        const float longest = std::max({glm::dot(ab, ab), glm::dot(bc, bc), glm::dot(ca, ca)});
        if (longest <= longestSquared || depth == kMaxDepth) {
            const glm::vec3 middle = (a + b + c) / 3.0f;
            out.push_back({keyOf(cells.placeOf(middle), side), {triangle, path}});
            return;
        }
        const glm::vec3 mab = 0.5f * (a + b), mbc = 0.5f * (b + c), mca = 0.5f * (c + a);
        cut(a, mab, mca, 4 * path, depth + 1);
        cut(mab, b, mbc, 4 * path + 1, depth + 1);
        cut(mca, mbc, c, 4 * path + 2, depth + 1);
        cut(mbc, mca, mab, 4 * path + 3, depth + 1);
    }
};

}  // namespace

std::uint8_t sideOf(glm::vec3 direction) {
    const glm::vec3 size = glm::abs(direction);
    const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
    return static_cast<std::uint8_t>(2 * axis + (direction[axis] < 0 ? 1 : 0));
}

std::array<glm::vec3, 3> cornersOf(std::uint32_t path) {
    glm::vec3 a(1, 0, 0), b(0, 1, 0), c(0, 0, 1);
    for (int shift = 2 * ((31 - std::countl_zero(path)) / 2) - 2; shift >= 0; shift -= 2) {
        const glm::vec3 mab = 0.5f * (a + b), mbc = 0.5f * (b + c), mca = 0.5f * (c + a);
        switch ((path >> shift) & 3u) {
            case 0:
                b = mab, c = mca;
                break;
            case 1:
                a = mab, c = mbc;
                break;
            case 2:
                a = mca, b = mbc;
                break;
            default:
                a = mbc, b = mca, c = mab;
        }
    }
    return {a, b, c};
}

SurfaceCells::SurfaceCells(const TriMesh& mesh, std::span<const std::uint32_t> triangles, float cellMm)
    : originMm_(boundsOf(mesh).minMm - 0.5f * cellMm), inverseCellMm_(1 / cellMm) {
    // The middle of a triangle is at most 2/3 of its longest edge from a corner.
    const float longest = 1.5f * kOverhang * cellMm;
    std::vector<std::vector<KeyedPiece>> chunks((triangles.size() + kChunk - 1) / kChunk);
    parallelFor(
        chunks.size(),
        [&](std::size_t chunk) {
            std::vector<KeyedPiece>& out = chunks[chunk];
            const std::size_t first = chunk * kChunk, last = std::min(first + kChunk, triangles.size());
            out.reserve(last - first);
            for (std::size_t k = first; k < last; ++k) {
                const glm::uvec3 t = mesh.triangles[triangles[k]];
                const glm::vec3 corners[3] = {mesh.positionsMm[t.x], mesh.positionsMm[t.y],
                                              mesh.positionsMm[t.z]};
                const glm::vec3 facing = glm::cross(corners[1] - corners[0], corners[2] - corners[0]);
                if (!(glm::dot(facing, facing) > 0)) continue;
                Cutter{corners, longest * longest, triangles[k], sideOf(facing), *this, out}.cut(
                    corners[0], corners[1], corners[2], 1, 0);
            }
        },
        1);
    std::vector<KeyedPiece> keyed;
    std::size_t count = 0;
    for (const auto& chunk : chunks) count += chunk.size();
    keyed.reserve(count);
    for (const auto& chunk : chunks) keyed.insert(keyed.end(), chunk.begin(), chunk.end());
    chunks.clear();
    tbb::parallel_sort(keyed.begin(), keyed.end());

    pieces_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        pieces_[i] = keyed[i].piece;
        if (i > 0 && keyed[i].key == keyed[i - 1].key) {
            ++patches_.back().pieceCount;
            continue;
        }
        if (i == 0 || keyed[i].key >> 3 != keyed[i - 1].key >> 3) {
            const auto axis = [&](int shift) {
                return static_cast<int>((keyed[i].key >> shift) & (kMaxCells - 1));
            };
            cells_.push_back({{axis(43), axis(23), axis(3)}, static_cast<std::uint32_t>(patches_.size()), 0});
        }
        patches_.push_back({static_cast<std::uint32_t>(i), 1, static_cast<std::uint8_t>(keyed[i].key & 7u)});
        ++cells_.back().patchCount;
    }
    slots_.assign(std::bit_ceil(std::max<std::size_t>(4 * cells_.size(), 4)), 0);
    for (std::uint32_t i = 0; i < cells_.size(); ++i) {
        std::size_t slot = hashOf(cells_[i].place) & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = i + 1;
    }
}

glm::ivec3 SurfaceCells::placeOf(glm::vec3 positionMm) const {
    return glm::ivec3((positionMm - originMm_) * inverseCellMm_);
}

std::optional<std::uint32_t> SurfaceCells::find(glm::ivec3 place) const {
    if (glm::any(glm::lessThan(place, glm::ivec3(0)))) return std::nullopt;
    for (std::size_t slot = hashOf(place) & (slots_.size() - 1); slots_[slot] != 0;
         slot = (slot + 1) & (slots_.size() - 1))
        if (cells_[slots_[slot] - 1].place == place) return slots_[slot] - 1;
    return std::nullopt;
}

}  // namespace stubble
