#pragma once
// Read by C++ and GLSL (std430): a Gaussian speck in space with covariance  round·I + axial·axis·axisᵀ, mm².
// A dot in the skin is a disc (axial = −round, axis = normal); a hair stub is a rod (axial > 0, axis = its
// direction).

struct Splat {
    vec4 positionMm;  // xyz; w: round, mm²
    vec4 axis;        // unit xyz; w: axial, mm²
    vec4 peakLoss;    // linear RGB loss at the centre; w: share of the surface shine that it hides as well
    vec4 normal;      // unit xyz of the skin below; w: height above the skin, mm (0: in the skin)
};

// Losses are summed in integers: the sum does not depend on order.
#define STUBBLE_LOSS_SCALE 1048576.0
