// Ear placement: tilt of the long axis and angle to the side of the head.
// Figures: Leslie G. Farkas, "Anthropometry of the Head and Face", 1994 (ear inclination and protrusion).
#include "ears.h"

#include <glm/gtc/matrix_transform.hpp>

#include "json_util.h"
#ifdef STUBBLE_HAVE_EAR
#include "ear_sdf.h"
#endif

namespace stubble::bake {
namespace {

#ifndef STUBBLE_HAVE_EAR
float earDistanceMm(glm::vec3 pf) {
    const glm::dvec3 p(pf);
    double d = ellipsoid(p - glm::dvec3(4, 5, -10), {4, 31, 17});
    return static_cast<float>(smoothMax(d, -ellipsoid(p - glm::dvec3(7, 0, -6), {5, 12, 7}), 3.0));
}
#endif

}  // namespace

Ears::Ears(const nlohmann::json& r)
    : origin_(readVec3(r.at("origin"))), scale_(r.at("scale")), blend_(r.at("blend")) {
    const double tilt = glm::radians(r.at("tilt").get<double>());
    const double out = glm::radians(r.at("protrusion").get<double>());
    const double lean = glm::radians(r.at("lean").get<double>());
    glm::dmat4 m(1.0);
    m = glm::rotate(m, out, glm::dvec3(0, 1, 0));    // rear edge away from the head
    m = glm::rotate(m, lean, glm::dvec3(0, 0, 1));   // top edge towards or away from the head
    m = glm::rotate(m, -tilt, glm::dvec3(1, 0, 0));  // top backwards
    frame_ = glm::transpose(glm::dmat3(m));
}

glm::dvec3 Ears::toLocal(const glm::dvec3& p) const { return frame_ * (p - origin_) / scale_; }

double Ears::apply(const glm::dvec3& p, double d) const {
    const glm::dvec3 q = toLocal(p);
    if (glm::length(q - glm::dvec3(5, 3, -8)) > 60.0) return d;
    return smoothMin(d, earDistanceMm(glm::vec3(q)) * scale_, blend_);
}

}  // namespace stubble::bake
