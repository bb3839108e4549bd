// Light that enters the skin (to be scattered) and light that the surface reflects (not to be).
#include "common/frame.glsl"
#include "common/brdf.glsl"

layout(binding = 0) uniform sampler2D normalOpennessMap;
layout(binding = 1) uniform sampler2D tintMap;
layout(binding = 2) uniform sampler2D depthMmMap;
layout(binding = 3) uniform sampler2DArrayShadow shadowMap;
layout(binding = 4) uniform sampler2D reliefMap;  // tileable skin relief: slope in xy, kReliefTileMm wide

layout(location = 0) out vec4 outIrradiance;
layout(location = 1) out vec4 outShine;

const float kReliefTileMm = 12.0;      // width of one tile of relief
const float kShadowLiftMm = 1.2;         // keeps skin from shadowing itself by a texel
const float kReliefSeenMm = 0.3;          // pixel width beyond which its slopes average out
const float kSkinReflectance = 0.028;  // at normal incidence, refractive index 1.4

// Mean slope of the relief and its filtered-out variance, laid on from three sides.
vec3 reliefSlope(vec3 positionMm, vec3 normal, out float lostVariance) {
    vec3 weight = pow(abs(normal), vec3(4.0));
    weight /= weight.x + weight.y + weight.z;
    vec3 uvw = positionMm / kReliefTileMm;
    vec3 x = texture(reliefMap, uvw.zy).xyz, y = texture(reliefMap, uvw.xz).xyz, z = texture(reliefMap, uvw.xy).xyz;
    vec3 slope = weight.x * vec3(0.0, x.y, x.x) + weight.y * vec3(y.x, 0.0, y.y) + weight.z * vec3(z.x, z.y, 0.0);
    float meanSquare = dot(weight, vec3(x.z, y.z, z.z));
    lostVariance = max(meanSquare - dot(slope, slope), 0.0);
    return slope - normal * dot(slope, normal);
}

// Each sub-frame sees the light from one point of its disc; a few taps, turned from pixel to pixel, bridge the steps
// between those points (the scattering that follows evens them out). The taps lie in the skin's tangent plane, so that an
// even surface never shadows itself, however slanted the light.
float shadowOf(int light, vec3 positionMm, vec3 normal, float turn) {
    mat4 shadowFromWorld = frame.lights[light].shadowFromWorld;
    vec3 place = (shadowFromWorld * vec4(positionMm + normal * kShadowLiftMm, 1.0)).xyz;
    vec3 helper = abs(normal.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
    vec3 tangent = normalize(cross(helper, normal));
    vec3 along = mat3(shadowFromWorld) * tangent, across = mat3(shadowFromWorld) * cross(normal, tangent);
    float reachMm = frame.lights[light].irradiance.w;
    float lit = 0.0;
    for (int tap = 0; tap < 2; ++tap) {
        float angle = turn + kPi * float(tap), radiusMm = reachMm * (0.9 - 0.4 * float(tap));
        vec3 at = place + radiusMm * (cos(angle) * along + sin(angle) * across);
        lit += texture(shadowMap, vec4(at.xy, float(light), at.z));
    }
    return 0.5 * lit;
}

vec3 ambientFrom(vec3 direction) {
    float up = direction.y;
    return up > 0.0 ? mix(frame.sideIrradiance.rgb, frame.skyIrradiance.rgb, up)
                    : mix(frame.sideIrradiance.rgb, frame.groundIrradiance.rgb, -up);
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 normalOpenness = texelFetch(normalOpennessMap, pixel, 0);
    float depthMm = texelFetch(depthMmMap, pixel, 0).r;
    vec3 normal = normalize(normalOpenness.xyz);
    float openness = normalOpenness.w;
    vec3 ray = rayThrough(gl_FragCoord.xy);
    vec3 positionMm = frame.eyeMm.xyz + ray * depthMm;
    vec3 view = -normalize(ray);

    // Where a pixel is as wide as the relief's plateaus, only their variance is left to see.
    float lostVariance = frame.sideIrradiance.w;
    vec3 slope = vec3(0.0);
    if (depthMm / frame.eyeMm.w < kReliefSeenMm) slope = reliefSlope(positionMm, normal, lostVariance);
    vec3 bumped = normalize(normal - slope);
    vec3 softBumped = normalize(normal - 0.35 * slope);  // scattering hides most of the relief from diffuse light
    float normalDotView = max(dot(bumped, view), 0.02);

    // The scalp is tighter and oilier than the face. Gain and roughness by shine are working defaults.
    float scalp = texelFetch(tintMap, pixel, 0).w;
    float shine = clamp(frame.skinAlbedo.w + 0.12 * scalp, 0.0, 1.0);
    // Relief that a pixel cannot resolve still widens the highlight.
    float roughA = clamp(sqrt(sqrt(pow(mix(0.50, 0.22, shine), 4.0) + 0.5 * lostVariance)), 0.1, 1.0);
    float roughB = clamp(sqrt(sqrt(pow(mix(0.75, 0.48, shine), 4.0) + 0.5 * lostVariance)), 0.1, 1.0);
    float shineGain = mix(0.5, 1.5, shine);

    // Light that comes round the head's own hollows is tinted by the skin it met (Jimenez 2016, "Practical real-time
    // strategies for accurate indirect occlusion", multi-bounce fit).
    vec3 albedo = frame.skinAlbedo.rgb;
    vec3 a = 2.0404 * albedo - 0.3324, b = -4.7951 * albedo + 0.6417, c = 2.7552 * albedo + 0.6903;
    vec3 bounced = max(vec3(openness), ((openness * a + b) * openness + c) * openness);
    vec3 irradiance = ambientFrom(softBumped) * bounced;

    vec3 mirrored = reflect(-view, bumped);
    float shineOpenness = clamp(openness * openness * 1.1, 0.0, 1.0);
    vec3 reflected = ambientFrom(mirrored) * environmentReflectance(kSkinReflectance, roughB, normalDotView) * shineOpenness * shineGain;

    // Interleaved gradient noise (Jimenez 2014), another each sub-frame.
    vec2 noisePlace = gl_FragCoord.xy + 5.588238 * float(frame.size.w);
    float turn = 6.2831853 * fract(52.9829189 * fract(dot(noisePlace, vec2(0.06711056, 0.00583715))));
    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        float facing = dot(softBumped, towards);
        if (dot(normal, towards) < -0.2) continue;
        float lit = shadowOf(i, positionMm, normal, turn);
        irradiance += frame.lights[i].irradiance.rgb * (max(facing, 0.0) * lit);

        // A wide light widens the highlight (Karis 2013, "Real shading in Unreal Engine 4", representative points).
        float widen = 0.12 * frame.lights[i].towards.w;
        vec3 halfway = normalize(towards + view);
        float normalDotHalf = max(dot(bumped, halfway), 0.0), normalDotLight = max(dot(bumped, towards), 0.0);
        float lobes = 0.6 * ggxTerm(normalDotHalf, normalDotView, normalDotLight, min(roughA + widen, 1.0)) +
                      0.4 * ggxTerm(normalDotHalf, normalDotView, normalDotLight, min(roughB + widen, 1.0));
        reflected += frame.lights[i].irradiance.rgb *
                     (kPi * lobes * fresnelTerm(kSkinReflectance, max(dot(view, halfway), 0.0)) * normalDotLight * lit * shineGain);
    }
    outIrradiance = vec4(irradiance, 1.0);
    outShine = vec4(reflected, 1.0);
}
