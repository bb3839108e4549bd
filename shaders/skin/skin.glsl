// What a pixel of skin sends to the eye, before pigment and hair: scattered light and shine.
#include "common/frame.glsl"
#include "common/brdf.glsl"

layout(binding = 0) uniform sampler2D irradianceMap;  // half size, scattered; w: depth, mm
layout(binding = 1) uniform sampler2D tintMap;
layout(binding = 2) uniform sampler2D normalOpennessMap;
layout(binding = 4) uniform sampler2D depthMmMap;
layout(binding = 5) uniform sampler2D litMap;       // half size: share of each lamp
layout(binding = 6) uniform sampler2D reliefMap;    // tileable, kReliefTileMm wide: slope in xy, its square in z
layout(binding = 7) uniform sampler3D mottlingMap;  // tileable, kMottlingTileMm wide: slope, blood, melanin

const float kReliefTileMm = 16.0;     // as engine/render/relief.h
const float kMottlingTileMm = 48.0;   // as engine/render/mottling.h
const float kReliefSeenMm = 0.28;     // pixel width beyond which the fine relief is variance alone
const float kReliefToDiffuse = 0.45;  // scattering hides much of the relief from the light inside; working default

struct SkinLight {
    vec3 scattered, shine;
};

// Mean slope of the relief and its filtered-out variance, laid on from three sides.
vec3 reliefSlope(vec3 positionMm, vec3 normal, float pixelMm, out float lostVariance) {
    vec3 weight = abs(normal);
    weight *= weight, weight *= weight;
    weight /= weight.x + weight.y + weight.z;
    vec3 uvw = positionMm / kReliefTileMm;
    float level = max(log2(pixelMm * float(textureSize(reliefMap, 0).x) / kReliefTileMm), 0.0);
    vec3 x = textureLod(reliefMap, uvw.zy, level).xyz, y = textureLod(reliefMap, uvw.xz, level).xyz,
         z = textureLod(reliefMap, uvw.xy, level).xyz;
    vec3 slope = weight.x * vec3(0.0, x.y, x.x) + weight.y * vec3(y.x, 0.0, y.y) + weight.z * vec3(z.x, z.y, 0.0);
    lostVariance = max(dot(weight, vec3(x.z, y.z, z.z)) - dot(slope, slope), 0.0);
    return slope;
}

// Half-size results at a full-size pixel: of the four around it, those as near to the eye as it is (Kopf et al., "Joint
// bilateral upsampling", 2007).
vec3 upsampled(ivec2 pixel, float depthMm, float pixelMm, out vec4 lit) {
    vec2 place = 0.5 * vec2(pixel - quarterPixel(frame.size.w));
    ivec2 corner = ivec2(floor(place)), last = ivec2(textureSize(irradianceMap, 0)) - 1;
    vec2 t = place - vec2(corner);
    float sharpness = 1.0 / (4.0 * pixelMm);
    vec3 sum = vec3(0.0);
    lit = vec4(0.0);
    float weights = 0.0;
    for (int i = 0; i < 4; ++i) {
        ivec2 o = ivec2(i & 1, i >> 1);
        ivec2 at = clamp(corner + o, ivec2(0), last);
        vec4 texel = texelFetch(irradianceMap, at, 0);
        float apart = (texel.w - depthMm) * sharpness;
        vec2 share = mix(1.0 - t, t, vec2(o)) + 1e-3;
        float weight = texel.w > 0.0 ? share.x * share.y / (1.0 + apart * apart * apart * apart) : 0.0;
        sum += weight * texel.rgb;
        lit += weight * texelFetch(litMap, at, 0);
        weights += weight;
    }
    lit /= max(weights, 1e-12);
    return sum / max(weights, 1e-12);
}

