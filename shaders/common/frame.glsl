#include "shared/frame_block.h"
layout(std140, binding = 0) uniform Frame { FrameBlock frame; };

const float kPi = 3.14159265358979;

// Direction from the eye through a place in the picture (pixels from its lower left), scaled to unit depth along the view
// axis.
vec3 rayThrough(vec2 pixel) {
    return frame.viewForward.xyz + frame.viewRight.xyz * ((pixel.x - frame.viewRight.w) / frame.eyeMm.w) +
           frame.viewUp.xyz * ((pixel.y - frame.viewUp.w) / frame.eyeMm.w);
}

// Through the middle of one of the target's pixels.
vec3 rayThroughPixel(ivec2 pixel) { return rayThrough(vec2(pixel + frame.tile.xy) + 0.5); }

bool isInBox(ivec2 pixel) {
    ivec2 inBox = pixel - frame.box.xy;
    return all(greaterThanEqual(inBox, ivec2(0))) && all(lessThan(inBox, frame.box.zw));
}

// Place of a pixel of the box in buffers that hold sums over it.
int sumIndex(ivec2 pixel) { return (pixel.y - frame.box.y) * frame.box.z + pixel.x - frame.box.x; }

vec3 ambientFrom(vec3 direction) {
    float up = direction.y;
    return up > 0.0 ? mix(frame.sideIrradiance.rgb, frame.skyIrradiance.rgb, up)
                    : mix(frame.sideIrradiance.rgb, frame.groundIrradiance.rgb, -up);
}

// Which of the four pixels under one of half size stands for them in a sub-frame.
ivec2 quarterPixel(int turn) { return ivec2((turn ^ (turn >> 1)) & 1, (turn >> 1) & 1); }
