#include "common/frame.glsl"
layout(location = 0) in vec3 positionMm;
layout(location = 1) in vec4 normalOpenness;  // w: share of the sky that is not hidden by the head itself
layout(location = 2) in vec4 tint;            // ÷ 1.25: 0.8 is plain skin; w: scalp mask

out Surface {
    vec4 normalOpenness;
    vec4 tint;
} surface;

void main() {
    gl_Position = frame.clipFromWorld * vec4(positionMm, 1.0);
    surface.normalOpenness = normalOpenness;
    surface.tint = tint;
}
