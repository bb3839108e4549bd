#pragma once
// Whether there is a point near a place.

#include <cstdint>
#include <glm/glm.hpp>
#include <utility>
#include <vector>

#include "engine/core/parallel.h"

namespace stubble {

/// Points by cubes of their bounds. Queries are thread-safe.
class NearPoints {
  public:
    /// `reachMm`: about how far is asked.
    NearPoints(std::vector<glm::vec3> pointsMm, float reachMm) : points_(std::move(pointsMm)) {
        for (const glm::vec3& p : points_) low_ = glm::min(low_, p), high_ = glm::max(high_, p);
        cellMm_ = reachMm / 3;
        if (points_.empty()) return;
        size_ = glm::ivec3((high_ - low_) / cellMm_) + 1;
        // By counting, as in cellOrder.
        starts_.assign(static_cast<std::size_t>(size_.x) * static_cast<std::size_t>(size_.y) *
                               static_cast<std::size_t>(size_.z) +
                           2,
                       0);
        std::vector<std::uint32_t> cells(points_.size());
        parallelFor(points_.size(), [&](std::size_t i) { cells[i] = indexOf(cellOf(points_[i])); });
        for (const std::uint32_t cell : cells) ++starts_[cell + 2];
        for (std::size_t i = 2; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        std::vector<glm::vec3> sorted(points_.size());
        for (std::size_t i = 0; i < points_.size(); ++i) sorted[starts_[cells[i] + 1]++] = points_[i];
        points_ = std::move(sorted);
    }

    [[nodiscard]] bool any(glm::vec3 placeMm, float withinMm) const {
        if (points_.empty()) return false;
        const glm::ivec3 from = glm::max(cellOf(placeMm - withinMm), glm::ivec3(0)),
                         to = glm::min(cellOf(placeMm + withinMm), size_ - 1);
        for (int z = from.z; z <= to.z; ++z)
            for (int y = from.y; y <= to.y; ++y)
                for (int x = from.x; x <= to.x; ++x) {
                    const std::uint32_t cell = indexOf({x, y, z});
                    for (std::uint32_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
                        const glm::vec3 d = placeMm - points_[i];
                        if (glm::dot(d, d) < withinMm * withinMm) return true;
                    }
                }
        return false;
    }

  private:
    [[nodiscard]] glm::ivec3 cellOf(glm::vec3 p) const {
        return glm::ivec3(glm::floor((p - low_) / cellMm_));
    }
    [[nodiscard]] std::uint32_t indexOf(glm::ivec3 cell) const {
        return static_cast<std::uint32_t>((cell.z * size_.y + cell.y) * size_.x + cell.x);
    }
    std::vector<glm::vec3> points_;  ///< by cells
    std::vector<std::uint32_t> starts_;
    glm::vec3 low_{1e9f}, high_{-1e9f};
    glm::ivec3 size_{0};
    float cellMm_ = 1;
};

}  // namespace stubble
