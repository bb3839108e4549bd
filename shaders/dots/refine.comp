// The coarse sums as a map of half the picture's size that is read linearly: one step of quadratic B-spline
// subdivision (Chaikin, "An algorithm for high-speed curve generation", 1974).
#include "common/frame.glsl"
#include "shared/splat.h"

layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 3) readonly buffer CoarseLoss { int coarseLoss[]; };
layout(binding = 0, rgba16f) uniform writeonly image2D refined;

const int kCell = STUBBLE_COARSE_CELL;

void main() {
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (any(greaterThanEqual(at, imageSize(refined)))) return;
    ivec2 gridSize = (frame.size.xy + kCell - 1) / kCell;
    // A fine texel lies a quarter of a cell off its cell's middle.
    ivec2 cell = at / 2, side = (at & 1) * 2 - 1;
    vec3 sum = vec3(0.0);
    for (int y = 0; y <= 1; ++y)
        for (int x = 0; x <= 1; ++x) {
            ivec2 from = clamp(cell + side * ivec2(x, y), ivec2(0), gridSize - 1);
            float weight = (x == 0 ? 0.75 : 0.25) * (y == 0 ? 0.75 : 0.25);
            int i = (from.y * gridSize.x + from.x) * 3;
            sum += weight * vec3(coarseLoss[i], coarseLoss[i + 1], coarseLoss[i + 2]);
        }
    imageStore(refined, at, vec4(sum / STUBBLE_LOSS_SCALE, 0.0));
}
