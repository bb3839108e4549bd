#pragma once
// Strokes: polylines with a width that are drawn in the scalp chart and laid on the skin of a head.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {

inline constexpr float kMaxStrokeChartRadius = 1.6f;   ///< of a stroke's points: the chart's useful range
inline constexpr std::size_t kMaxStrokes = 2000;       ///< in one list of a design
inline constexpr std::size_t kMaxStrokePoints = 2000;  ///< in one stroke
/// Of all strokes in one list together: a design that holds as many in each of its lists fits a file.
inline constexpr std::size_t kMaxStrokesPoints = 150000;
/// Of all strokes in one list, in chart units (of about 15 cm). Bounds what hostile designs can ask for: a
/// whole scalp shaded twenty times over by a 2 mm brush takes about 2000.
inline constexpr float kMaxStrokesChartLength = 4000;

/// A stroke on a head. Distances are straight ones, which fall short of the way along the skin by 1 % at 40
/// mm. Immutable and thread-safe; a query allocates nothing.
class StrokeOnSkin {
  public:
    StrokeOnSkin() = default;
    /// The line on the skin (one point makes a disc, none reaches nothing); radiusMm > 0; `softness` 0 to 1
    /// is the share of the radius over which the stroke fades.
    StrokeOnSkin(std::span<const glm::vec3> lineMm, float radiusMm, float softness);

    /// Straight distance to the line; infinite for an empty one.
    [[nodiscard]] float distanceMm(glm::vec3 positionMm) const;
    /// 1 within (1 − softness) · radius of the line, falling smoothly to 0 at the radius.
    [[nodiscard]] float shareAt(glm::vec3 positionMm) const;

    /// Holds all places of share > 0. Empty (min above max) when there are none.
    [[nodiscard]] const Bounds& boundsMm() const { return boundsMm_; }
    [[nodiscard]] bool mayReach(glm::vec3 positionMm) const {
        return glm::all(glm::greaterThanEqual(positionMm, boundsMm_.minMm)) &&
               glm::all(glm::lessThanEqual(positionMm, boundsMm_.maxMm));
    }
    /// Smaller boxes that together do the same.
    [[nodiscard]] std::vector<Bounds> boxesMm() const;
    [[nodiscard]] float radiusMm() const { return radiusMm_; }
    [[nodiscard]] bool empty() const { return runs_.empty(); }

  private:
    static constexpr std::size_t kLanes = 4;
    /// The compilers' own vector type: at -O2 they do not find vectors in loops by themselves.
    using Float4 [[gnu::vector_size(kLanes * sizeof(float))]] = float;
    /// Four segments from a to a + ab side by side; the last ones repeat a run's last segment.
    struct Lanes {
        Float4 ax, ay, az, abx, aby, abz, inverseSquared;
    };
    struct Run {
        Float4 low{}, high{};              ///< corners of the line's box: x, y, z, 0
        std::uint32_t first = 0, end = 0;  ///< in lanes_
    };
    /// Squared distance to the line where it is below `belowSquared`, else that. Stops at `enoughSquared`.
    [[nodiscard]] float squaredDistance(glm::vec3 positionMm, float belowSquared, float enoughSquared) const;

    std::vector<Lanes> lanes_;
    std::vector<Run> runs_;
    Bounds boundsMm_{glm::vec3(1), glm::vec3(-1)};
    float radiusMm_ = 0, coreMm_ = 0;
    float inverseFadeMm_ = 0;  ///< 0 for a hard edge
};

/// A chart polyline on the skin: within 0.01 mm of its trace in steps of 1 mm. What lies over holes of the
/// mesh is left out.
StrokeOnSkin layStroke(const SkullTracer& tracer, std::span<const glm::vec2> chartPoints, float radiusMm,
                       float softness);

/// Which of many strokes may reach a place: a grid over them. Thread-safe.
class StrokeGrid {
  public:
    explicit StrokeGrid(std::span<const StrokeOnSkin> strokes = {});
    /// Indices of the strokes that may reach the place, ascending.
    [[nodiscard]] std::span<const std::uint32_t> near(glm::vec3 positionMm) const;
    /// Of all strokes; min above max where there are none.
    [[nodiscard]] const Bounds& boundsMm() const { return boundsMm_; }

  private:
    [[nodiscard]] glm::ivec3 cellOf(glm::vec3 positionMm) const;
    [[nodiscard]] std::size_t indexOf(glm::ivec3 cell) const;

    Bounds boundsMm_{glm::vec3(1), glm::vec3(-1)};
    glm::vec3 inverseCellMm_{0};
    glm::ivec3 size_{0};
    std::vector<std::uint32_t> starts_;  ///< of each cell in strokes_, and the end
    std::vector<std::uint32_t> strokes_;
};

}  // namespace stubble
