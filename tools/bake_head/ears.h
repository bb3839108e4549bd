// Places the ear sculpt on both sides of the head and blends it in.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sdf_ops.h"

namespace stubble::bake {

class Ears {
  public:
    Ears() = default;
    explicit Ears(const nlohmann::json& recipe);
    double apply(const glm::dvec3& p, double d) const;
    // Head space (x >= 0 half) to the ear's own space.
    glm::dvec3 toLocal(const glm::dvec3& p) const;

  private:
    glm::dvec3 origin_{72.0, 0.0, 0.0};
    glm::dmat3 frame_{1.0};
    double scale_ = 1.0;
};

}  // namespace stubble::bake
