// Microfacet reflection: Walter et al., "Microfacet models for refraction through rough surfaces", 2007 (GGX);
// visibility after Hammon, "PBR diffuse lighting for GGX + Smith microsurfaces", 2017.

// Numerator and denominator of a lobe, so that lobes can share a division.
vec2 ggxTerm(float normalDotHalf2, float normalDotView, float normalDotLight, float roughness) {
    float alpha = roughness * roughness, a2 = alpha * alpha;
    float d = normalDotHalf2 * (a2 - 1.0) + 1.0;
    float visibility = mix(2.0 * normalDotLight * normalDotView, normalDotLight + normalDotView, alpha);
    return vec2(a2 * 0.5, kPi * d * d * visibility + 1e-5);
}

// Schlick, "An inexpensive BRDF model for physically-based rendering", 1994.
// Rounding can take the cosine past 1; a power of a negative number is no number.
float fresnelTerm(float f0, float f90, float viewDotHalf) {
    float c = max(1.0 - viewDotHalf, 0.0), c2 = c * c;
    return f0 + (f90 - f0) * c2 * c2 * c;
}

// Karis, "Physically based shading on mobile", 2014: reflection of an even surrounding by a rough dielectric.
float environmentReflectance(float f0, float f90, float roughness, float normalDotView) {
    vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a004 = min(r.x * r.x, exp2(-9.28 * normalDotView)) * r.x + r.y;
    return f0 * (-1.04 * a004 + r.z) + f90 * (1.04 * a004 + r.w);
}

// The skin's surface: two lobes, as Weyrich et al., "Analysis of human faces using a measurement-based skin
// reflectance model", 2006, fitted to faces; the figures by shine are working defaults. What it reflects does not enter:
// engine/render/skin_colour.cpp counts with the same figures.
const float kSkinReflectance = 0.028;  // at normal incidence, refractive index 1.4
const float kFirstLobe = 0.6;
struct SkinSurface {
    float roughA, roughB;
    float f0, f90;
};

// 0: powdered, half its reflection gone; 1: an oily film of higher index. Relief too fine for a pixel widens the lobes
// (Toksvig, "Mipmapping normal maps", 2005).
SkinSurface skinSurface(float shine, float lostVariance) {
    float gain = 0.5 + shine, widen = 0.5 * lostVariance;
    float a = mix(0.50, 0.22, shine), b = mix(0.75, 0.48, shine);
    a *= a, b *= b;
    return SkinSurface(min(sqrt(sqrt(a * a + widen)), 1.0), min(sqrt(sqrt(b * b + widen)), 1.0),
                       kSkinReflectance * gain, min(gain, 1.0));
}

// Share of an even surrounding that the surface reflects.
float reflectedShare(SkinSurface s, float normalDotView) {
    return environmentReflectance(s.f0, s.f90, mix(s.roughB, s.roughA, kFirstLobe), normalDotView);
}

// Share of a lamp's light that gets past the surface, relative to that of an even surrounding, so that together with
// the way out (1 − reflectedShare) nothing is lost and none made: Kelemen and Szirmay-Kalos, "A microfacet based coupled
// specular-matte BRDF model with importance sampling", 2001.
float enteringShare(SkinSurface s, float normalDotLight) {
    float shine = s.f0 / kSkinReflectance - 0.5;
    // reflectedShare averaged over the hemisphere, 0.0165 + 0.051 · shine, less what the lobes reflect straight back beyond
    // Karis' fit.
    float mean = 0.013 + 0.046 * shine;
    return (1.0 - reflectedShare(s, normalDotLight)) / (1.0 - mean);
}
