// Reading what shaders/hair/strand.comp summed.
#include "shared/strand.h"

layout(std430, binding = 5) readonly buffer HairSums { int hairSums[]; };

// Radiance × coverage; w: coverage.
vec4 hairAt(ivec2 pixel, int width) {
    int i = (pixel.y * width + pixel.x) * STUBBLE_HAIR_WORDS;
    float depth = float(hairSums[i]) / STUBBLE_HAIR_DEPTH_SCALE;
    if (depth <= 0.0) return vec4(0.0);
    float green = float(hairSums[i + 1]) / STUBBLE_HAIR_GREEN_SCALE;
    int both = hairSums[i + 2], blue = bitfieldExtract(both, 0, 16), red = (both - blue) >> 16;
    float coverage = 1.0 - exp(-depth);
    return vec4(max(green + vec3(red, 0, blue) / STUBBLE_HAIR_DIFFERENCE_SCALE, 0.0) * (coverage / depth), coverage);
}
