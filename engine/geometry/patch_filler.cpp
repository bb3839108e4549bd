#include "engine/geometry/patch_filler.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/core/random.h"

namespace stubble {
namespace {

constexpr float kFar = std::numeric_limits<float>::max();
/// Steps of the R2 sequence, 1/p and 1/p² for p³ = p + 1, as fractions of 2³²: places spread evenly over a
/// square for any number of them (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
constexpr std::uint32_t kR2U = 0xc13fa9a9u, kR2V = 0x91e10da5u;
constexpr std::uint32_t kLanes = 4;  ///< places handled at a time
/// Pieces due so many places or more are cut into equal triangles with a place in each, smaller ones get
/// theirs in turn, as their summed area passes whole numbers.
constexpr float kStrataFrom = 4;
/// Cells of a pool's grid across a radius, for speed alone.
constexpr float kCellsPerRadius = 2;
constexpr float kMostCells = 1024;  ///< of a grid, along a side: for surfaces far flung beside their area
/// Radii grow by more than positions are rounded.
constexpr float kRounding = 1 + 4e-6f;

/// The index-th place of a shifted R2 sequence, folded into the triangle x + y < 1.
glm::vec2 r2Place(glm::uvec2 shift, std::uint32_t index) {
    std::uint32_t x = shift.x + index * kR2U, y = shift.y + index * kR2V;
    const std::uint32_t fold = x > ~y ? ~0u : 0u;
    x ^= fold, y ^= fold;
    return {static_cast<float>(static_cast<std::int32_t>(x >> 8)) * 0x1p-24f,
            static_cast<float>(static_cast<std::int32_t>(y >> 8)) * 0x1p-24f};
}

/// The same in one of the equal triangles that a triangle is cut into: row from the first corner, 0 … edge −
/// 1, number in the row, 0 … 2 · row.
glm::vec2 placeInStratum(glm::vec2 inner, std::uint32_t row, std::uint32_t number, float step) {
    const auto r = static_cast<float>(static_cast<std::int32_t>(row));
    const auto j = static_cast<float>(static_cast<std::int32_t>(number / 2));
    if (number % 2 == 0) return {(r - j + inner.x) * step, (j + inner.y) * step};
    return {(r - j - inner.x) * step, (j + inner.x + inner.y) * step};
}

/// A piece's corners in an order drawn from its shift: without it the sequence would lie the same way in
/// every triangle of a regular mesh, and the samples had a preferred direction.
template <typename T>
void turnCorners(glm::uvec2 shift, T& a, T& b, T& c) {
    constexpr std::uint32_t kThird = 0x55555556u;
    if (shift.x & 1u) std::swap(b, c);
    if (shift.y > kThird) std::swap(a, b);
    if (shift.y > 2 * kThird) std::swap(a, c);
}

/// Four floats that g++ and clang compute with at once on any machine.
using Lanes = float __attribute__((vector_size(4 * kLanes)));

Lanes lanesAt(const float* values) {
    Lanes lanes;
    std::memcpy(&lanes, values, sizeof lanes);
    return lanes;
}

/// Whether kLanes values are all below `limit`.
bool noneReaches(const float* values, float limit) {
    const auto reaches = lanesAt(values) >= limit;
    std::uint64_t bits[sizeof reaches / sizeof(std::uint64_t)];
    std::memcpy(bits, &reaches, sizeof bits);
    return (bits[0] | bits[1]) == 0;
}

/// Lowers the squared distances of `count` places, a multiple of kLanes, to those from `local`; whether any
/// is below `limit`.
bool coverRun(const float* u, const float* v, const float* h, float* squared, std::uint32_t count,
              glm::vec3 local, float limit) {
    Lanes least = kFar - Lanes{};
    for (std::uint32_t i = 0; i < count; i += kLanes) {
        const Lanes du = lanesAt(u + i) - local.x, dv = lanesAt(v + i) - local.y,
                    dh = lanesAt(h + i) - local.z;
        const Lanes here = du * du + dv * dv + dh * dh;
        const Lanes old = lanesAt(squared + i);
        const Lanes lower = here < old ? here : old;
        std::memcpy(squared + i, &lower, sizeof lower);
        least = here < least ? here : least;
    }
    bool any = false;
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) any |= least[lane] < limit;
    return any;
}

}  // namespace

