#pragma once
// Read by C++ and GLSL (std430): what the hair pass draws.

#define STUBBLE_STRAND_POINTS 5

// A hair above the skin.
struct Strand {
    vec4 points[STUBBLE_STRAND_POINTS];  // mm, root to tip; w: diameter, mm
    vec4 normal;                         // unit, of the skin at the root; w: length, mm
    vec4
        direction;  // mean of the hairs around, unit; w: layers of hair that a mm of their length makes, 1/mm
    vec4 absorption;  // of its melanin over its diameter, linear RGB; w: the hairs' mean length around, mm
};

// Sums of a pixel in integers, so that they do not depend on order. Words: optical depth −log(1 − coverage);
// by it weighted: red, green and blue radiance.
#define STUBBLE_HAIR_WORDS 4
#define STUBBLE_HAIR_SCALE 1048576.0
// Coverage counts as so much at most, 0.999, and radiance as so much: 18 opaque hairs over one another that
// glint as bright as this still fit.
#define STUBBLE_HAIR_MOST_DEPTH 7.0
#define STUBBLE_HAIR_MOST_RADIANCE 16.0
