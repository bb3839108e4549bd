// Scattered light × skin colour × what the dots leave of it, shine on top; adds one sub-frame to the sum.
#include "skin/skin.glsl"
#include "shared/splat.h"
#include "dots/tails.glsl"

layout(binding = 3) uniform sampler2D coarseLossMap;  // half the picture's size (shaders/dots/refine.comp)
layout(location = 0) uniform bool hasCoarse;
layout(std430, binding = 2) readonly buffer FineLoss { int fineLoss[]; };

layout(location = 0) out vec4 outSum;

// What dots and hairs take of the scattered light.
vec3 coresAt(int i) {
    float green = float(fineLoss[i]) / STUBBLE_LOSS_SCALE;
    if (green >= STUBBLE_DIFFERENCE_END) return vec3(green);
    int both = fineLoss[i + 1], blue = bitfieldExtract(both, 0, 16), red = (both - blue) >> 16;
    return green + vec3(red, 0, blue) / STUBBLE_DIFFERENCE_SCALE;
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    int i = (pixel.y * frame.size.x + pixel.x) * STUBBLE_LOSS_WORDS;
    vec3 loss = coresAt(i);
    float hiddenShine = float(fineLoss[i + 2]) / STUBBLE_LOSS_SCALE;
    if (hasCoarse) loss += texture(coarseLossMap, gl_FragCoord.xy / vec2(2 * textureSize(coarseLossMap, 0))).rgb;

    SkinLight skin = skinLightAt(pixel);
    vec3 left = max(lightLeft(loss, tailsAt(skin.positionMm), reachable), vec3(0.0));
    outSum = vec4(skin.scattered * left + skin.shine * max(1.0 - hiddenShine, 0.0), frame.groundIrradiance.w);
}
