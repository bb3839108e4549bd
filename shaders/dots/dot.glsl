// Reading the records of dots.
#include "common/packing.glsl"
#include "dots/project.glsl"

layout(std430, binding = 1) readonly buffer Dots { Dot dots[]; };  // then those merged of several
// Dots that small.comp leaves to wide.comp, and that one's dispatch.
layout(std430, binding = 4) buffer WideDots { uint wideGroups[3]; uint wideCount; uint wideDots[]; };

// Linear RGB loss, sigma in mm.
vec4 gaussianOf(uvec2 bits) { return vec4(unpackHalf2x16(bits.x), unpackHalf2x16(bits.y)); }

bool findPlaceOf(uint index, out Place place) {
    uvec2 xy = dots[index].xyMm, zNormal = dots[index].zMmNormal;
    return findPlace(uintBitsToFloat(uvec3(xy, zNormal.x)), normalOf(zNormal.y), place);
}

// Of a disc with a variance of 1 mm² in the skin's plane, pixel²/mm².
vec3 discCovariance(Place place) {
    vec2 alongNormal = vec2(dot(place.gradientX, place.normal), dot(place.gradientY, place.normal));
    return vec3(dot(place.gradientX, place.gradientX) - alongNormal.x * alongNormal.x,
                dot(place.gradientX, place.gradientY) - alongNormal.x * alongNormal.y,
                dot(place.gradientY, place.gradientY) - alongNormal.y * alongNormal.y);
}
