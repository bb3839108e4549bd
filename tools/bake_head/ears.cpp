// Ear placement: tilt of the long axis and angle to the side of the head.
// Figures: Leslie G. Farkas, "Anthropometry of the Head and Face", 1994 (ear inclination and protrusion).
#include "ears.h"

#include <glm/gtc/matrix_transform.hpp>

#include "ear_sdf.h"
#include "json_util.h"

namespace stubble::bake {

Ears::Ears(const nlohmann::json& r) : origin_(readVec3(r.at("origin"))), scale_(r.at("scale")) {
    const double tilt = glm::radians(r.at("tilt").get<double>());
    const double out = glm::radians(r.at("turn").get<double>());
    const double lean = glm::radians(r.at("lean").get<double>());
    glm::dmat4 m(1.0);
    m = glm::rotate(m, -out, glm::dvec3(0, 1, 0));   // rear edge away from the head
    m = glm::rotate(m, -lean, glm::dvec3(0, 0, 1));  // top edge away from the head
    m = glm::rotate(m, -tilt, glm::dvec3(1, 0, 0));  // top backwards
    frame_ = glm::transpose(glm::dmat3(m));
}

glm::dvec3 Ears::toLocal(const glm::dvec3& p) const {
    return frame_ * (p - origin_) / scale_;
}

double Ears::apply(const glm::dvec3& p, double d) const {
    const glm::vec3 q(toLocal(p));
    const glm::vec3 margin(12.0f);
    if (glm::any(glm::lessThan(q, kEarBoxMinMm - margin)) ||
        glm::any(glm::greaterThan(q, kEarBoxMaxMm + margin)))
        return d;
    return uniteEarWithHead(static_cast<float>(d / scale_), q) * scale_;
}

}  // namespace stubble::bake
