#pragma once

#include <glm/glm.hpp>
#include <span>
#include <vector>

namespace stubble::bake::ear {

/// Tube of varying radius along a Catmull-Rom curve; control points hold position in xyz and radius in w.
class Sweep {
  public:
    explicit Sweep(std::span<const glm::vec4> controlMm);

    float distanceMm(const glm::vec3& pMm) const;

  private:
    glm::vec4 at(float u) const;

    std::vector<glm::vec4> controlMm_;
    std::vector<glm::vec4> nodesMm_;
    glm::vec3 boxMinMm_;
    glm::vec3 boxMaxMm_;
};

}  // namespace stubble::bake::ear
