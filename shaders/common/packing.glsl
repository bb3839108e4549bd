// As octahedral() in engine/render/packing.h.
vec3 normalOf(uint bits) {
    vec2 p = unpackSnorm2x16(bits);
    vec3 n = vec3(p, 1.0 - abs(p.x) - abs(p.y));
    float fold = max(-n.z, 0.0);
    n.xy -= fold * vec2(n.x >= 0.0 ? 1.0 : -1.0, n.y >= 0.0 ? 1.0 : -1.0);
    return normalize(n);
}
