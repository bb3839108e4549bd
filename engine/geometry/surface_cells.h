#pragma once
// A mesh's triangles sorted into cubic cells, so that a surface can be worked on piece by piece.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// A triangle or a part of one that is small beside a cell.
struct SurfacePiece {
    std::uint32_t triangle = 0;
    std::uint32_t part = 0;  ///< 0 where the triangle is whole
};

/// The pieces of a cell that face the same of six ways: +x, −x, +y, −y, +z, −z. Seen along that axis no piece
/// is steeper than 54.8°.
struct SurfacePatch {
    std::uint32_t firstPiece = 0, pieceCount = 0;
    std::uint8_t side = 0;
};

/// Which of the six ways a direction faces: 2 · axis + (negative ? 1 : 0).
std::uint8_t sideOf(glm::vec3 direction);

class SurfaceCells {
  public:
    struct Cell {
        glm::ivec3 place;
        std::uint32_t firstPatch = 0, patchCount = 0;
    };

    /// Sorts the given triangles (those without area are left out) by the cell that holds their middle, cut
    /// until a piece reaches less than kOverhang of a cell beyond it. Cells are larger than asked for where
    /// that would take very many pieces. Refers to the mesh.
    SurfaceCells(const TriMesh& mesh, std::span<const std::uint32_t> triangles, float cellMm);

    static constexpr float kOverhang = 0.25f;
    static constexpr int kMaxCells = 1 << 20;  ///< along an axis

    [[nodiscard]] std::span<const Cell> cells() const { return cells_; }
    [[nodiscard]] std::span<const SurfacePatch> patchesOf(const Cell& cell) const {
        return std::span(patches_).subspan(cell.firstPatch, cell.patchCount);
    }
    [[nodiscard]] std::span<const SurfacePiece> piecesOf(const SurfacePatch& patch) const {
        return std::span(pieces_).subspan(patch.firstPiece, patch.pieceCount);
    }
    /// The piece's corners in the barycentric coordinates of its triangle.
    [[nodiscard]] std::array<glm::vec3, 3> cornersOf(const SurfacePiece& piece) const;
    [[nodiscard]] glm::ivec3 placeOf(glm::vec3 positionMm) const;
    /// The index in cells() of the cell at a place, unset where there is no surface.
    [[nodiscard]] std::optional<std::uint32_t> find(glm::ivec3 place) const;

  private:
    const TriMesh& mesh_;
    float longestMm_ = 0;  ///< along and across a part; whole triangles reach 1.5 times as far
    glm::vec3 originMm_{0};
    float inverseCellMm_ = 0;
    std::vector<SurfacePiece> pieces_;
    std::vector<SurfacePatch> patches_;
    std::vector<Cell> cells_;
    std::vector<std::uint32_t> slots_;  ///< open addressing by place: index + 1, 0 where free
};

}  // namespace stubble
