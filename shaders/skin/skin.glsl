// What a pixel of skin sends to the eye, before pigment and hair: scattered light and shine.
// STUBBLE_RELIEF: pixels are fine enough to show the relief of plateaus and pores.
// STUBBLE_SCARS: there are scars.
#include "common/frame.glsl"
#include "common/brdf.glsl"
#ifdef STUBBLE_SCARS
#include "dots/tails.glsl"
#endif

layout(binding = 1) uniform sampler2D tintMap;
layout(binding = 2) uniform sampler2D normalOpennessMap;
layout(binding = 6) uniform sampler2D reliefMap;    // tileable, kReliefTileMm wide: slope in xy, its square in z
layout(binding = 7) uniform sampler3D mottlingMap;  // tileable, kMottlingTileMm wide: slope, blood, melanin

const float kReliefTileMm = 16.0;     // as engine/render/relief.h
const float kMottlingTileMm = 48.0;   // as engine/render/mottling.h
const float kReliefToDiffuse = 0.45;  // scattering hides much of the relief from the light inside; working default

#ifdef STUBBLE_SCARS
layout(binding = 9) uniform sampler2D scarMap;     // paleness, redness, gloss; w: relief, mm (engine/render/scar_field.h)
layout(location = 7) uniform vec4 scarWindow;      // as tailWindow
layout(location = 8) uniform vec3 paleAlbedo;
const vec3 kYoungScar = vec3(0.93, 0.52, 0.55);    // what the blood of a young scar leaves of the light; working default

// What the scars are like at a place, and the slope of their relief.
vec4 scarAt(vec3 positionMm, out vec3 slope) {
    vec3 d = tailMapFromWorld * (positionMm - tailCentreMm.xyz);
    float distanceMm = length(d);
    d /= distanceMm;
    vec2 place = (tailMapMm(d) - scarWindow.xy) * scarWindow.zw;
    vec2 texel = 1.0 / vec2(textureSize(scarMap, 0));
    vec4 scar = texture(scarMap, place);
    vec2 rise = vec2(texture(scarMap, place + vec2(texel.x, 0.0)).w - texture(scarMap, place - vec2(texel.x, 0.0)).w,
                     texture(scarMap, place + vec2(0.0, texel.y)).w - texture(scarMap, place - vec2(0.0, texel.y)).w) *
                (0.5 * scarWindow.zw / texel);
    // The map is true along its rays and stretches circles by angle ÷ sine.
    float sine = max(length(d.xy), 1e-4);
    vec2 ray = d.xy / sine;
    vec3 along = vec3(d.z * ray, -sine), round = vec3(-ray.y, ray.x, 0.0);
    vec3 gradient = dot(rise, ray) * along + dot(rise, round.xy) * (atan(sine, d.z) / sine) * round;
    slope = (tailCentreMm.w / distanceMm) * (gradient * tailMapFromWorld);
    return scar;
}
#endif

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

