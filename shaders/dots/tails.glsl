// The tails of dots: a field over a map of the skin (engine/render/tail_field.h).
layout(binding = 8) uniform sampler2D tailMap;  // RGB loss; w: height of the skin that bears them, mm
layout(location = 1) uniform mat3 tailMapFromWorld;
layout(location = 4) uniform vec4 tailCentreMm;  // w: radius of the map's sphere
layout(location = 6) uniform vec3 reachable;     // share of the light that comes down to the dots
layout(location = 5) uniform vec4 tailWindow;    // lower corner in the map, mm; one ÷ its size

// Azimuthal equidistant, as TailMap::mapMm. The arc cosine is √(1 − z) times a polynomial (Hastings; Abramowitz and
// Stegun, "Handbook of mathematical functions", 1964, 4.4.46, to 2e-8), so that its ratio to the sine needs neither an
// arc tangent nor care at the pole.
vec2 tailMapMm(vec3 unit) {
    float z = min(abs(unit.z), 0.9999999);
    float series = 1.5707963050 + z * (-0.2145988016 + z * (0.0889789874 + z * (-0.0501743046 +
                   z * (0.0308918810 + z * (-0.0170881256 + z * (0.0066700901 - z * 0.0012624911))))));
    float upper = series * inversesqrt(1.0 + z);
    float ratio = unit.z >= 0.0 ? upper : kPi * inversesqrt(1.0 - z * z) - upper;
    return tailCentreMm.w * ratio * unit.xy;
}

// As TailField::at.
vec3 tailsAt(vec3 positionMm) {
    vec3 d = tailMapFromWorld * (positionMm - tailCentreMm.xyz);
    float inverse = inversesqrt(dot(d, d)), distanceMm = dot(d, d) * inverse;
    vec4 tails = texture(tailMap, (tailMapMm(d * inverse) - tailWindow.xy) * tailWindow.zw);
    return tails.rgb * (1.0 - smoothstep(3.0, 5.0, abs(distanceMm - tailCentreMm.w - tails.w)));
}

// As lightLeft in engine/optics/dot_profile.h.
vec3 lightLeft(vec3 cores, vec3 tails, vec3 reachable) {
    vec3 taken = 1.0 - exp(-max(tails, 0.0) / reachable);
    return 1.0 - cores - max(reachable - cores, 0.0) * taken - min(tails, 0.0);
}
