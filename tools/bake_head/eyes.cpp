// Lids are drawn by curves over the frontal plane and carved as displacements of the distance field.
// Method: Kenneth Perlin and Eric Hoffert, "Hypertexture", 1989 (displacing an implicit surface's field).
#include "eyes.h"

#include "json_util.h"

namespace stubble::bake {

Eyes::Eyes(const nlohmann::json& r)
    : ball_(readVec3(r.at("ball"))),
      ballRadius_(r.at("ballRadius")),
      ballBlend_(r.at("ballBlend")),
      innerX_(r.at("innerX")),
      outerX_(r.at("outerX")),
      margin_(readCurve(r.at("margin"))),
      crease_(readCurve(r.at("crease"))),
      lowerFold_(readCurve(r.at("lowerFold"))),
      marginDepth_(r.at("marginDepth")),
      marginWidth_(r.at("marginWidth")),
      lidStep_(r.at("lidStep")),
      creaseDepth_(r.at("creaseDepth")),
      creaseWidth_(r.at("creaseWidth")),
      foldHeight_(r.at("foldHeight")),
      lowerFoldDepth_(r.at("lowerFoldDepth")),
      browHeight_(r.at("browHeight")),
      brow_(readTube(r.at("brow"))) {}

double Eyes::apply(const glm::dvec3& p, double d) const {
    if (p.z < 40.0 || glm::length(p - ball_) > 55.0) return d;
    d = smoothMin(d, glm::length(p - ball_) - ballRadius_, ballBlend_);
    if (p.x < innerX_ - 16.0 || p.x > outerX_ + 22.0) return d;

    // Lash line: the upper lid lies over the lower one, so its edge is a step with a groove below it.
    const double inside =
        smoothStep(innerX_ - 3.0, innerX_ + 4.0, p.x) * smoothStep(outerX_ + 4.0, outerX_ - 4.0, p.x);
    const double v = p.y - margin_(p.x);
    const double step = smoothStep(-0.8, 0.9, v) * std::exp(-std::max(v, 0.0) / 4.5);
    const double lower = v < -0.4 ? std::exp((v + 0.4) / 2.6) * smoothStep(-0.4, -1.8, v) : 0.0;
    d -= inside * (lidStep_ * step + 0.5 * lidStep_ * lower - marginDepth_ * gauss(v + 0.35, marginWidth_));

    // Upper crease: a groove with the soft fold of the orbital skin hanging above it. It dies out before the
    // corners; meeting the lash line there would draw an almond on the face.
    const double along =
        smoothStep(innerX_, innerX_ + 11.0, p.x) * smoothStep(outerX_ + 5.0, outerX_ - 9.0, p.x);
    const double c = p.y - crease_(p.x);
    const double fold = c > 0.0 ? smoothStep(0.0, 2.2, c) * std::exp(-c / 4.5) : 0.0;
    d -= along * (foldHeight_ * fold - creaseDepth_ * gauss(c, c > 0.0 ? creaseWidth_ : creaseWidth_ * 1.9));

    // Brow: the bed of the eyebrow's hair stands a little proud of the bone.
    d -= browHeight_ * smoothStep(59.0, 42.0, p.x) * gauss(std::max(brow_.distance(p), 0.0), 2.4);

    // Lower fold: the shallow furrow that bounds the lower lid towards the cheek.
    const double lowAlong =
        smoothStep(innerX_ - 2.0, innerX_ + 6.0, p.x) * smoothStep(outerX_ + 2.0, outerX_ - 10.0, p.x);
    d += lowAlong * lowerFoldDepth_ * gauss(p.y - lowerFold_(p.x), 3.0);
    return d;
}

}  // namespace stubble::bake
