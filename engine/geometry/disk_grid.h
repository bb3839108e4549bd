#pragma once
// Oriented discs of varying radius on surfaces, hashed so that a conflict is found in constant time.

#include <array>
#include <cstdint>
#include <glm/glm.hpp>
#include <limits>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

/// A grid with one level for each factor √2 of radius: a query meets cells of the size that suits its
/// neighbours, so that sparse and dense regions cost the same. Cells come in bricks of 4 × 4 × 4, found by
/// hash: neighbouring queries meet neighbouring memory. Queries are thread-safe between changes.
class DiskGrid {
  public:
    /// Discs of radii within [minRadiusMm, maxRadiusMm] inside the bounds; both > 0.
    DiskGrid(const Bounds& boundsMm, float minRadiusMm, float maxRadiusMm);

    /// Lays the cells anew for queries up to the given scale, and sorts the discs for memory locality.
    void rebuild(float maxScale);
    void insert(glm::vec3 positionMm, glm::vec3 normal, float radiusMm);

    /// The smallest distance ÷ min(radiusMm, disc's radius) over all discs but the query itself (the same
    /// position and radius), where it is below `scale` (≤ maxScale); else `scale`. Distance is
    /// surfaceDistanceMm. Once something nearer than `enough` is met, that is returned.
    [[nodiscard]] float nearestRelative(glm::vec3 positionMm, glm::vec3 normal, float radiusMm, float scale,
                                        float enough = 0) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] float minRadiusMm() const { return minRadiusMm_; }
    [[nodiscard]] float maxScale() const { return maxScale_; }

  private:
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    static constexpr int kMaxLevels = 32;
    struct Entry {
        glm::vec3 positionMm;
        float radiusMm;
        glm::vec3 normal;
        std::uint32_t next;
    };
    struct Level {
        float maxRadiusMm = 0;  ///< of the discs that live here
        float inverseCellMm = 0;
    };

    struct Brick {
        std::array<std::uint32_t, 64> heads;  ///< first disc of each cell
    };
    struct Slot {
        std::uint64_t key = kNoKey;
        std::uint32_t brick = 0;
    };
    static constexpr std::uint64_t kNoKey = std::numeric_limits<std::uint64_t>::max();

    [[nodiscard]] int levelOf(float radiusMm) const;
    [[nodiscard]] glm::uvec3 cellOf(glm::vec3 positionMm, int level) const;
    [[nodiscard]] const Brick* findBrick(std::uint64_t key) const;
    std::uint32_t& headOf(glm::uvec3 cell, int level);
    void growSlots();
    void link(std::uint32_t index);
    void markBlocks(glm::vec3 positionMm, int level);

    glm::vec3 originMm_{0};
    glm::vec3 boundsMinMm_{0};
    float minRadiusMm_;
    float maxScale_ = 0;
    int levelCount_;
    float inverseBlockMm_ = 0;
    std::vector<Level> levels_;
    std::vector<Entry> entries_;
    std::vector<Slot> slots_;  ///< open addressing by key, a power of two, at most half full
    std::vector<Brick> bricks_;
    std::vector<std::uint32_t> blockLevels_;  ///< bit l: level l may hold a disc that reaches into the block
};

}  // namespace stubble
