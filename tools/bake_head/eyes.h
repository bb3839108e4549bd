// Closed eyes: lids over the eyeball, lid crease, lash line, lower lid fold and brow hair bed.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "curve.h"
#include "sdf_ops.h"

namespace stubble::bake {

class Eyes {
  public:
    Eyes() = default;
    explicit Eyes(const nlohmann::json& recipe);
    // p in the mirrored half x >= 0; returns the sculpt's distance with the eye worked in.
    double apply(const glm::dvec3& p, double d) const;
    // Height of the line where the lids meet, for landmarks and tint.
    double marginY(double x) const { return margin_(x); }
    double creaseY(double x) const { return crease_(x); }
    double innerX() const { return innerX_; }
    double outerX() const { return outerX_; }
    const glm::dvec3& ball() const { return ball_; }

  private:
    glm::dvec3 ball_{0.0};
    double ballRadius_ = 14.0, ballBlend_ = 4.0;
    double innerX_ = 17.0, outerX_ = 46.0;
    Curve margin_, crease_, lowerFold_;
    double marginDepth_ = 0.9, marginWidth_ = 0.5, lidStep_ = 0.7;
    double creaseDepth_ = 1.2, creaseWidth_ = 0.9, foldHeight_ = 0.8, lowerFoldDepth_ = 0.5,
           browHeight_ = 0.8;
    Tube brow_;
};

}  // namespace stubble::bake
