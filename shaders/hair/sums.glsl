// Reading what shaders/hair/strand.comp summed.
#include "shared/strand.h"

layout(std430, binding = 5) readonly buffer HairSums { int hairSums[]; };

// Radiance × coverage; w: coverage.
vec4 hairAt(ivec2 pixel, int width) {
    int i = (pixel.y * width + pixel.x) * STUBBLE_HAIR_WORDS;
    vec4 sums = vec4(hairSums[i], hairSums[i + 1], hairSums[i + 2], hairSums[i + 3]) / STUBBLE_HAIR_SCALE;
    if (sums.x <= 0.0) return vec4(0.0);
    float coverage = 1.0 - exp(-sums.x);
    return vec4(sums.yzw * (coverage / sums.x), coverage);
}