void PatchFiller::begin(const SurfaceCells& cells, const SurfacePatch& patch, float perMm2, float radiusMm,
                        std::uint64_t seed) {
    const std::span<const SurfacePiece> pieces = cells.piecesOf(patch);
    cells_ = &cells, pieces_ = pieces, side_ = patch.side, axis_ = side_ / 2, seed_ = seed;
    shares_.clear();
    drawn_.clear();
    glm::vec3 low(kFar), high(-kFar);
    // Even steps through the summed area, in the order of the pieces, from a random start.
    double summed = unitDouble(hashCounters(seed, 0x706f6f6c));
    for (std::uint32_t k = 0; k < pieces.size(); ++k) {
        const SurfacePiece piece = pieces[k];
        const glm::uvec3 t = mesh_.triangles[piece.triangle];
        glm::vec3 a = localOf(mesh_.positionsMm[t.x]), b = localOf(mesh_.positionsMm[t.y]),
                  c = localOf(mesh_.positionsMm[t.z]);
        if (piece.part != 0) {
            const auto corners = cells_->cornersOf(piece);
            const glm::mat3 triangle(a, b, c);
            a = triangle * corners[0], b = triangle * corners[1], c = triangle * corners[2];
        }
        const std::uint64_t bits = hashCounters(seed, piece.triangle, piece.part);
        const glm::uvec2 shift(static_cast<std::uint32_t>(bits >> 32), static_cast<std::uint32_t>(bits));
        turnCorners(shift, a, b, c);
        const glm::vec3 ab = b - a, ac = c - a;
        const float due = 0.5f * perMm2 * glm::length(glm::cross(ab, ac));
        const std::size_t first = drawn_.size();
        std::uint32_t strata = 0, count = 0;
        if (due < kStrataFrom) {
            const auto before = static_cast<std::int64_t>(summed);
            summed += due;
            count = static_cast<std::uint32_t>(static_cast<std::int64_t>(summed) - before);
            if (count == 0) continue;
        } else {
            // Squares of whole numbers by chance, so that their mean is what is due.
            const float edge = std::floor(std::sqrt(due));
            const float share = (due - edge * edge) / (2 * edge + 1);
            strata = static_cast<std::uint32_t>(edge) + (unitFloat(mixBits(bits)) < share ? 1 : 0);
            count = strata * strata;
        }
        drawn_.resize(first + count);
        Drawn* next = drawn_.data() + first;
        const auto draw = [&](glm::vec2 s) {
            next->u = a.x + s.x * ab.x + s.y * ac.x;
            next->v = a.y + s.x * ab.y + s.y * ac.y;
            next->h = a.z + s.x * ab.z + s.y * ac.z;
            ++next;
        };
        if (strata == 0) {
            for (std::uint32_t i = 0; i < count; ++i) draw(r2Place(shift, i));
        } else {
            const float step = 1 / static_cast<float>(strata);
            for (std::uint32_t row = 0, i = 0; row < strata; ++row)
                for (std::uint32_t j = 0; j <= 2 * row; ++j)
                    draw(placeInStratum(r2Place(shift, i++), row, j, step));
        }
        low = glm::min(low, glm::min(a, glm::min(b, c)));
        high = glm::max(high, glm::max(a, glm::max(b, c)));
        shares_.push_back({k, static_cast<std::uint32_t>(first), strata, shift});
    }
    const std::size_t count = drawn_.size();
    const std::size_t padded = (count + kLanes - 1) / kLanes * kLanes;
    id_.resize(count), u_.resize(padded), v_.resize(padded), h_.resize(padded);
    squared_.assign(padded, kFar);
    if (count == 0) return;
    for (std::size_t i = count; i < padded; ++i) u_[i] = v_[i] = h_[i] = kFar;
    // Rounding may put a place a little beyond its piece.
    const glm::vec3 margin = 1e-5f * (glm::abs(low) + glm::abs(high));
    low -= margin, high += margin;
    for (int axis = 0; axis < 3; ++axis) {
        boundsMm_.minMm[(axis_ + 1 + axis) % 3] = low[axis];
        boundsMm_.maxMm[(axis_ + 1 + axis) % 3] = high[axis];
    }
    const float lowU = low.x, lowV = low.y, highU = high.x, highV = high.y;
    u0_ = lowU, v0_ = lowV;
    inverseCellMm_ = std::min(kCellsPerRadius / radiusMm, kMostCells / std::max(highU - lowU, highV - lowV));
    columns_ = static_cast<int>((highU - lowU) * inverseCellMm_) + 1;
    rows_ = static_cast<int>((highV - lowV) * inverseCellMm_) + 1;
    cellStarts_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
    for (Drawn& place : drawn_) {
        const int column = static_cast<int>((place.u - u0_) * inverseCellMm_);
        const int row = static_cast<int>((place.v - v0_) * inverseCellMm_);
        place.cell = static_cast<std::uint32_t>(row * columns_ + column);
        ++cellStarts_[place.cell];
    }
    std::uint32_t end = 0;
    for (std::uint32_t& start : cellStarts_) end += start, start = end;
    for (std::size_t i = count; i-- > 0;) {
        const Drawn& place = drawn_[i];
        const std::uint32_t to = --cellStarts_[place.cell];
        u_[to] = place.u, v_[to] = place.v, h_[to] = place.h, id_[to] = static_cast<std::uint32_t>(i);
    }
}

