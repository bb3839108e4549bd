#include "engine/geometry/surface_gap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr float kInfinite = std::numeric_limits<float>::infinity();
constexpr float kMargin = 1.0001f;  ///< for rounding
/// Normals that agree as kSideNormalsDot asks have a sum of at least this length.
const float kLeastSum = std::sqrt(2 + 2 * kSideNormalsDot);
constexpr float kPrecision = 0.01f;  ///< of the spacing
constexpr double kTiles = 1e6;       ///< about as many at most, beside the triangles: so much memory
constexpr float kTileSpacings = 2;   ///< triangles are cut until no edge is longer
constexpr std::size_t kBlock = 16;   ///< tiles that a thread takes at once
/// Pieces of such a radius, in tolerances, are judged by their centre.
constexpr float kSmallest = 0.5f;
/// arcsin kSideSteepness, in radians: how steep a step may be against the mean normal's plane.
const float kSideAngle = std::asin(kSideSteepness);

struct Corner {
    glm::vec3 positionMm, normal;  ///< smooth normal: interpolated in between, then made unit
};

Corner between(const Corner& a, const Corner& b) {
    return {0.5f * (a.positionMm + b.positionMm), 0.5f * (a.normal + b.normal)};
}

glm::vec3 unit(glm::vec3 normal) {
    const float length = glm::length(normal);
    return length > 0 ? normal / length : normal;
}

struct Tile {
    Corner corners[3];
    std::uint32_t triangle;  ///< index into the mesh
};

/// Halves the longest edge until none is longer than the limit: as good for slivers as for others.
void cut(const Tile& whole, float limitMm, std::vector<Tile>& tiles) {
    std::vector<Tile> stack{whole};
    while (!stack.empty()) {
        const Tile tile = stack.back();
        stack.pop_back();
        int longest = 0;
        float length = 0;
        for (int k = 0; k < 3; ++k) {
            const float edge =
                glm::distance(tile.corners[k].positionMm, tile.corners[(k + 1) % 3].positionMm);
            if (edge > length) longest = k, length = edge;
        }
        if (!(length > limitMm)) {
            tiles.push_back(tile);
            continue;
        }
        const Corner a = tile.corners[longest], b = tile.corners[(longest + 1) % 3],
                     c = tile.corners[(longest + 2) % 3], middle = between(a, b);
        stack.push_back({{middle, b, c}, tile.triangle});
        stack.push_back({{a, middle, c}, tile.triangle});
    }
}

/// Distance in a plane from a place to a triangle's inside or border. `normal` is the triangle's.
float distanceInPlane(glm::vec3 p, const Corner (&corners)[3], glm::vec3 normal) {
    bool inside = true;
    float squared = kInfinite;
    for (int k = 0; k < 3; ++k) {
        const glm::vec3 edge = corners[(k + 1) % 3].positionMm - corners[k].positionMm;
        glm::vec3 step = p - corners[k].positionMm;
        step -= glm::dot(step, normal) * normal;
        inside &= glm::dot(glm::cross(edge, step), normal) >= 0;
        const float along = std::clamp(glm::dot(step, edge) / glm::dot(edge, edge), 0.0f, 1.0f);
        const glm::vec3 away = step - along * edge;
        squared = std::min(squared, glm::dot(away, away));
    }
    return inside ? 0 : std::sqrt(squared);
}

/// Searches one tile. Every bound holds for the whole of the piece that it is taken over.
class TileSearch {
  public:
    TileSearch(const OrientedTree& samples, float spacingMm)
        : samples_(samples), toleranceMm_(kPrecision * spacingMm) {}

    /// Raises `gap` where this tile holds a larger one.
    void search(const Tile& tile, glm::vec3 faceNormal, SurfaceGap& gap) {
        faceNormal_ = faceNormal;
        triangle_ = tile.triangle;
        gather(pieceOf(tile.corners), gap);
    }

  private:
    struct Candidate {
        glm::vec3 positionMm, normal;
    };
    struct Piece {
        Corner corners[3];
        Corner centre;  ///< its normal is unit
        float radius;   ///< from the centre to the farthest corner
        float turn;     ///< no unit normal of the piece differs by more from the centre's
    };

    static Piece pieceOf(const Corner (&corners)[3]) {
        const Corner &a = corners[0], &b = corners[1], &c = corners[2];
        Piece piece{{a, b, c}, {(a.positionMm + b.positionMm + c.positionMm) / 3.0f, unit(a.normal)}, 0, 0};
        if (a.normal != b.normal || b.normal != c.normal) {
            piece.centre.normal = unit(a.normal + b.normal + c.normal);
            // A mean of unit normals differs by as much as they do; making it unit at most doubles it.
            for (const Corner& corner : corners)
                piece.turn =
                    std::max(piece.turn, 2 * glm::distance(unit(corner.normal), piece.centre.normal));
        }
        piece.radius = farthest(piece.centre.positionMm, piece);
        return piece;
    }

