#pragma once
// Nearest neighbours among points: a balanced k-d tree (Bentley, "Multidimensional binary search trees used
// for associative searching", 1975).

#include <cstdint>
#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <vector>

namespace stubble {

/// Holds copies of the points. Queries are thread-safe.
class PointTree {
  public:
    explicit PointTree(std::span<const glm::vec3> pointsMm);

    struct Nearest {
        std::uint32_t index = 0;  ///< into the points as given; the lowest one among equals
        float distanceMm = 0;
    };
    /// The nearest point closer than withinMm, if there is one.
    [[nodiscard]] std::optional<Nearest> nearest(glm::vec3 positionMm, float withinMm = 1e9f) const;
    [[nodiscard]] bool empty() const { return points_.empty(); }

  private:
    struct Entry {
        glm::vec3 positionMm;
        std::uint32_t index;
    };
    void build(std::size_t begin, std::size_t end, int axis);
    void search(std::size_t begin, std::size_t end, int axis, glm::vec3 positionMm, float& bestSquared,
                std::uint32_t& best) const;

    std::vector<Entry> points_;
};

}  // namespace stubble
