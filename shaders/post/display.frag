// The sum of sub-frames over a studio backdrop → display: Khronos PBR Neutral tone mapper (specification of 2024) with a
// shorter shoulder, as engine/render/skin_colour.cpp says, sRGB encoding, and an ordered dither of one level so that soft
// backdrops do not band. Without STUBBLE_LEVELS (the highest value of a channel): linear radiance before all that.
#include "common/frame.glsl"

layout(binding = 0) uniform sampler2D sumMap;  // in the head's box; w: sub-frames that showed head or hair
layout(location = 0) uniform vec2 exposureAndSubFrames;

layout(location = 0) out vec4 outDisplay;

// A soft pool of light behind the head.
vec3 backdropAt(ivec2 pixel) {
    vec2 size = vec2(frame.tile.zw);
    vec2 place = (vec2(pixel) + 0.5 - size * vec2(0.5, 0.52)) / size.y;
    float away = smoothstep(0.0, 1.0, length(place * vec2(0.85, 1.0)) / 0.95);
    return mix(frame.backdropCentre.rgb, frame.backdropEdge.rgb, away);
}

vec3 pbrNeutral(vec3 colour) {
    const float start = 0.96 - 0.04, desaturation = 0.15;
    float least = min(colour.r, min(colour.g, colour.b));
    float offset = least < 0.08 ? least - 6.25 * least * least : 0.04;
    colour -= offset;
    float peak = max(colour.r, max(colour.g, colour.b));
    if (peak < start) return colour;
    float d = 1.0 - start;
    float newPeak = 1.0 - d * d / (peak + d - start);
    colour *= newPeak / peak;
    float g = 1.0 - 1.0 / (desaturation * (peak - newPeak) + 1.0);
    return mix(colour, vec3(newPeak), g);
}

vec3 srgbFromLinear(vec3 c) {
    return mix(1.055 * pow(max(c, vec3(0.0)), vec3(1.0 / 2.4)) - 0.055, 12.92 * c, lessThanEqual(c, vec3(0.0031308)));
}

void main() {
    ivec2 here = ivec2(gl_FragCoord.xy), pixel = here + frame.tile.xy;
    vec4 sum = isInBox(here) ? texelFetch(sumMap, here, 0) : vec4(0.0);
    float subFrames = exposureAndSubFrames.y;
    // Beside the head exactly the backdrop, for any number of sub-frames: it is kept from picture to picture.
    vec3 radiance = sum.rgb / subFrames + backdropAt(pixel) * (1.0 - sum.w / subFrames);
#ifdef STUBBLE_LEVELS
    vec3 colour = srgbFromLinear(clamp(pbrNeutral(radiance * exposureAndSubFrames.x), 0.0, 1.0));
    // 8 × 8 Bayer matrix by bit interleaving.
    uint x = uint(pixel.x & 7), y = uint(pixel.y & 7), v = x ^ y;
    uint rank = ((v & 1u) << 5) | ((y & 1u) << 4) | ((v & 2u) << 2) | ((y & 2u) << 1) | ((v & 4u) >> 1) | ((y & 4u) >> 2);
    const float levels = float(STUBBLE_LEVELS);
    outDisplay = vec4(floor(colour * levels + (float(rank) + 0.5) / 64.0) / levels, 1.0);
#else
    outDisplay = vec4(radiance, 1.0);
#endif
}
