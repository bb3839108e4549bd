#pragma once
// A head seen along the axes of a frame of its own: what landmark guessing measures with.

#include <glm/glm.hpp>
#include <optional>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/geometry/rays.h"

namespace stubble {

/// Columns of axes: the head's left, up, forward. Local coordinates are mm from the origin along them.
struct HeadFrame {
    glm::mat3 axes{1};
    glm::vec3 originMm{0};
    [[nodiscard]] glm::vec3 toLocal(glm::vec3 worldMm) const { return (worldMm - originMm) * axes; }
    [[nodiscard]] glm::vec3 toWorld(glm::vec3 localMm) const { return originMm + axes * localMm; }
    /// The same frame nodded about its left axis; positive turns its forward axis up.
    [[nodiscard]] HeadFrame nodded(float radians) const;
};

/// Outermost skin of a mesh, in a frame's coordinates.
class HeadProbe {
  public:
    HeadProbe(const RayScene& scene, const HeadFrame& frame) : scene_(scene), frame_(frame) {}

    /// z of the foremost or hindmost skin at (x, y).
    [[nodiscard]] std::optional<float> front(float x, float y) const;
    [[nodiscard]] std::optional<float> back(float x, float y) const;
    /// |x| of the outermost skin on the left (side = 1) or right (−1) at (y, z).
    [[nodiscard]] std::optional<float> side(float side, float y, float z) const;
    /// y of the topmost skin at (x, z).
    [[nodiscard]] std::optional<float> top(float x, float z) const;
    [[nodiscard]] const HeadFrame& frame() const { return frame_; }
    [[nodiscard]] const RayScene& scene() const { return scene_; }

  private:
    [[nodiscard]] std::optional<glm::vec3> hit(glm::vec3 from, glm::vec3 direction) const;
    const RayScene& scene_;
    HeadFrame frame_;
};

/// Upright size of the skull over the ears, and the plane that mirrors it best.
struct SkullBox {
    HeadFrame frame;  ///< origin: on the mirror plane, at the top's height, midway between front and back
    float breadthMm = 0, lengthMm = 0;
    float asymmetryMm = 0;  ///< mean distance between the skin and its mirror image, each capped at 8 mm
};

/// `mesh` has roughly +Y up and the face towards +Z, and edges of a few millimetres.
SkullBox measureSkull(const TriMesh& mesh, const RayScene& scene);

}  // namespace stubble
