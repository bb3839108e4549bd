in Surface {
    vec4 normalOpenness;
    vec4 tint;
    vec4 lampsThrough;
} surface;

layout(location = 0) out vec4 outNormalOpenness;
layout(location = 1) out vec4 outTint;
layout(location = 2) out float outDepthMm;
layout(location = 3) out vec4 outLampsThrough;

void main() {
    // Open rims show the inside of the mesh: light it as if it were the outside.
    vec3 normal = normalize(surface.normalOpenness.xyz) * (gl_FrontFacing ? 1.0 : -1.0);
    outNormalOpenness = vec4(normal, surface.normalOpenness.w);
    outTint = surface.tint;
    outDepthMm = 1.0 / gl_FragCoord.w;
    outLampsThrough = surface.lampsThrough;
}
