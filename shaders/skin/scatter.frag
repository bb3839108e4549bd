// Light spreads under the skin: a separable blur in millimetres on the head, along one axis a pass
// (Jimenez et al., "Separable subsurface scattering", 2015), with the profile of Christensen and Burley,
// "Approximate reflectance profiles for efficient subsurface scattering", 2015, turned into line weights.
// At half the picture's size. The axes turn and the taps move from sub-frame to sub-frame, all pixels' alike.
#include "common/frame.glsl"

layout(binding = 0) uniform sampler2D irradianceMap;  // w: depth, mm
layout(location = 0) uniform int axis;  // 0 or 1

layout(location = 0) out vec4 outIrradiance;

// Share of light left at a lateral distance, both lobes of the profile projected on a line: close to exponentials.
vec3 lineWeight(float distanceMm, vec3 inverseMm) {
    vec3 wide = exp(-distanceMm * inverseMm * (1.0 / 3.0));
    return (wide * wide * wide + wide * (1.0 / 3.0)) * inverseMm;
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 centre = texelFetch(irradianceMap, pixel, 0);
    outIrradiance = centre;
    float angle = frame.scatterMm.w + (axis == 0 ? 0.0 : 0.5 * kPi);
    vec2 direction = vec2(cos(angle), sin(angle));
    float pixelsPerMm = 0.5 * frame.eyeMm.w / centre.w;
    float longestMm = max(frame.scatterMm.r, max(frame.scatterMm.g, frame.scatterMm.b));
    float reachMm = 4.0 * longestMm;
    // A reach of a few pixels needs no more taps than it has pixels.
    int taps = reachMm * pixelsPerMm < 7.0 ? 2 : 4;
    vec3 inverseMm = 1.0 / max(frame.scatterMm.rgb, vec3(0.02));
    // Taps stand closer near the middle; each stands for the stretch between its neighbours.
    float step = 1.0 / float(taps), shift = step * (fract(0.5 + 0.61803399 * float(frame.size.w) + 0.37 * float(axis)) - 0.5);
    ivec2 last = ivec2(textureSize(irradianceMap, 0)) - 1;

    vec3 sum = vec3(0.0), weights = vec3(0.0);
    for (int i = -taps; i <= taps; ++i) {
        float t = float(i) * step + shift;
        vec2 offset = direction * (sign(t) * t * t * reachMm * pixelsPerMm);
        ivec2 whole = ivec2(round(offset));
        vec4 tap = texelFetch(irradianceMap, clamp(pixel + whole, ivec2(0), last), 0);
        // Across a step in depth the way through the skin is longer; the background (depth 0) gives nothing.
        float farMm = length(vec2(length(vec2(whole)) / pixelsPerMm, tap.w - centre.w));
        vec3 weight = lineWeight(farMm, inverseMm) * (tap.w > 0.0 ? abs(t) + 0.25 * step : 0.0);
        sum += weight * tap.rgb;
        weights += weight;
    }
    outIrradiance.rgb = sum / max(weights, vec3(1e-6));
}
