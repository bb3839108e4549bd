#pragma once
// Read by C++ and GLSL (std430): what the dot pass draws.

// Gaussians of a dot that are its own, as kCoreLobes.
#define STUBBLE_CORE_LOBES 3

// Pigment or a shaved hair inside the skin: discs in the skin's plane around one place. Each Gaussian is four
// halves: linear RGB loss at its centre (may be negative) and its sigma in mm (0: none).
struct Dot {
    uvec2 xyMm, zMmNormal;  // float bits; unit normal, octahedral, two 16-bit snorms
    uvec2 merged;  // stands for all others where a pixel cannot tell them apart: integral and second moment
};
struct DotLobes {
    uvec2 gaussians[STUBBLE_CORE_LOBES];
};

// Losses are summed in integers, two's complement: the sum does not depend on order. Words of a pixel: green
// loss; red and blue less green, 16 bits each (red in the upper half).
#define STUBBLE_LOSS_WORDS 2
#define STUBBLE_LOSS_SCALE 65536.0
// Differences hold to ±8. Where green alone takes that much the pixel is black eight times over, whatever
// they say.
#define STUBBLE_DIFFERENCE_SCALE 4096.0
#define STUBBLE_DIFFERENCE_END 8.0
// Wide Gaussians are summed in cells of so many pixels a side instead.
#define STUBBLE_COARSE_CELL 4
// Standard deviation in pixels from which on they are: one and a half cells, so that the cells do not show.
#define STUBBLE_COARSE_FROM_SIGMA 6.0
