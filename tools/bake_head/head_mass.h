// The big mass of skull and face: a radius for every direction, interpolated from a sparse set of figures.
#pragma once

#include <glm/glm.hpp>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace stubble::bake {

// What the anthropometry solver may turn, all relative changes of the radius.
struct CraniumKnobs {
    double length = 0.0;      // the back of the head
    double breadth = 0.0;     // the sides above the ears
    double height = 0.0;      // the crown
    double squareness = 0.0;  // fullness of the horizontal outline at its diagonals
};

class HeadMass {
  public:
    HeadMass() = default;
    explicit HeadMass(const nlohmann::json& recipe);
    void setKnobs(const CraniumKnobs& knobs) { knobs_ = knobs; }
    // Signed, roughly Euclidean near the surface.
    double distance(const glm::dvec3& p) const;

  private:
    double radius(const glm::dvec3& dir) const;

    glm::dvec3 centre_{0.0};
    CraniumKnobs knobs_;
    // Structure of arrays, so that the compiler vectorises the sum over the centres.
    std::vector<double> dx_, dy_, dz_, weight_;
    double poly_[4] = {0.0, 0.0, 0.0, 0.0};
};

}  // namespace stubble::bake