// irradiance: scattered light; lit: share of each lamp that the place sees.
SkinLight skinLightAt(ivec2 pixel, float depthMm, vec3 irradiance, vec4 lit) {
    vec4 normalOpenness = texelFetch(normalOpennessMap, pixel, 0);
    vec4 tint = texelFetch(tintMap, pixel, 0);
    vec3 normal = normalOpenness.xyz;
    float openness = normalOpenness.w;
    vec3 ray = rayThroughPixel(pixel);
    vec3 positionMm = frame.eyeMm.xyz + ray * depthMm;
    vec3 view = -normalize(ray);
    float pixelMm = depthMm / frame.eyeMm.w;

    float scalp = max(2.0 * tint.w - 1.0, 0.0), bare = min(2.0 * tint.w, 1.0), scarred = 0.0, smoothed = 0.0;
#ifdef STUBBLE_SCARS
    vec3 scarSlope;
    vec4 scar = scarAt(positionMm, scarSlope);
    scarred = max(scar.x, max(scar.y, scar.z));
    smoothed = min(1.5 * scar.z, 1.0);
#endif

    // Unevenness of 1 to 12 mm, in relief, oil, blood and melanin.
    vec4 uneven = 2.0 * textureLod(mottlingMap, positionMm / kMottlingTileMm, 0.0) - 1.0;
    vec3 helper = normalize(vec3(normal.y + 1.001, -normal.x, 0.0)), across = cross(normal, helper);
    vec3 slope = frame.skinDetail.x * (1.0 - 0.7 * smoothed) * (uneven.x * helper + uneven.y * across);
    vec3 albedo = frame.skinAlbedo.rgb * tint.rgb * 1.25;
    // Haemoglobin takes green most, blue less, red hardly (Jacques 1998); melanin takes the more the shorter the wave.
    albedo *= 1.0 - (frame.skinDetail.y * uneven.z * vec3(0.08, 1.0, 0.5) + frame.skinDetail.z * uneven.w * vec3(0.6, 1.0, 1.35)) *
                        (1.0 - scarred);
    albedo = clamp(albedo, 0.0, 1.0);
#ifdef STUBBLE_SCARS
    albedo = pow(albedo, vec3(1.0 - scar.x)) * pow(paleAlbedo, vec3(scar.x)) * pow(kYoungScar, vec3(scar.y));
    slope += scarSlope;
#endif

    float lostVariance = frame.sideIrradiance.w;
#ifdef STUBBLE_RELIEF
    slope += (1.0 - 0.9 * smoothed) * reliefSlope(positionMm, normal, pixelMm, lostVariance);
#endif
    slope -= normal * dot(slope, normal);
    lostVariance *= 1.0 - 0.9 * smoothed;
    vec3 bumped = normalize(normal - slope), soft = normalize(normal - kReliefToDiffuse * slope);
    float bumpedDotView = dot(bumped, view), normalDotView = max(bumpedDotView, 0.02);

    // Gain by place: working defaults.
    float shine = bare * clamp(frame.skinAlbedo.w + 0.12 * scalp + 0.35 * smoothed + frame.skinDetail.w * (uneven.x + uneven.z), 0.0, 1.0);
    SkinSurface surface = skinSurface(shine, lostVariance);
    float share = reflectedShare(surface, normalDotView);
    vec3 reflected = ambientFrom(reflect(-view, bumped)) * (share * min(openness * openness * 1.1, 1.0));

    vec3 relieved = soft - normal;
    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        vec3 light = frame.lights[i].irradiance.rgb * lit[i];
        // What the relief adds to the light that enters stays where it is. On average it adds none; where light
        // grazes, it shades itself.
        irradiance += light * (dot(relieved, towards) * clamp(6.0 * dot(normal, towards), 0.0, 1.0));
        float bumpedDotLight = dot(bumped, towards), normalDotLight = max(bumpedDotLight, 0.0);
        // A wide light widens the highlight (Karis 2013, "Real shading in Unreal Engine 4", representative points).
        float widen = 0.12 * frame.lights[i].towards.w;
        // Of the half-way vector only its cosines are needed.
        float viewDotHalf2 = max(0.5 + 0.5 * dot(view, towards), 1e-6);
        float normalDotHalf = max(bumpedDotView + bumpedDotLight, 0.0);
        float normalDotHalf2 = min(normalDotHalf * normalDotHalf / (4.0 * viewDotHalf2), 1.0);
        vec2 a = ggxTerm(normalDotHalf2, normalDotView, normalDotLight, min(surface.roughA + widen, 1.0)),
             b = ggxTerm(normalDotHalf2, normalDotView, normalDotLight, min(surface.roughB + widen, 1.0));
        float lobes = (kFirstLobe * a.x * b.y + (1.0 - kFirstLobe) * b.x * a.y) / (a.y * b.y);
        reflected += light * (kPi * lobes * fresnelTerm(surface.f0, surface.f90, sqrt(viewDotHalf2)) * normalDotLight);
    }
    return SkinLight(max(irradiance, vec3(0.0)) * albedo * (1.0 - share), reflected);
}
