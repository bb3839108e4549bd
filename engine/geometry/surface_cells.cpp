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

constexpr double kMostPieces = 8e6;  // about 400 MB of work space
constexpr std::uint32_t kMostSlices = 1u << 15, kMostColumns = 1u << 15;
constexpr std::size_t kChunk = 1024;

struct KeyedPiece {
    std::uint64_t key;  ///< 20 bits an axis of the place, then 3 of the side
    SurfacePiece piece;
    bool operator<(const KeyedPiece& other) const {
        return std::tie(key, piece.triangle, piece.part) <
               std::tie(other.key, other.piece.triangle, other.piece.part);
    }
};

std::uint64_t keyOf(glm::ivec3 place, std::uint8_t side) {
    return static_cast<std::uint64_t>(place.x) << 43 | static_cast<std::uint64_t>(place.y) << 23 |
           static_cast<std::uint64_t>(place.z) << 3 | side;
}

std::size_t hashOf(glm::ivec3 place) {
    return mixBits(keyOf(place, 0));
}

/// How a triangle is cut: across the two edges that meet opposite its shortest one, in slices of equal depth,
/// and each slice into columns of two triangles. So a needle falls into few pieces.
struct Slicing {
    std::uint32_t apex = 0, slices = 1;
    float width = 0;  ///< of the shortest edge, in pieces' lengths

    Slicing(const TriMesh& mesh, std::uint32_t triangle, float longestMm) {
        const glm::uvec3 t = mesh.triangles[triangle];
        const glm::vec3 a = mesh.positionsMm[t.x], b = mesh.positionsMm[t.y], c = mesh.positionsMm[t.z];
        const std::array<float, 3> edges = {glm::distance(b, c), glm::distance(c, a), glm::distance(a, b)};
        const float longest = std::ranges::max(edges);
        if (longest <= 1.5f * longestMm) return;
        apex = static_cast<std::uint32_t>(std::ranges::min_element(edges) - edges.begin());
        width = edges[apex] / longestMm;
        slices = static_cast<std::uint32_t>(std::ceil(std::min(longest / longestMm, 2.0f * kMostSlices)));
    }
    [[nodiscard]] std::uint32_t columns(std::uint32_t slice) const {
        const float share = static_cast<float>(slice + 1) / static_cast<float>(slices);
        return static_cast<std::uint32_t>(std::clamp(std::ceil(width * share), 1.0f, 2.0f * kMostColumns));
    }
    [[nodiscard]] double pieces() const {
        if (slices > kMostSlices || width > kMostColumns) return 2 * kMostPieces;
        return slices * (2.0 + static_cast<double>(width));
    }
};

constexpr std::uint32_t partOf(std::uint32_t slice, std::uint32_t column, std::uint32_t half) {
    return slice << 17 | column << 2 | half << 1 | 1u;
}

double piecesAt(const TriMesh& mesh, std::span<const std::uint32_t> triangles, float longestMm) {
    double sum = 0;
    for (const std::uint32_t i : triangles) sum += Slicing(mesh, i, longestMm).pieces();
    return sum;
}

}  // namespace

std::uint8_t sideOf(glm::vec3 direction) {
    const glm::vec3 size = glm::abs(direction);
    const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
    return static_cast<std::uint8_t>(2 * axis + (direction[axis] < 0 ? 1 : 0));
}

std::array<glm::vec3, 3> SurfaceCells::cornersOf(const SurfacePiece& piece) const {
    if (piece.part == 0) return {glm::vec3(1, 0, 0), {0, 1, 0}, {0, 0, 1}};
    const Slicing cut(mesh_, piece.triangle, longestMm_);
    const std::uint32_t slice = piece.part >> 17, column = (piece.part >> 2) & (kMostColumns - 1);
    const auto at = [&](std::uint32_t depth, std::uint32_t across) {
        const float t = static_cast<float>(depth) / static_cast<float>(cut.slices);
        const float s = static_cast<float>(across) / static_cast<float>(cut.columns(slice));
        glm::vec3 corner;
        corner[static_cast<int>(cut.apex)] = 1 - t;
        corner[static_cast<int>((cut.apex + 1) % 3)] = t * (1 - s);
        corner[static_cast<int>((cut.apex + 2) % 3)] = t * s;
        return corner;
    };
    if (((piece.part >> 1) & 1u) == 0)
        return {at(slice, column), at(slice + 1, column), at(slice + 1, column + 1)};
    return {at(slice, column), at(slice + 1, column + 1), at(slice, column + 1)};
}

SurfaceCells::SurfaceCells(const TriMesh& mesh, std::span<const std::uint32_t> triangles, float cellMm)
    : mesh_(mesh) {
    // Pieces are this long along and across, so their diagonals about 1.5 times; their middle is at most 2/3
    // of that from a corner.
    const auto longestOf = [](float cell) { return kOverhang * cell; };
    while (piecesAt(mesh, triangles, longestOf(cellMm)) >
           static_cast<double>(triangles.size()) * 4 + kMostPieces)
        cellMm *= 2;
    longestMm_ = longestOf(cellMm);
    originMm_ = boundsOf(mesh).minMm - 0.5f * cellMm;
    inverseCellMm_ = 1 / cellMm;
    std::vector<std::vector<KeyedPiece>> chunks((triangles.size() + kChunk - 1) / kChunk);
    parallelFor(
        chunks.size(),
        [&](std::size_t chunk) {
            std::vector<KeyedPiece>& out = chunks[chunk];
            const std::size_t first = chunk * kChunk, last = std::min(first + kChunk, triangles.size());
            out.reserve(last - first);
            for (std::size_t k = first; k < last; ++k) {
                const std::uint32_t triangle = triangles[k];
                const glm::uvec3 t = mesh.triangles[triangle];
                const glm::mat3 mm(mesh.positionsMm[t.x], mesh.positionsMm[t.y], mesh.positionsMm[t.z]);
                const glm::vec3 facing = glm::cross(mm[1] - mm[0], mm[2] - mm[0]);
                if (!(glm::dot(facing, facing) > 0)) continue;
                const auto add = [&](std::uint32_t part) {
                    const auto c =
                        part == 0 ? std::array{glm::vec3(1, 0, 0), glm::vec3(0, 1, 0), glm::vec3(0, 0, 1)}
                                  : cornersOf({triangle, part});
                    const glm::vec3 middle = mm * ((c[0] + c[1] + c[2]) / 3.0f);
                    out.push_back({keyOf(placeOf(middle), sideOf(facing)), {triangle, part}});
                };
                const Slicing cut(mesh, triangle, longestMm_);
                if (cut.slices == 1) {
                    add(0);
                    continue;
                }
                for (std::uint32_t slice = 0; slice < cut.slices; ++slice)
                    for (std::uint32_t column = 0; column < cut.columns(slice); ++column)
                        // At the apex, the inner half of a column is nothing.
                        for (std::uint32_t half = 0; half < (slice == 0 ? 1u : 2u); ++half)
                            add(partOf(slice, column, half));
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
