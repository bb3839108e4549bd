// Light spreads under the skin: a separable blur in millimetres on the head, along one axis a pass
// (Jimenez et al., "Separable subsurface scattering", 2015), with the profile of Christensen and Burley,
// "Approximate reflectance profiles for efficient subsurface scattering", 2015, turned into line weights.
#include "common/frame.glsl"

layout(binding = 0) uniform sampler2D irradianceMap;
layout(binding = 2) uniform sampler2D depthMmMap;
layout(location = 0) uniform int axis;  // 0 or 1

layout(location = 0) out vec4 outIrradiance;

const int kTapsASide = 4;  // the axes turn from sub-frame to sub-frame and fill in

// Share of light left at a lateral distance, both lobes of the profile projected on a line: close to exponentials.
vec3 lineWeight(float distanceMm, vec3 scatterMm) {
    vec3 d = max(scatterMm, vec3(0.02));
    return 0.5 * exp(-distanceMm / d) / d + 0.5 * exp(-distanceMm / (3.0 * d)) / (3.0 * d);
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float depthMm = texelFetch(depthMmMap, pixel, 0).r;
    float angle = frame.scatterMm.w + (axis == 0 ? 0.0 : 0.5 * kPi);
    vec2 direction = vec2(cos(angle), sin(angle));
    float pixelsPerMm = frame.eyeMm.w / depthMm;
    float reachMm = 4.0 * max(frame.scatterMm.r, max(frame.scatterMm.g, frame.scatterMm.b));

    vec3 sum = vec3(0.0), weights = vec3(0.0);
    for (int i = -kTapsASide; i <= kTapsASide; ++i) {
        // Taps stand closer near the middle; each stands for the stretch between its neighbours.
        float t = float(i) / float(kTapsASide);
        float offsetMm = sign(t) * t * t * reachMm;
        float stretch = i == 0 ? 0.5 / float(kTapsASide * kTapsASide) : 2.0 * abs(t) / float(kTapsASide);
        ivec2 tap = ivec2(floor(gl_FragCoord.xy + direction * (offsetMm * pixelsPerMm)));
        tap = clamp(tap, ivec2(0), frame.size.xy - 1);
        float tapDepthMm = texelFetch(depthMmMap, tap, 0).r;
        // Across a step in depth the way through the skin is longer; the background (depth 0) gives nothing.
        float farMm = length(vec2(offsetMm, tapDepthMm - depthMm));
        vec3 weight = lineWeight(farMm, frame.scatterMm.rgb) * stretch * (tapDepthMm > 0.0 ? 1.0 : 0.0);
        sum += weight * texelFetch(irradianceMap, tap, 0).rgb;
        weights += weight;
    }
    outIrradiance = vec4(sum / max(weights, vec3(1e-6)), 1.0);
}
