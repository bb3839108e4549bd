// Marks where half-size passes have skin to look at: the rest is discarded and keeps its stencil.
#include "common/frame.glsl"
#include "skin/half_size.glsl"

layout(binding = 2) uniform sampler2D depthMmMap;

void main() {
    float depthMm;
    standIn(depthMmMap, depthMm);
    if (depthMm == 0.0) discard;
}
