// Reading what shaders/hair/strand.comp summed.
#include "shared/strand.h"

layout(std430, binding = 5) readonly buffer HairSums { ivec4 hairSums[]; };  // STUBBLE_HAIR_WORDS

// Radiance × coverage; w: coverage. `index` as sumIndex.
vec4 hairAt(int index) {
    vec4 sums = vec4(hairSums[index]) / STUBBLE_HAIR_SCALE;
    float coverage = 1.0 - exp(-sums.x);
    return vec4(sums.yzw * (coverage / max(sums.x, 1e-9)), coverage);
}
