// Neck, throat, nape and the cut of the bust.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <utility>
#include <vector>

#include "curve.h"
#include "sdf_ops.h"

namespace stubble::bake {

class Neck {
  public:
    Neck() = default;
    explicit Neck(const nlohmann::json& recipe);
    // Unites the neck with the head's distance d.
    double apply(const glm::dvec3& p, double d) const;
    // Trims the finished sculpt to the bust's base.
    double cut(const glm::dvec3& p, double d) const;

  private:
    Curve front_, back_, halfWidth_;
    std::vector<std::pair<Tube, double>> muscles_;  // each with its blend
    double top_ = -10.0, blendFront_ = 10.0, blendBack_ = 28.0;
    glm::dvec3 baseCentre_{0.0}, baseRadii_{100.0}, planePoint_{0.0}, planeNormal_{0.0, -1.0, 0.0};
    glm::dvec3 chestCentre_{0.0}, chestRadii_{100.0};
    double baseRound_ = 6.0, chestBlend_ = 25.0;
};

}  // namespace stubble::bake
