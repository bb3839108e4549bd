// The whole sculpt as one signed distance field.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ears.h"
#include "eyes.h"
#include "head_mass.h"
#include "mouth.h"
#include "neck.h"
#include "nose.h"

namespace stubble::bake {

class HeadField {
  public:
    explicit HeadField(const nlohmann::json& recipe);
    double distance(const glm::dvec3& p) const;
    glm::dvec3 gradient(const glm::dvec3& p, double h) const;
    // Walks p along the gradient on to the surface.
    glm::dvec3 project(glm::dvec3 p, int steps = 3) const;
    // First hit of a ray with the surface, coming from outside.
    glm::dvec3 hit(const glm::dvec3& from, const glm::dvec3& dir, bool withEars = true) const;
    double distanceWithoutEars(const glm::dvec3& p) const;
    void setKnobs(const CraniumKnobs& k) { mass_.setKnobs(k); }

    const Eyes& eyes() const { return eyes_; }
    const Mouth& mouth() const { return mouth_; }
    const Ears& ears() const { return ears_; }

  private:
    glm::dvec3 unwarp(glm::dvec3 p) const;
    double sculpt(const glm::dvec3& p, bool withEars) const;

    HeadMass mass_;
    Eyes eyes_;
    Nose nose_;
    Mouth mouth_;
    Neck neck_;
    Ears ears_;
    struct Bump {
        glm::dvec3 centre, sigma;
        double height;
    };
    std::vector<Bump> bumps_;
    double asymmetry_ = 0.0;
};

}  // namespace stubble::bake
