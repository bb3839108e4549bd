// The tails of dots: a field over a map of the skin (engine/render/tail_field.h).
layout(binding = 8) uniform sampler2D tailMap;  // RGB loss; w: height of the skin that bears them, mm
layout(location = 1) uniform mat3 tailMapFromWorld;
layout(location = 4) uniform vec4 tailCentreMm;  // w: radius of the map's sphere
layout(location = 6) uniform vec3 reachable;     // share of the light that comes down to the dots
layout(location = 5) uniform vec4 tailWindow;    // lower corner in the map, mm; one ÷ its size

// Azimuthal equidistant, as TailMap::mapMm.
vec2 tailMapMm(vec3 unit) {
    float sine2 = dot(unit.xy, unit.xy), sine = sqrt(sine2);
    float ratio = sine2 < 1e-4 && unit.z > 0.0 ? 1.0 + sine2 / 6.0 : atan(sine, unit.z) / max(sine, 1e-6);
    return tailCentreMm.w * ratio * unit.xy;
}

// As TailField::at.
vec3 tailsAt(vec3 positionMm) {
    vec3 d = tailMapFromWorld * (positionMm - tailCentreMm.xyz);
    float distanceMm = length(d);
    vec4 tails = texture(tailMap, (tailMapMm(d / distanceMm) - tailWindow.xy) * tailWindow.zw);
    return tails.rgb * (1.0 - smoothstep(3.0, 5.0, abs(distanceMm - tailCentreMm.w - tails.w)));
}

// As lightLeft in engine/optics/dot_profile.h.
vec3 lightLeft(vec3 cores, vec3 tails, vec3 reachable) {
    vec3 taken = 1.0 - exp(-max(tails, 0.0) / reachable);
    return 1.0 - cores - max(reachable - cores, 0.0) * taken - min(tails, 0.0);
}
