// Turns the field into a closed triangle mesh.
#pragma once

#include "head_field.h"
#include "mesh.h"

namespace stubble::bake {

struct Box {
    glm::dvec3 lo, hi;
};

Mesh polygonise(const HeadField& field, const Box& box, double cell);

}  // namespace stubble::bake
