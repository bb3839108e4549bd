#include "engine/geometry/surface_gap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr float kInfinite = std::numeric_limits<float>::infinity();
constexpr float kPrecision = 0.01f;  ///< of the spacing
constexpr float kTileSpacings = 2;   ///< triangles are cut until no edge is longer
constexpr std::size_t kBlock = 16;   ///< tiles that a thread takes at once
constexpr int kMaxDepth = 24;        ///< quarterings of a tile: its edges are then at single precision's end
/// arcsin kSideSteepness, in radians: how steep a step may be against the mean normal's plane.
const float kSideAngle = std::asin(kSideSteepness);

struct Tile {
    glm::vec3 corners[3];
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
            const float edge = glm::distance(tile.corners[k], tile.corners[(k + 1) % 3]);
            if (edge > length) longest = k, length = edge;
        }
        if (!(length > limitMm)) {
            tiles.push_back(tile);
            continue;
        }
        const glm::vec3 a = tile.corners[longest], b = tile.corners[(longest + 1) % 3],
                        c = tile.corners[(longest + 2) % 3], middle = 0.5f * (a + b);
        stack.push_back({{middle, b, c}, tile.triangle});
        stack.push_back({{a, middle, c}, tile.triangle});
    }
}

/// Distance in a plane from a place to a triangle's inside or border. `normal` is the triangle's.
float distanceInPlane(glm::vec3 p, const glm::vec3 (&corners)[3], glm::vec3 normal) {
    bool inside = true;
    float squared = kInfinite;
    for (int k = 0; k < 3; ++k) {
        const glm::vec3 edge = corners[(k + 1) % 3] - corners[k];
        glm::vec3 step = p - corners[k];
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
    void search(const Tile& tile, glm::vec3 normal, SurfaceGap& gap) {
        if (std::isinf(gap.largestMm)) return;
        normal_ = normal;
        triangle_ = tile.triangle;
        const Piece piece = pieceOf(tile.corners);
        const auto nearest = samples_.nearest(piece.centre, [&](std::size_t i, glm::vec3) {
            return coversAll(samples_.positionMm(i), samples_.normal(i), piece);
        });
        // No sample is on the side of all of the tile: its parts may have some, so let them look.
        const float reach =
            nearest.i == OrientedTree::kNone ? kInfinite : std::sqrt(nearest.squaredMm2) + 2 * piece.radius;
        if (std::isfinite(reach)) {
            const float bound = farthest(samples_.positionMm(nearest.i), piece);
            if (bound <= gap.largestMm + toleranceMm_) {
                gap.boundMm = std::max(gap.boundMm, bound);
                return;
            }
        }
        candidates_.clear();
        const auto add = [&](std::size_t i, float) {
            const glm::vec3 n = samples_.normal(i);
            if (glm::dot(n, normal_) >= kSideNormalsDot) candidates_.push_back({samples_.positionMm(i), n});
        };
        if (std::isfinite(reach)) {
            samples_.visitWithin(piece.centre, reach * 1.0001f, add);
        } else {
            for (std::size_t i = 0; i < samples_.size(); ++i) add(i, 0);
        }
        searchPiece(piece, 0, candidates_.size(), 0, gap);
    }

  private:
    struct Candidate {
        glm::vec3 positionMm, normal;
    };
    struct Piece {
        glm::vec3 corners[3];
        glm::vec3 centre;
        float radius;  ///< from the centre to the farthest corner
    };

    static Piece pieceOf(const glm::vec3 (&corners)[3]) {
        Piece piece{{corners[0], corners[1], corners[2]}, (corners[0] + corners[1] + corners[2]) / 3.0f, 0};
        piece.radius = farthest(piece.centre, piece);
        return piece;
    }

    static float farthest(glm::vec3 from, const Piece& piece) {
        float squared = 0;
        for (const glm::vec3& corner : piece.corners) {
            const glm::vec3 step = corner - from;
            squared = std::max(squared, glm::dot(step, step));
        }
        return std::sqrt(squared);
    }

    [[nodiscard]] bool covers(glm::vec3 sampleMm, glm::vec3 sampleNormal, glm::vec3 placeMm) const {
        const glm::vec3 step = sampleMm - placeMm;
        return shareSide(step, normal_, sampleNormal) ||
               (std::abs(glm::dot(step, normal_)) <= toleranceMm_ &&
                glm::dot(normal_, sampleNormal) >= kSideNormalsDot);
    }

    /// Whether the sample surely covers every point of the piece. Becomes exact as the piece shrinks.
    [[nodiscard]] bool coversAll(glm::vec3 sampleMm, glm::vec3 sampleNormal, const Piece& piece) const {
        if (glm::dot(normal_, sampleNormal) < kSideNormalsDot) return false;
        const glm::vec3 step = sampleMm - piece.centre;
        const float height = std::abs(glm::dot(step, normal_));
        if (height <= toleranceMm_) return true;
        // Steepness less its limit, steep·|step|, changes by no more than (sine + limit) a mm.
        const glm::vec3 mean = glm::normalize(normal_ + sampleNormal);
        const float sine = std::sqrt(std::max(0.0f, 1 - glm::dot(mean, normal_) * glm::dot(mean, normal_)));
        const float spare = kSideSteepness * glm::length(step) - std::abs(glm::dot(step, mean));
        if (spare >= (sine + kSideSteepness) * piece.radius) return true;
        // Where the sample stands at most so high over the plane, the tilt of the mean cannot make it steep.
        const float angle = kSideAngle - std::asin(std::min(sine, 1.0f));
        return angle > 0 &&
               distanceInPlane(sampleMm, piece.corners, normal_) * std::tan(angle) >= height;
    }

    /// candidates_[begin, end) hold the nearest sample of every point of the piece.
    void searchPiece(const Piece& piece, std::size_t begin, std::size_t end, int depth, SurfaceGap& gap) {
        float bound = kInfinite, here = kInfinite;
        for (std::size_t i = begin; i < end; ++i) {
            const Candidate c = candidates_[i];
            const float far = farthest(c.positionMm, piece);
            if (far < bound && coversAll(c.positionMm, c.normal, piece)) bound = far;
            const float near = glm::distance(c.positionMm, piece.centre);
            if (near < here && covers(c.positionMm, c.normal, piece.centre)) here = near;
        }
        if (here > gap.largestMm) {
            gap.largestMm = here;
            gap.atMm = piece.centre;
            gap.triangle = triangle_;
        }
        const float enough = gap.largestMm + toleranceMm_;
        if (bound <= enough || depth == kMaxDepth || std::isinf(gap.largestMm)) {
            gap.boundMm = std::max(gap.boundMm, bound);
            return;
        }
        const std::size_t keptBegin = candidates_.size();
        for (std::size_t i = begin; i < end; ++i)
            if (glm::distance(candidates_[i].positionMm, piece.centre) - piece.radius <= bound)
                candidates_.push_back(Candidate(candidates_[i]));
        const std::size_t keptEnd = candidates_.size();
        const glm::vec3(&v)[3] = piece.corners;
        const glm::vec3 ab = 0.5f * (v[0] + v[1]), bc = 0.5f * (v[1] + v[2]), ca = 0.5f * (v[2] + v[0]);
        for (const Piece& part : {pieceOf({ab, bc, ca}), pieceOf({v[0], ab, ca}), pieceOf({v[1], bc, ab}),
                                  pieceOf({v[2], ca, bc})})
            searchPiece(part, keptBegin, keptEnd, depth + 1, gap);
        candidates_.resize(keptBegin);
    }

    const OrientedTree& samples_;
    float toleranceMm_;
    glm::vec3 normal_{0};
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
    for (const std::uint32_t i : triangles) {
        const glm::uvec3 t = mesh.triangles[i];
        if (triangleAreaMm2(mesh, i) > 0)
            cut({{mesh.positionsMm[t.x], mesh.positionsMm[t.y], mesh.positionsMm[t.z]}, i},
                kTileSpacings * spacingMm, tiles);
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
