// Scattered light × skin colour × what the dots leave of it, shine on top, hair over it; adds one sub-frame to the sum.
// STUBBLE_BARE: no dot takes of this skin's light.
// STUBBLE_FAR: pixels are too coarse for the skin's relief; its light was found at half size (shade.frag).
#include "common/frame.glsl"
#include "skin/upsample.glsl"
#include "shared/splat.h"
#include "dots/tails.glsl"
#include "hair/sums.glsl"
#ifndef STUBBLE_FAR
#include "skin/skin.glsl"
#endif

layout(binding = 4) uniform sampler2D depthMmMap;

layout(binding = 3) uniform sampler2D coarseLossMap;  // half the picture's size (shaders/dots/refine.comp)
layout(location = 0) uniform bool hasCoarse;
layout(std430, binding = 2) readonly buffer FineLoss { int fineLoss[]; };

layout(location = 0) out vec4 outSum;

// What dots take of the scattered light.
vec3 coresAt(int i) {
    float green = float(fineLoss[i]) / STUBBLE_LOSS_SCALE;
    if (green >= STUBBLE_DIFFERENCE_END) return vec3(green);
    int both = fineLoss[i + 1], blue = bitfieldExtract(both, 0, 16), red = (both - blue) >> 16;
    return green + vec3(red, 0, blue) / STUBBLE_DIFFERENCE_SCALE;
}

// Linear between the four texels around; a filter of the driver's would count from the target's corner.
vec3 coarseLossAt(ivec2 pixel) {
    ivec2 corner = (pixel - 1) >> 1, last = textureSize(coarseLossMap, 0) - 1;
    vec2 t = 0.25 + 0.5 * vec2((pixel - 1) & 1);
    vec3 sum = vec3(0.0);
    for (int i = 0; i < 4; ++i) {
        ivec2 o = ivec2(i & 1, i >> 1);
        vec2 share = mix(1.0 - t, t, vec2(o));
        sum += share.x * share.y * texelFetch(coarseLossMap, clamp(corner + o, ivec2(0), last), 0).rgb;
    }
    return sum;
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float depthMm = texelFetch(depthMmMap, pixel, 0).r;
    vec4 second;
    vec3 first = upsampled(pixel, depthMm, second);
#ifdef STUBBLE_FAR
    vec3 scattered = first, shine = second.rgb;
#else
    SkinLight skin = skinLightAt(pixel, depthMm, first, second);
    vec3 scattered = skin.scattered, shine = skin.shine;
#endif
#ifdef STUBBLE_BARE
    vec3 left = vec3(1.0);
#else
    vec3 loss = coresAt(sumIndex(pixel) * STUBBLE_LOSS_WORDS);
    if (hasCoarse) loss += coarseLossAt(pixel);
    vec3 positionMm = frame.eyeMm.xyz + rayThroughPixel(pixel) * depthMm;
    vec3 left = max(lightLeft(loss, tailsAt(positionMm), reachable), vec3(0.0));
#endif
    vec4 hair = hairAt(sumIndex(pixel));
    outSum = vec4((scattered * left + shine) * (1.0 - hair.w) + hair.rgb, 1.0);
}
