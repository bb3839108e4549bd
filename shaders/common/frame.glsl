#include "shared/frame_block.h"
layout(std140, binding = 0) uniform Frame { FrameBlock frame; };

const float kPi = 3.14159265358979;

// Direction from the eye through a pixel position (origin at the lower left), scaled to unit depth along the view axis.
vec3 rayThrough(vec2 pixel) {
    return frame.viewForward.xyz + frame.viewRight.xyz * ((pixel.x - frame.viewRight.w) / frame.eyeMm.w) +
           frame.viewUp.xyz * ((pixel.y - frame.viewUp.w) / frame.eyeMm.w);
}

vec3 ambientFrom(vec3 direction) {
    float up = direction.y;
    return up > 0.0 ? mix(frame.sideIrradiance.rgb, frame.skyIrradiance.rgb, up)
                    : mix(frame.sideIrradiance.rgb, frame.groundIrradiance.rgb, -up);
}

// Which of the four pixels under one of half size stands for them in a sub-frame.
ivec2 quarterPixel(int turn) { return ivec2((turn ^ (turn >> 1)) & 1, (turn >> 1) & 1); }
