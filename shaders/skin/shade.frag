// Skin where pixels are too coarse for its relief, at half the picture's size: nothing in it changes faster than that.
#include "skin/skin.glsl"
#include "skin/half_size.glsl"

layout(binding = 0) uniform sampler2D irradianceMap;  // scattered; w: depth, mm
layout(binding = 5) uniform sampler2D litMap;         // share of each lamp
layout(binding = 4) uniform sampler2D depthMmMap;

layout(location = 0) out vec4 outScattered;  // w: depth, mm
layout(location = 1) out vec4 outShine;

void main() {
    float depthMm;
    ivec2 pixel = standIn(depthMmMap, depthMm);
    ivec2 here = ivec2(gl_FragCoord.xy);
    SkinLight skin = skinLightAt(pixel, depthMm, texelFetch(irradianceMap, here, 0).rgb, texelFetch(litMap, here, 0));
    outScattered = vec4(skin.scattered, depthMm);
    outShine = vec4(skin.shine, 0.0);
}
