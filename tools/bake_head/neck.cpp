// Neck as a loft of ellipses along a leaning axis, with the big muscles laid on as tubes.
// Method: Inigo Quilez, "Distance functions", 2008 (ellipse bound); the loft follows the usual profile-curve
// scheme.
#include "neck.h"

#include "json_util.h"

namespace stubble::bake {

Neck::Neck(const nlohmann::json& r)
    : front_(readCurve(r.at("front"))),
      back_(readCurve(r.at("back"))),
      halfWidth_(readCurve(r.at("halfWidth"))),
      top_(r.at("top")),
      blendFront_(r.at("blendFront")),
      blendBack_(r.at("blendBack")),
      baseCentre_(readVec3(r.at("baseCentre"))),
      baseRadii_(readVec3(r.at("baseRadii"))),
      planePoint_(readVec3(r.at("planePoint"))),
      planeNormal_(glm::normalize(readVec3(r.at("planeNormal")))),
      chestCentre_(readVec3(r.at("chestCentre"))),
      chestRadii_(readVec3(r.at("chestRadii"))),
      baseRound_(r.at("baseRound")),
      chestBlend_(r.at("chestBlend")) {
    for (const auto& m : r.at("muscles"))
        muscles_.emplace_back(readTube(m.at("line")), m.at("blend").get<double>());
}

double Neck::apply(const glm::dvec3& p, double d) const {
    if (p.y > top_ + 40.0) return d;
    const double f = front_(p.y), b = back_(p.y);
    const double zc = 0.5 * (f + b), rz = 0.5 * (f - b), rx = halfWidth_(p.y);
    const glm::dvec2 q(p.x, p.z - zc), r(rx, rz);
    const double k0 = glm::length(q / r), k1 = glm::length(q / (r * r));
    double neck = k1 < 1e-9 ? -std::min(rx, rz) : k0 * (k0 - 1.0) / k1;
    neck = smoothMax(neck * 0.9, p.y - top_, 20.0);
    neck = smoothMin(neck, ellipsoid(p - chestCentre_, chestRadii_), chestBlend_);
    // Rounded |x|, so that left and right muscle meet in a hollow and not in a crease.
    const glm::dvec3 soft(std::sqrt(p.x * p.x + 64.0), p.y, p.z);
    for (const auto& [tube, blend] : muscles_) neck = smoothMin(neck, tube.distance(soft), blend);
    const double k = blendBack_ + (blendFront_ - blendBack_) * smoothStep(-45.0, 45.0, p.z);
    return smoothMin(d, neck, k);
}

double Neck::cut(const glm::dvec3& p, double d) const {
    if (p.y > -95.0) return d;
    // The rim must not reach up to the chin, which juts out over it.
    const double rim = ellipsoid(p - baseCentre_, baseRadii_) - 120.0 * smoothStep(-128.0, -98.0, p.y);
    d = smoothMax(d, rim, baseRound_);
    return smoothMax(d, glm::dot(p - planePoint_, planeNormal_), baseRound_);
}

}  // namespace stubble::bake
