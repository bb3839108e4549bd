// Reading what was found at half the picture's size.
layout(binding = 0) uniform sampler2D firstMap;   // w: depth, mm
layout(binding = 5) uniform sampler2D secondMap;

// Half-size results at a full-size pixel: of the four around it, those as near to the eye as it is (Kopf et al., "Joint
// bilateral upsampling", 2007).
vec3 upsampled(ivec2 pixel, float depthMm, out vec4 second) {
    vec2 place = 0.5 * vec2(pixel - quarterPixel(frame.size.w));
    ivec2 corner = ivec2(floor(place)), last = ivec2(textureSize(firstMap, 0)) - 1;
    vec2 t = place - vec2(corner);
    float sharpness = 1.0 / (4.0 * depthMm / frame.eyeMm.w);
    vec3 sum = vec3(0.0);
    second = vec4(0.0);
    float weights = 0.0;
    for (int i = 0; i < 4; ++i) {
        ivec2 o = ivec2(i & 1, i >> 1);
        ivec2 at = clamp(corner + o, ivec2(0), last);
        vec4 texel = texelFetch(firstMap, at, 0);
        float apart = (texel.w - depthMm) * sharpness;
        vec2 share = mix(1.0 - t, t, vec2(o)) + 1e-3;
        float weight = texel.w > 0.0 ? share.x * share.y / (1.0 + apart * apart * apart * apart) : 0.0;
        sum += weight * texel.rgb;
        second += weight * texelFetch(secondMap, at, 0);
        weights += weight;
    }
    second /= max(weights, 1e-12);
    return sum / max(weights, 1e-12);
}
