// Colour of the skin relative to plain skin: lips, flush, lids.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "head_field.h"

namespace stubble::bake {

class Tint {
  public:
    explicit Tint(const nlohmann::json& recipe);
    // Linear factors near 1 at a point of the surface, in the sculpt's own space.
    glm::dvec3 at(const HeadField& field, const glm::dvec3& p) const;

  private:
    struct Patch {
        glm::dvec3 at, sigma, colour;
    };
    glm::dvec3 lips_{1.0}, ears_{1.0}, lids_{1.0}, lashes_{1.0};
    std::vector<Patch> patches_;
};

}  // namespace stubble::bake
