// Microfacet reflection: Walter et al., "Microfacet models for refraction through rough surfaces", 2007 (GGX);
// visibility after Heitz, "Understanding the masking-shadowing function in microfacet-based BRDFs", 2014.

float ggxTerm(float normalDotHalf, float normalDotView, float normalDotLight, float roughness) {
    float a2 = roughness * roughness * roughness * roughness;
    float d = normalDotHalf * normalDotHalf * (a2 - 1.0) + 1.0;
    float distribution = a2 / (3.14159265 * d * d);
    float visibility = 0.5 / (normalDotLight * sqrt(normalDotView * normalDotView * (1.0 - a2) + a2) +
                              normalDotView * sqrt(normalDotLight * normalDotLight * (1.0 - a2) + a2) + 1e-5);
    return distribution * visibility;
}

// Schlick, "An inexpensive BRDF model for physically-based rendering", 1994.
// Rounding can take the cosine past 1; a power of a negative number is no number.
float fresnelTerm(float f0, float viewDotHalf) { return f0 + (1.0 - f0) * pow(max(1.0 - viewDotHalf, 0.0), 5.0); }

// Karis, "Physically based shading on mobile", 2014: reflection of an even surrounding by a rough dielectric.
float environmentReflectance(float f0, float roughness, float normalDotView) {
    vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a004 = min(r.x * r.x, exp2(-9.28 * normalDotView)) * r.x + r.y;
    return f0 * (-1.04 * a004 + r.z) + (1.04 * a004 + r.w);
}
