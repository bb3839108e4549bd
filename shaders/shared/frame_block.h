#pragma once
// Read by C++ and GLSL: only mat4, vec4 and ivec4 members, so that std140 and C++ lay them out alike.

#define STUBBLE_MAX_LIGHTS 4

struct LightBlock {
    mat4 shadowFromWorld;  // to texture coordinates and depth in the light's shadow layer
    vec4 towards;     // unit direction to this sub-frame's point on the light; w: angular radius, radians
    vec4 irradiance;  // linear RGB on a surface that faces it, ÷ π; w: reach of the shadow's taps, mm
};

struct FrameBlock {
    mat4 clipFromWorld;
    vec4 eyeMm;          // xyz; w: focal length in pixels
    vec4 viewRight;      // unit; w: the picture's pixel column of the optical axis
    vec4 viewUp;         // unit; w: its pixel row, counted from the bottom
    vec4 viewForward;    // unit; w: variance of the pixel filter of splats, pixel²
    ivec4 size;          // width, height of the target, the picture or a tile of it; light count; sub-frame
    ivec4 tile;          // lower left corner of the target in the picture, multiples of 8; the picture's size
    ivec4 box;           // the target's pixels that the head and its hair may cover: lower left corner, size
    vec4 skinAlbedo;     // linear RGB; w: shine 0 to 1
    vec4 skyIrradiance;  // ambient from above, ÷ π
    vec4 sideIrradiance;    // ambient from the sides, ÷ π; w: mean square slope of skin relief
    vec4 groundIrradiance;  // ambient from below, ÷ π
    vec4 backdropCentre;    // linear RGB of the background behind the head
    vec4 backdropEdge;      // and at the picture's corners
    vec4 scatterMm;         // scattering distance by channel; w: angle of the blur's axes, radians
    vec4 skinDetail;  // of unevenness: slope, share of light that blood takes, that melanin takes, shine
    LightBlock lights[STUBBLE_MAX_LIGHTS];
};
