// Lips, philtrum, corners of the mouth, and the folds round them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "curve.h"
#include "sdf_ops.h"

namespace stubble::bake {

class Mouth {
  public:
    Mouth() = default;
    explicit Mouth(const nlohmann::json& recipe);
    double apply(const glm::dvec3& p, double d) const;
    // 1 on the vermilion, 0 outside, with a soft border.
    double vermilion(const glm::dvec3& p) const;
    double partingY(double x) const { return parting_(x); }
    double cornerX() const { return cornerX_; }

  private:
    double cornerX_ = 27.0;
    Curve parting_, upperEdge_, lowerEdge_, upperProfile_, lowerProfile_;
    double upperHeight_ = 4.0, lowerHeight_ = 5.0, groove_ = 1.5, grooveWidth_ = 0.5;
    double philtrum_ = 0.8, edgeRoll_ = 0.3, cornerDepth_ = 1.2;
    Tube nasolabial_;
    double nasolabialDepth_ = 0.8;
};

}  // namespace stubble::bake