/// Calls shares(first, last) for runs of the pool that hold all its places within the radius.
template <typename Shares>
void PatchFiller::cover(glm::vec3 local, float radiusMm, const Shares& shares) {
    const float u = local.x - u0_, v = local.y - v0_;
    // Beyond the grid's far side are no places, and before its near side truncation is as good as floor.
    const int firstRow = std::max(0, static_cast<int>((v - radiusMm) * inverseCellMm_));
    const int lastRow = std::min(rows_ - 1, static_cast<int>((v + radiusMm) * inverseCellMm_));
    const float cellMm = 1 / inverseCellMm_, radiusSquared = radiusMm * radiusMm;
    for (int row = firstRow; row <= lastRow; ++row) {
        const float low = static_cast<float>(row) * cellMm;
        const float away = std::max({0.0f, low - v, v - (low + cellMm)});
        const float half = std::sqrt(std::max(0.0f, radiusSquared - away * away)) + 1e-3f * cellMm;
        const int firstColumn = std::max(0, static_cast<int>((u - half) * inverseCellMm_));
        const int lastColumn = std::min(columns_ - 1, static_cast<int>((u + half) * inverseCellMm_));
        if (firstColumn > lastColumn) continue;
        const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
        shares(cellStarts_[start + static_cast<std::size_t>(firstColumn)],
               cellStarts_[start + static_cast<std::size_t>(lastColumn) + 1]);
    }
}

bool PatchFiller::coverOwnSide(glm::vec3 local, float radiusMm) {
    bool any = false;
    cover(local, radiusMm, [&](std::uint32_t first, std::uint32_t last) {
        // Whole lanes: what they take in besides the run is farther off, or beyond the pool's end.
        first = first / kLanes * kLanes;
        const std::uint32_t count = (last - first + kLanes - 1) / kLanes * kLanes;
        any |= coverRun(u_.data() + first, v_.data() + first, h_.data() + first, squared_.data() + first,
                        count, local, radiusMm * radiusMm);
    });
    return any;
}