    static float farthest(glm::vec3 from, const Piece& piece) {
        float squared = 0;
        for (const Corner& corner : piece.corners) {
            const glm::vec3 step = corner.positionMm - from;
            squared = std::max(squared, glm::dot(step, step));
        }
        return std::sqrt(squared);
    }

    [[nodiscard]] bool covers(const Candidate& sample, const Corner& place) const {
        const glm::vec3 step = sample.positionMm - place.positionMm;
        return shareSide(step, place.normal, sample.normal) ||
               (std::abs(glm::dot(step, faceNormal_)) <= toleranceMm_ &&
                glm::dot(place.normal, sample.normal) >= kSideNormalsDot);
    }

    /// Whether the sample surely covers every point of the piece. Becomes exact as the piece shrinks.
    [[nodiscard]] bool coversAll(glm::vec3 sampleMm, glm::vec3 sampleNormal, const Piece& piece) const {
        if (glm::dot(piece.centre.normal, sampleNormal) < kSideNormalsDot + piece.turn) return false;
        const glm::vec3 step = sampleMm - piece.centre.positionMm;
        const float height = std::abs(glm::dot(step, faceNormal_));
        if (height <= toleranceMm_) return true;
        const glm::vec3 mean = glm::normalize(piece.centre.normal + sampleNormal);
        const float meanTurn = piece.turn / kLeastSum;
        const float length = glm::length(step);
        const float steepest =
            std::abs(glm::dot(step, mean)) + piece.radius + meanTurn * (length + piece.radius);
        if (steepest <= kSideSteepness * (length - piece.radius)) return true;
        // Where the sample stands low enough over the plane, the tilt of the mean cannot make it steep.
        const float along = glm::dot(mean, faceNormal_);
        const float sine = std::sqrt(std::max(0.0f, 1 - along * along)) + meanTurn;
        const float angle = kSideAngle - std::asin(std::min(sine, 1.0f));
        return angle > 0 && distanceInPlane(sampleMm, piece.corners, faceNormal_) * std::tan(angle) >= height;
    }

    /// Searches a piece of which nothing is known yet.
    void gather(const Piece& piece, SurfaceGap& gap) {
        if (std::isinf(gap.largestMm)) return;
        const auto nearest = samples_.nearest(piece.centre.positionMm, [&](std::size_t i, glm::vec3) {
            return coversAll(samples_.positionMm(i), samples_.normal(i), piece);
        });
        if (nearest.i == OrientedTree::kNone) {
            // No sample is on the side of all of it, as in a fold: its parts may have some.
            if (piece.radius > kSmallest * toleranceMm_) {
                for (const Piece& part : partsOf(piece)) gather(part, gap);
                return;
            }
            const auto here = samples_.nearest(piece.centre.positionMm, [&](std::size_t i, glm::vec3) {
                return covers({samples_.positionMm(i), samples_.normal(i)}, piece.centre);
            });
            raise(gap, std::sqrt(here.squaredMm2), piece);
            gap.boundMm = std::max(gap.boundMm, std::sqrt(here.squaredMm2) + piece.radius);
            return;
        }
        const float bound = farthest(samples_.positionMm(nearest.i), piece);
        if (bound <= gap.largestMm + toleranceMm_) {
            gap.boundMm = std::max(gap.boundMm, bound);
            return;
        }
        // Every point of the piece has a sample within `bound`.
        candidates_.clear();
        samples_.visitWithin(piece.centre.positionMm, (bound + piece.radius) * kMargin,
                             [&](std::size_t i, float) {
                                 candidates_.push_back({samples_.positionMm(i), samples_.normal(i)});
                             });
        searchPiece(piece, 0, candidates_.size(), gap);
    }

    void raise(SurfaceGap& gap, float distanceMm, const Piece& piece) const {
        if (distanceMm <= gap.largestMm) return;
        gap.largestMm = distanceMm;
        gap.atMm = piece.centre.positionMm;
        gap.triangle = triangle_;
    }

    static std::array<Piece, 4> partsOf(const Piece& piece) {
        const Corner(&v)[3] = piece.corners;
        const Corner ab = between(v[0], v[1]), bc = between(v[1], v[2]), ca = between(v[2], v[0]);
        return {pieceOf({ab, bc, ca}), pieceOf({v[0], ab, ca}), pieceOf({v[1], bc, ab}),
                pieceOf({v[2], ca, bc})};
    }

