// Scattered light × skin colour × what the dots leave of it, shine on top; adds one sub-frame to the sum.
#include "skin/skin.glsl"
#include "shared/splat.h"

layout(std430, binding = 2) readonly buffer FineLoss { uint fineLoss[]; };
layout(std430, binding = 3) readonly buffer CoarseLoss { uint coarseLoss[]; };

layout(location = 0) out vec4 outSum;

const int kCell = 4;
const float kLeastRatio = 0.015;  // even carbon gives something back

vec3 coarseAt(ivec2 cell, ivec2 gridSize) {
    cell = clamp(cell, ivec2(0), gridSize - 1);
    int i = (cell.y * gridSize.x + cell.x) * 3;
    return vec3(coarseLoss[i], coarseLoss[i + 1], coarseLoss[i + 2]);
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    int i = (pixel.y * frame.size.x + pixel.x) * 4;
    vec4 loss = vec4(fineLoss[i], fineLoss[i + 1], fineLoss[i + 2], fineLoss[i + 3]);

    ivec2 gridSize = (frame.size.xy + kCell - 1) / kCell;
    vec2 place = gl_FragCoord.xy / float(kCell) - 0.5;
    ivec2 cell = ivec2(floor(place));
    vec2 t = place - vec2(cell);
    loss.rgb += mix(mix(coarseAt(cell, gridSize), coarseAt(cell + ivec2(1, 0), gridSize), t.x),
                    mix(coarseAt(cell + ivec2(0, 1), gridSize), coarseAt(cell + ivec2(1, 1), gridSize), t.x), t.y);
    loss /= STUBBLE_LOSS_SCALE;

    SkinLight skin = skinLightAt(pixel);
    outSum = vec4(skin.scattered * max(vec3(1.0) - loss.rgb, vec3(kLeastRatio)) + skin.shine * max(1.0 - loss.a, 0.0), frame.groundIrradiance.w);
}
