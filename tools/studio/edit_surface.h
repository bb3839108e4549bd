#pragma once
// Where skin stands on the screen: the ground for tools that draw and edit on it, in the picture or the map.

#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/rays.h"
#include "engine/render/camera.h"
#include "engine/scalp/chart.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {

/// A place on the skin, in both ways of saying it.
struct SkinPlace {
    glm::vec2 chart{0};
    glm::vec3 positionMm{0};
};

struct ScreenPlace {
    glm::vec2 at{0};      ///< interface coordinates
    bool hidden = false;  ///< behind other skin
};

/// A rectangle of the screen in which skin is seen. A value for one frame; what it refers to must outlive it.
class EditSurface {
  public:
    virtual ~EditSurface() = default;

    /// Unset where it is not in front of the eye.
    [[nodiscard]] virtual std::optional<ScreenPlace> screenOf(const SkinPlace& place) const = 0;
    /// The skin that is seen there.
    [[nodiscard]] virtual std::optional<SkinPlace> skinAt(glm::vec2 at) const = 0;
    /// The flat map, else the picture: a drag stays where it began.
    [[nodiscard]] virtual bool isMap() const = 0;
};

/// The skin as a camera sees it.
class CameraSurface : public EditSurface {
  public:
    /// `corner` and `size` of the picture in interface coordinates.
    CameraSurface(const Camera& camera, glm::vec2 corner, glm::vec2 size, const RayScene& rays,
                  const ScalpChart& chart);

    [[nodiscard]] std::optional<ScreenPlace> screenOf(const SkinPlace& place) const override;
    [[nodiscard]] std::optional<SkinPlace> skinAt(glm::vec2 at) const override;
    [[nodiscard]] bool isMap() const override { return false; }
    /// The skin there with its triangle.
    [[nodiscard]] std::optional<RayHit> hitAt(glm::vec2 at) const;

  private:
    glm::vec3 eyeMm_, forward_, right_, up_;
    glm::vec2 middle_;
    float height_, tangent_;  ///< of the picture: interface coordinates, and at distance 1
    const RayScene* rays_;
    const ScalpChart* chart_;
};

/// The scalp chart laid flat, the face at the top.
class MapSurface : public EditSurface {
  public:
    /// `unit` interface coordinates to a chart unit, the vertex at `middle`. Nothing is seen beyond the chart
    /// radius `reach`.
    MapSurface(glm::vec2 middle, float unit, float reach, const SkullTracer& tracer)
        : middle_(middle), unit_(unit), reach_(reach), tracer_(&tracer) {}

    [[nodiscard]] std::optional<ScreenPlace> screenOf(const SkinPlace& place) const override;
    [[nodiscard]] std::optional<SkinPlace> skinAt(glm::vec2 at) const override;
    [[nodiscard]] bool isMap() const override { return true; }
    [[nodiscard]] glm::vec2 at(glm::vec2 chart) const {
        return middle_ + unit_ * glm::vec2(chart.x, -chart.y);
    }

  private:
    glm::vec2 middle_;
    float unit_, reach_;
    const SkullTracer* tracer_;
};

/// What of a line on the skin can be seen: runs of places on the screen.
std::vector<std::vector<glm::vec2>> seenRuns(const EditSurface& surface, std::span<const SkinPlace> line);

/// Distance from a place to a run of seenRuns; infinity for none.
float distanceTo(std::span<const std::vector<glm::vec2>> runs, glm::vec2 at);

}  // namespace stubble
