#pragma once
// Read by C++ and GLSL (std430): what the hair pass draws.

#define STUBBLE_STRAND_POINTS 5

// A hair above the skin. Words are one float, two halves, or two 16-bit snorms ("÷"): few of them, since
// reading them is what most hairs cost.
struct Strand {
    uvec4 root;   // position, mm: floats; unit normal of the skin, octahedral
    uvec4 shape;  // own length and the mean one around, mm; diameter at root and tip, mm; mean direction of
                  // the hairs around, octahedral; layers of hair that a mm of their length makes, 1/mm: float
    uvec4 lower;  // points 1 and 2 less the root ÷ the length, six snorms; absorption of its melanin over its
                  // diameter: red and green
    uvec4 upper;  // points 3 and 4; blue
};

// Sums of a pixel in integers, so that they do not depend on order. Words: optical depth −log(1 − coverage);
// by it weighted: red, green and blue radiance.
#define STUBBLE_HAIR_WORDS 4
#define STUBBLE_HAIR_SCALE 1048576.0
// Coverage counts as so much at most, 0.999, and radiance as so much: 18 opaque hairs over one another that
// glint as bright as this still fit.
#define STUBBLE_HAIR_MOST_DEPTH 7.0
#define STUBBLE_HAIR_MOST_RADIANCE 16.0