    /// candidates_[begin, end) hold the nearest sample of every point of the piece.
    void searchPiece(const Piece& piece, std::size_t begin, std::size_t end, SurfaceGap& gap) {
        float bound = kInfinite, here = kInfinite;
        for (std::size_t i = begin; i < end; ++i) {
            const Candidate c = candidates_[i];
            const float far = farthest(c.positionMm, piece);
            if (far < bound && coversAll(c.positionMm, c.normal, piece)) bound = far;
            const float near = glm::distance(c.positionMm, piece.centre.positionMm);
            if (near < here && covers(c, piece.centre)) here = near;
        }
        raise(gap, here, piece);
        // Where sides of a fold meet, no one sample need cover all of even the smallest piece.
        if (piece.radius <= kSmallest * toleranceMm_) bound = std::min(bound, here + piece.radius);
        if (bound <= gap.largestMm + toleranceMm_ || std::isinf(gap.largestMm)) {
            gap.boundMm = std::max(gap.boundMm, bound);
            return;
        }
        const std::size_t keptBegin = candidates_.size();
        for (std::size_t i = begin; i < end; ++i)
            if (glm::distance(candidates_[i].positionMm, piece.centre.positionMm) <=
                (bound + piece.radius) * kMargin)
                candidates_.push_back(Candidate(candidates_[i]));
        const std::size_t keptEnd = candidates_.size();
        for (const Piece& part : partsOf(piece)) searchPiece(part, keptBegin, keptEnd, gap);
        candidates_.resize(keptBegin);
    }

    const OrientedTree& samples_;
    float toleranceMm_;
    glm::vec3 faceNormal_{0};
    std::uint32_t triangle_ = 0;
    std::vector<Candidate> candidates_;  ///< a stack: each level of the search keeps its own at the end
};

glm::vec3 faceNormal(const TriMesh& mesh, std::uint32_t triangle) {
    const glm::uvec3 t = mesh.triangles[triangle];
    const glm::dvec3 a(mesh.positionsMm[t.x]), b(mesh.positionsMm[t.y]), c(mesh.positionsMm[t.z]);
    return glm::vec3(glm::normalize(glm::cross(b - a, c - a)));
}

}  // namespace

SurfaceGap largestGap(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                      const OrientedTree& samples, float spacingMm) {
    std::vector<Tile> tiles;
    double areaMm2 = 0;
    for (const std::uint32_t i : triangles) areaMm2 += triangleAreaMm2(mesh, i);
    const float tileMm = kTileSpacings * std::max(spacingMm, static_cast<float>(std::sqrt(areaMm2 / kTiles)));
    const bool smooth = mesh.normals.size() == mesh.positionsMm.size();
    for (const std::uint32_t i : triangles) {
        if (triangleAreaMm2(mesh, i) == 0) continue;
        Tile whole{{}, i};
        for (int k = 0; k < 3; ++k) {
            const std::uint32_t vertex = mesh.triangles[i][k];
            whole.corners[k] = {mesh.positionsMm[vertex],
                                smooth ? mesh.normals[vertex] : faceNormal(mesh, i)};
        }
        cut(whole, tileMm, tiles);
    }
    // In rounds that share the largest gap so far: threads profit from one another, yet the result does not
    // depend on which was first. Each round takes its tiles from all over: every 64th, those halfway between,
    // and so on to every second.
    SurfaceGap gap;
    for (const std::size_t first : {0, 32, 16, 8, 4, 2, 1}) {
        const std::size_t step = first == 0 ? 64 : 2 * first;
        const std::size_t count = tiles.size() > first ? (tiles.size() - first + step - 1) / step : 0;
        std::vector<SurfaceGap> found((count + kBlock - 1) / kBlock, gap);
        parallelFor(
            found.size(),
            [&](std::size_t block) {
                TileSearch search(samples, spacingMm);
                for (std::size_t k = block * kBlock; k < std::min(count, (block + 1) * kBlock); ++k) {
                    const Tile& tile = tiles[first + k * step];
                    search.search(tile, faceNormal(mesh, tile.triangle), found[block]);
                }
            },
            1);
        for (const SurfaceGap& block : found) {
            const float bound = std::max(gap.boundMm, block.boundMm);
            if (block.largestMm > gap.largestMm) gap = block;
            gap.boundMm = bound;
        }
    }
    return gap;
}

}  // namespace stubble
