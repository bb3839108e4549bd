// Light that enters the skin, at half the picture's size: it is smooth, and scattering makes it smoother. With it, how
// much of each lamp a place sees, for the shine that is found at full size later.
#include "common/frame.glsl"
#include "common/brdf.glsl"
#include "skin/half_size.glsl"

layout(binding = 0) uniform sampler2D normalOpennessMap;
layout(binding = 2) uniform sampler2D depthMmMap;
layout(binding = 3) uniform sampler2DArray shadowMap;
layout(binding = 4) uniform sampler2D lampsThroughMap;  // share of each lamp that comes between the hairs

layout(location = 0) out vec4 outIrradiance;  // w: depth, mm; 0 beside the skin
layout(location = 1) out vec4 outLit;         // share of each lamp

const float kShadowLiftMm = 1.2;  // keeps skin from shadowing itself by a texel

// Each sub-frame sees the light from one point of its disc; a few taps, turned from pixel to pixel, bridge the steps
// between those points (the scattering that follows evens them out). The taps lie in the skin's tangent plane, so that an
// even surface never shadows itself, however slanted the light.
float shadowOf(int light, vec3 liftedMm, vec3 aside) {
    mat4 shadowFromWorld = frame.lights[light].shadowFromWorld;
    vec3 place = (shadowFromWorld * vec4(liftedMm, 1.0)).xyz;
    vec3 step = mat3(shadowFromWorld) * (frame.lights[light].irradiance.w * aside);
    float size = float(textureSize(shadowMap, 0).x);
    vec3 a = place + 0.9 * step, b = place - 0.5 * step;
    return (a.z <= texelFetch(shadowMap, ivec3(a.xy * size, light), 0).r ? 0.5 : 0.0) +
           (b.z <= texelFetch(shadowMap, ivec3(b.xy * size, light), 0).r ? 0.5 : 0.0);
}

void main() {
    float depthMm;
    ivec2 pixel = standIn(depthMmMap, depthMm);
    outLit = vec4(0.0);
    vec4 normalOpenness = texelFetch(normalOpennessMap, pixel, 0);
    vec3 normal = normalOpenness.xyz;
    float openness = normalOpenness.w;
    vec3 positionMm = frame.eyeMm.xyz + rayThroughPixel(pixel) * depthMm;

    // Light that comes round the head's own hollows is tinted by the skin it met (Jimenez 2016, "Practical real-time
    // strategies for accurate indirect occlusion", multi-bounce fit).
    vec3 albedo = frame.skinAlbedo.rgb;
    vec3 a = 2.0404 * albedo - 0.3324, b = -4.7951 * albedo + 0.6417, c = 2.7552 * albedo + 0.6903;
    vec3 bounced = max(vec3(openness), ((openness * a + b) * openness + c) * openness);
    vec3 irradiance = ambientFrom(normal) * min(bounced, vec3(1.0));

    SkinSurface surface = skinSurface(frame.skinAlbedo.w, frame.sideIrradiance.w);
    // Interleaved gradient noise (Jimenez 2014), another each sub-frame.
    vec2 noisePlace = gl_FragCoord.xy + vec2(frame.tile.xy / 2) + 5.588238 * float(frame.size.w);
    float turn = 6.2831853 * fract(52.9829189 * fract(dot(noisePlace, vec2(0.06711056, 0.00583715))));
    vec3 helper = abs(normal.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
    vec3 tangent = normalize(cross(helper, normal));
    vec3 aside = cos(turn) * tangent + sin(turn) * cross(normal, tangent), liftedMm = positionMm + normal * kShadowLiftMm;
    vec4 through = texelFetch(lampsThroughMap, pixel, 0);
    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        float facing = dot(normal, towards);
        if (facing < -0.3) continue;  // relief does not turn it that far
        float lit = shadowOf(i, liftedMm, aside) * through[i];
        outLit[i] = lit;
        irradiance += frame.lights[i].irradiance.rgb *
                      (max(facing, 0.0) * lit * enteringShare(surface, max(facing, 0.0)));
    }
    outIrradiance = vec4(irradiance, depthMm);
}