bool PatchFiller::keepOff(const PlacedSample& sample, float radiusMm) {
    const glm::vec3 local = localOf(sample.positionMm);
    const float reach = radiusMm * kRounding;
    if (sample.side == side_) return coverOwnSide(local, reach);
    // Smooth normals: they agree where a fold closes, and differ where its walls only face one another.
    const glm::vec3 normal = normalAt(mesh_, pointOf(sample));
    bool any = false;
    cover(local, reach, [&](std::uint32_t first, std::uint32_t last) {
        for (std::uint32_t i = first; i < last; ++i) {
            const float du = u_[i] - local.x, dv = v_[i] - local.y, dh = h_[i] - local.z;
            const float here = du * du + dv * dv + dh * dh;
            if (here >= squared_[i] || here >= reach * reach) continue;
            if (glm::dot(normal, normalAt(mesh_, pointOf(sampleAt(i)))) > kSharedSideCosine)
                squared_[i] = here, any = true;
        }
    });
    return any;
}

SurfacePoint pointOf(const PlacedSample& sample) {
    const glm::vec2 b = sample.barycentric;
    return {sample.triangle, {b.x, b.y, std::max(0.0f, 1 - b.x - b.y)}};
}

PlacedSample PatchFiller::sampleAt(std::uint32_t index) const {
    const std::uint32_t id = id_[index];
    const PieceShare& share =
        *--std::upper_bound(shares_.begin(), shares_.end(), id,
                            [](std::uint32_t place, const PieceShare& s) { return place < s.first; });
    const SurfacePiece& piece = pieces_[share.piece];
    const std::uint32_t i = id - share.first;
    glm::vec2 s = r2Place(share.shift, i);
    if (share.strata > 0) {
        const auto row = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(i)));
        s = placeInStratum(s, row, i - row * row, 1 / static_cast<float>(share.strata));
    }
    auto corners = cells_->cornersOf(piece);
    turnCorners(share.shift, corners[0], corners[1], corners[2]);
    const glm::vec3 barycentric =
        corners[0] + s.x * (corners[1] - corners[0]) + s.y * (corners[2] - corners[0]);
    PlacedSample sample{};
    sample.positionMm[(axis_ + 1) % 3] = u_[index];
    sample.positionMm[(axis_ + 2) % 3] = v_[index];
    sample.positionMm[axis_] = h_[index];
    sample.triangle = piece.triangle;
    sample.barycentric = glm::vec2(barycentric);
    sample.side = side_;
    return sample;
}

void PatchFiller::fill(std::span<const float> radiiMm, std::uint16_t firstLevel,
                       std::vector<PlacedSample>& out) {
    RandomStream random(seed_, 0x66696c6c);
    for (std::size_t level = 0; level < radiiMm.size(); ++level) {
        const float radius = radiiMm[level] * kRounding, radiusSquared = radius * radius;
        open_.resize(squared_.size());
        std::size_t openCount = 0;
        for (std::uint32_t from = 0; from < squared_.size(); from += kLanes) {
            if (noneReaches(squared_.data() + from, radiusSquared)) continue;
            for (std::uint32_t i = from; i < std::min<std::size_t>(from + kLanes, id_.size()); ++i) {
                open_[openCount] = i;
                openCount += squared_[i] >= radiusSquared ? 1 : 0;
            }
        }
        for (; openCount > 0; --openCount) {
            const std::uint64_t bits = random.bits();
            const auto pick = static_cast<std::size_t>(((bits >> 32) * openCount) >> 32);
            const std::uint32_t index = open_[pick];
            open_[pick] = open_[openCount - 1];
            if (squared_[index] < radiusSquared) continue;
            PlacedSample sample = sampleAt(index);
            sample.level = static_cast<std::uint16_t>(firstLevel + level);
            sample.order = static_cast<std::uint32_t>(bits);
            out.push_back(sample);
            coverOwnSide({u_[index], v_[index], h_[index]}, radius);
        }
    }
}

}  // namespace stubble
