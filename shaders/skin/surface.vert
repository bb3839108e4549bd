#include "common/frame.glsl"
layout(location = 0) in vec3 positionMm;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec4 tint;      // ÷ 1.25: 0.8 is plain skin; w: scalp mask
layout(location = 3) in float openness;  // share of the sky that is not hidden by the head itself

out Surface {
    vec3 normal;
    vec4 tint;
    float openness;
    float depthMm;
} surface;

void main() {
    gl_Position = frame.clipFromWorld * vec4(positionMm, 1.0);
    surface.normal = normal;
    surface.tint = tint;
    surface.openness = openness;
    surface.depthMm = dot(positionMm - frame.eyeMm.xyz, frame.viewForward.xyz);
}