SkinLight skinLightAt(ivec2 pixel) {
    float depthMm = texelFetch(depthMmMap, pixel, 0).r;
    vec4 normalOpenness = texelFetch(normalOpennessMap, pixel, 0);
    vec4 tint = texelFetch(tintMap, pixel, 0);
    vec3 normal = normalOpenness.xyz;
    float openness = normalOpenness.w;
    vec3 ray = rayThrough(vec2(pixel) + 0.5);
    vec3 positionMm = frame.eyeMm.xyz + ray * depthMm;
    vec3 view = -normalize(ray);
    float pixelMm = depthMm / frame.eyeMm.w;
    vec4 lit;
    vec3 irradiance = upsampled(pixel, depthMm, pixelMm, lit);

    // How oily a place is: 0 the face, 0.5 the scalp, tighter and oilier, 1 the smooth tissue of a scar.
    float scarred = max(2.0 * tint.w - 1.0, 0.0), scalp = min(2.0 * tint.w, 1.0);

    // Unevenness of 1 to 12 mm, in relief, oil, blood and melanin.
    vec4 uneven = 2.0 * textureLod(mottlingMap, positionMm / kMottlingTileMm, max(log2(pixelMm * (float(textureSize(mottlingMap, 0).x) / kMottlingTileMm)), 0.0)) - 1.0;
    vec3 helper = normalize(vec3(normal.y + 1.001, -normal.x, 0.0)), across = cross(normal, helper);
    vec3 slope = frame.skinDetail.x * (1.0 - 0.7 * scarred) * (uneven.x * helper + uneven.y * across);
    vec3 albedo = frame.skinAlbedo.rgb * tint.rgb;
    // Haemoglobin takes green most, blue less, red hardly (Jacques 1998); melanin takes the more the shorter the wave.
    albedo *= 1.0 - (frame.skinDetail.y * uneven.z * vec3(0.08, 1.0, 0.5) + frame.skinDetail.z * uneven.w * vec3(0.6, 1.0, 1.35)) *
                        (1.0 - scarred);
    albedo = clamp(albedo, 0.0, 1.0);

    float lostVariance = frame.sideIrradiance.w;
    bool close = pixelMm < kReliefSeenMm;
    if (close) slope += (1.0 - 0.85 * scarred) * reliefSlope(positionMm, normal, pixelMm, lostVariance);
    slope -= normal * dot(slope, normal);
    lostVariance *= 1.0 - 0.9 * scarred;
    vec3 bumped = normalize(normal - slope), soft = normalize(normal - kReliefToDiffuse * slope);
    float normalDotView = max(dot(bumped, view), 0.02);

    // Gain by place: working defaults.
    float shine = clamp(frame.skinAlbedo.w + 0.12 * scalp + 0.3 * scarred + frame.skinDetail.w * (uneven.x + uneven.z), 0.0, 1.0);
    SkinSurface surface = skinSurface(shine, lostVariance);
    float share = reflectedShare(surface, normalDotView);
    vec3 reflected = ambientFrom(reflect(-view, bumped)) * (share * min(openness * openness * 1.1, 1.0));

    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        float normalDotLight = dot(bumped, towards);
        vec3 light = frame.lights[i].irradiance.rgb * lit[i];
        // What the relief adds to the light that enters stays where it is.
        irradiance += light * (max(dot(soft, towards), 0.0) - max(dot(normal, towards), 0.0));
        if (normalDotLight <= 0.0) continue;
        // A wide light widens the highlight (Karis 2013, "Real shading in Unreal Engine 4", representative points).
        float widen = 0.12 * frame.lights[i].towards.w;
        vec3 halfway = normalize(towards + view);
        float normalDotHalf = max(dot(bumped, halfway), 0.0);
        float lobes = mix(ggxTerm(normalDotHalf, normalDotView, normalDotLight, min(surface.roughB + widen, 1.0)),
                          ggxTerm(normalDotHalf, normalDotView, normalDotLight, min(surface.roughA + widen, 1.0)), kFirstLobe);
        reflected += light * (kPi * lobes * fresnelTerm(surface.f0, surface.f90, dot(view, halfway)) * normalDotLight);
    }
    return SkinLight(max(irradiance, vec3(0.0)) * albedo * (1.0 - share), reflected);
}
