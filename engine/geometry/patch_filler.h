#pragma once
// Fills one patch of a surface with samples, from a pool of candidate places that know how far they are from
// the nearest sample.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/geometry/surface_cells.h"

namespace stubble {

struct PlacedSample {
    glm::vec3 positionMm;
    std::uint32_t triangle;
    glm::vec2 barycentric;  ///< of the triangle's first two corners
    std::uint32_t order;    ///< random, to rank samples of the same level
    std::uint16_t level;
    std::uint8_t side;
    std::uint8_t leanedOn;  ///< 1: a neighbouring patch left places free because of it
};

SurfacePoint pointOf(const PlacedSample& sample);

/// Places whose smooth normals turn farther from one another than about 101° do not share a side of the
/// surface, so that those at a right angle still do.
inline constexpr float kSharedSideCosine = -0.2f;

/// Work space to be used again from patch to patch.
class PatchFiller {
  public:
    explicit PatchFiller(const TriMesh& mesh) : mesh_(mesh) {}

    /// Starts a patch: lays out its pool, evenly by area, perMm2 places a mm². Radii to come are about
    /// radiusMm.
    void begin(const SurfaceCells& cells, const SurfacePatch& patch, float perMm2, float radiusMm,
               std::uint64_t seed);
    [[nodiscard]] bool empty() const { return id_.empty(); }
    /// Bounds of the pool.
    [[nodiscard]] const Bounds& boundsMm() const { return boundsMm_; }
    /// Nothing is to come within radiusMm of an older sample that shares a side with it. Whether that takes
    /// any place of the pool.
    bool keepOff(const PlacedSample& sample, float radiusMm);
    /// Takes from the pool, level by level and each in random order, whatever keeps the level's radius from
    /// all samples; appends it to `out`.
    void fill(std::span<const float> radiiMm, std::uint16_t firstLevel, std::vector<PlacedSample>& out);

  private:
    template <typename Shares>
    void cover(glm::vec3 local, float radiusMm, const Shares& shares);
    /// Whether that takes any place.
    bool coverOwnSide(glm::vec3 local, float radiusMm);
    [[nodiscard]] PlacedSample sampleAt(std::uint32_t index) const;
    [[nodiscard]] glm::vec3 localOf(glm::vec3 p) const {
        return {p[(axis_ + 1) % 3], p[(axis_ + 2) % 3], p[axis_]};
    }

    const TriMesh& mesh_;
    const SurfaceCells* cells_ = nullptr;
    std::span<const SurfacePiece> pieces_;
    int axis_ = 0;
    std::uint8_t side_ = 0;
    std::uint64_t seed_ = 0;
    Bounds boundsMm_;

    // The pool, sorted into a grid of rows seen along the side's axis: u and v across, h along it.
    float inverseCellMm_ = 0, u0_ = 0, v0_ = 0;
    int columns_ = 0, rows_ = 0;
    std::vector<std::uint32_t> cellStarts_;
    std::vector<float> u_, v_, h_;
    std::vector<float> squared_;  ///< to the nearest sample within the radius in force when it came
    std::vector<std::uint32_t> id_;

    // The pool in the order in which it was drawn.
    struct Drawn {
        float u, v, h;
        std::uint32_t cell;
    };
    std::vector<Drawn> drawn_;
    /// Of pieces that have any place.
    struct PieceShare {
        std::uint32_t piece;
        std::uint32_t first;   ///< place of the pool
        std::uint32_t strata;  ///< along an edge; 0: none
        glm::uvec2 shift;
    };
    std::vector<PieceShare> shares_;
    std::vector<std::uint32_t> open_;
};

}  // namespace stubble
