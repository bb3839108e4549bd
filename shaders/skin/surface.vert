#include "common/frame.glsl"
layout(location = 0) in vec3 positionMm;
layout(location = 1) in vec4 normalOpenness;  // w: share of the sky that is not hidden by the head itself
layout(location = 2) in vec4 tint;            // ÷ 1.25: 0.8 is plain skin; w: 0 powdered, 0.5 face, 1 scalp
layout(location = 3) in vec4 hairDirection;   // mean of the hairs that stand there
layout(location = 4) in float hairLayers;     // hairs per mm² × diameter × length

out Surface {
    vec4 normalOpenness;
    vec4 tint;
    vec4 lampsThrough;  // share of each lamp that comes between the hairs
} surface;

void main() {
    gl_Position = frame.clipFromWorld * vec4(positionMm, 1.0);
    surface.normalOpenness = normalOpenness;
    surface.tint = tint;
    // As gapFraction (engine/hair/canopy.h) without the hairs' sections.
    vec3 normal = normalize(normalOpenness.xyz);
    for (int i = 0; i < 4; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        surface.lampsThrough[i] = exp(-hairLayers * length(cross(hairDirection.xyz, towards)) / max(dot(normal, towards), 0.08));
    }
}
