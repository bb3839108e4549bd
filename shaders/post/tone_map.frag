// The sum of sub-frames → display: Khronos PBR Neutral tone mapper (specification of 2024) with a shorter shoulder, as
// engine/render/skin_colour.cpp says, sRGB encoding, and an ordered dither of one level so that soft backdrops do not band.
layout(binding = 0) uniform sampler2D sumMap;
layout(location = 0) uniform float exposure;  // ÷ number of sub-frames

layout(location = 0) out vec4 outDisplay;

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
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 colour = srgbFromLinear(clamp(pbrNeutral(texelFetch(sumMap, pixel, 0).rgb * exposure), 0.0, 1.0));
    // 8 × 8 Bayer matrix by bit interleaving.
    uint x = uint(pixel.x & 7), y = uint(pixel.y & 7), v = x ^ y;
    uint rank = ((v & 1u) << 5) | ((y & 1u) << 4) | ((v & 2u) << 2) | ((y & 2u) << 1) | ((v & 4u) >> 1) | ((y & 4u) >> 2);
    outDisplay = vec4(floor(colour * 255.0 + (float(rank) + 0.5) / 64.0) / 255.0, 1.0);
}
