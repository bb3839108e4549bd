#pragma once
// Chart curves laid on the skin: positions, lengths in mm, areas in cm², distances in mm.

#include <cstdint>
#include <functional>
#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/geometry/rays.h"
#include "engine/scalp/chart.h"
#include "engine/scalp/point_tree.h"

namespace stubble {

/// The skin of the skull as seen from the chart's centre: the first surface that faces outward along a ray,
/// so that auricles, which stand off the skull, and inner shells are passed by. Mesh and chart are referred
/// to, not copied: they must outlive the tracer. Thread-safe.
class SkullTracer {
  public:
    SkullTracer(const TriMesh& mesh, const ScalpChart& chart);

    [[nodiscard]] std::optional<RayHit> hitFrom(glm::vec3 originMm, glm::vec3 direction) const;
    [[nodiscard]] std::optional<glm::vec3> positionMm(glm::vec2 chart) const;
    /// The chart polyline on the skin, with steps of at most maxStepMm where the skin is smooth. Places where
    /// the mesh has a hole are left out.
    [[nodiscard]] std::vector<glm::vec3> trace(std::span<const glm::vec2> chartPolyline, bool closed,
                                               float maxStepMm = 0.5f) const;
    [[nodiscard]] const RayScene& rays() const { return rays_; }

  private:
    const TriMesh* mesh_;
    const ScalpChart* chart_;
    RayScene rays_;
};

/// Mean outer radius of a grown skull, mm (breadth 155, length 195, height above its middle 90); chords are
/// bent to arcs of it.
inline constexpr float kSkullRadiusMm = 90;

/// Length of an open polyline, mm.
double lengthMm(std::span<const glm::vec3> polylineMm);

/// Distances to a dense polyline on the head (open; repeat the first point at the end to close it). They are
/// straight distances bent to the arc of a sphere of `radiusMm`: within 1 % of the way along the skin up to
/// 40 mm on a cranium, and ever growing beyond.
class PolylineDistance {
  public:
    PolylineDistance(std::vector<glm::vec3> polylineMm, float radiusMm);

    struct Nearest {
        float distanceMm = 0;
        float arcMm = 0;  ///< where along the polyline
    };
    /// Unset when the line is straight farther off than about withinMm.
    [[nodiscard]] std::optional<Nearest> nearest(glm::vec3 positionMm, float withinMm = 1e9f) const;
    /// The same in parts: the place on the line from its point that is nearest, and where that is along it.
    struct Foot {
        std::uint32_t point = 0;
        std::int32_t step = 0;  ///< the foot lies `share` of the way to point + step
        float share = 0;
        float distanceMm = 0;
    };
    [[nodiscard]] Foot footFrom(glm::vec3 positionMm, std::uint32_t nearestPoint, float straightMm) const;
    [[nodiscard]] float arcMm(const Foot& foot) const;
    [[nodiscard]] const std::vector<glm::vec3>& pointsMm() const { return points_; }
    [[nodiscard]] double lengthMm() const { return arcsMm_.empty() ? 0 : arcsMm_.back(); }
    [[nodiscard]] bool empty() const { return points_.empty(); }

  private:
    std::vector<glm::vec3> points_;
    std::vector<float> arcsMm_;
    PointTree tree_;
    float radiusMm_;
};

/// Area in cm² of the part of the mesh where a field given at its vertices is ≥ level, linear in triangles.
/// Triangles where `weight` (one a vertex; empty = 1 everywhere) fades count by its mean over the part.
double areaCm2Above(const TriMesh& mesh, std::span<const float> vertexValues, float level,
                    std::span<const float> vertexWeights = {});

/// ∫ field dA in cm² times the field's unit, for a field linear in triangles.
double integralOverCm2(const TriMesh& mesh, std::span<const float> vertexValues);

}  // namespace stubble
