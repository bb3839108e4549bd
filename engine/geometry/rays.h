#pragma once
// Ray casting and closest points on a triangle mesh, by Embree.

#include <glm/glm.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "engine/geometry/mesh.h"

namespace stubble {

struct RayHit {
    SurfacePoint point;
    float distanceMm = 0;
    glm::vec3 positionMm{0};
};

/// A static acceleration structure over a mesh, which must outlive it unchanged. Queries are thread-safe.
class RayScene {
  public:
    explicit RayScene(const TriMesh& mesh);
    ~RayScene();
    RayScene(RayScene&&) noexcept;
    RayScene& operator=(RayScene&&) noexcept;

    /// First hit along a ray from `originMm` in `direction` (need not be unit; distances come back in mm).
    [[nodiscard]] std::optional<RayHit> firstHit(glm::vec3 originMm, glm::vec3 direction,
                                                 float maxDistanceMm = 1e6f) const;
    /// All hits, nearest first.
    [[nodiscard]] std::vector<RayHit> allHits(glm::vec3 originMm, glm::vec3 direction,
                                              float maxDistanceMm = 1e6f) const;
    [[nodiscard]] bool occluded(glm::vec3 originMm, glm::vec3 direction, float maxDistanceMm = 1e6f) const;
    /// The closest surface point within maxDistanceMm.
    [[nodiscard]] std::optional<RayHit> closestPoint(glm::vec3 positionMm, float maxDistanceMm = 1e6f) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace stubble
