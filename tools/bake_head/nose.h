// The nose: bridge, ball of the tip, wings, columella, nostrils.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "curve.h"
#include "sdf_ops.h"

namespace stubble::bake {

class Nose {
  public:
    Nose() = default;
    explicit Nose(const nlohmann::json& recipe);
    double apply(const glm::dvec3& p, double d) const;

  private:
    double body(const glm::dvec3& p) const;

    Curve ridge_, halfWidth_, depth_;
    Tube wing_, columella_, nostril_;
    glm::dvec3 tip_{0.0}, tipRadii_{8.0};
    double rootBlend_ = 8.0, tipBlend_ = 5.0, wingBlend_ = 2.5, columellaBlend_ = 2.5, nostrilBlend_ = 1.2;
    double faceBlend_ = 3.0;
};

}  // namespace stubble::bake
