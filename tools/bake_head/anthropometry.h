// Measures the head as an anthropometrist would, and turns the cranium's knobs until it measures as asked.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "head_field.h"
#include "mesh.h"

namespace stubble::bake {

struct HeadMeasures {
    double length = 0.0;         // glabella to opisthocranion
    double breadth = 0.0;        // widest above the ears
    double circumference = 0.0;  // tape over glabella and opisthocranion
    double bitragionArc = 0.0;   // tape from tragus to tragus over the crown
    double bitragionBreadth = 0.0;
};

struct Landmarks;

// The tragi stand off the field's head without ears, so the arc's ends come from the asked width.
HeadMeasures measureField(const HeadField& field, double bitragionBreadth);
HeadMeasures measureMesh(const Mesh& mesh, const HeadField& field, const Landmarks& marks);
// Secant steps per knob; throws when the figures cannot be met together.
void fitCranium(HeadField& field, const HeadMeasures& asked);

HeadMeasures readMeasures(const nlohmann::json& recipe);

}  // namespace stubble::bake
