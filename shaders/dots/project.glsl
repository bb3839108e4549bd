// Gaussians in space become Gaussians on the screen, convolved with the pixel filter in closed form (Zwicker et al.,
// "EWA splatting", 2002).
#include "common/frame.glsl"
#include "shared/splat.h"

layout(std430, binding = 2) buffer FineLoss { int fineLoss[]; };      // STUBBLE_LOSS_WORDS a pixel of the box
layout(std430, binding = 3) buffer CoarseLoss { int coarseLoss[]; };  // 3 a cell of the target
layout(binding = 2) uniform sampler2D depthMmMap;

const int kCell = STUBBLE_COARSE_CELL;
const float kReach = 3.33;  // standard deviations; a Gaussian is then 1/256 of its peak
const float kKept = 1.0 - 1.0 / 256.0;

// What the coarse sums' way to a pixel adds to a variance, cells²: one step of subdivision and a linear read
// (shaders/dots/refine.comp).
const float kCoarseReadVariance = 0.25 * (3.0 / 4.0 + 1.0 / 6.0);

struct Place {
    vec3 fromEye;      // mm
    float depthMm;     // along the view axis
    float planeOffset; // of the skin's plane from the eye, mm, negative where it faces the eye
    vec3 normal;
    vec2 centre;       // the picture's pixels
    vec3 gradientX, gradientY;  // of the pixel position by the position in space, pixels/mm
};

// False where the skin there cannot be seen.
bool findPlace(vec3 positionMm, vec3 normal, out Place place) {
    vec3 fromEye = positionMm - frame.eyeMm.xyz;
    place.fromEye = fromEye;
    place.normal = normal;
    place.planeOffset = dot(normal, fromEye);
    if (place.planeOffset > -0.03 * length(fromEye)) return false;  // seen from behind or edge on
    place.depthMm = dot(fromEye, frame.viewForward.xyz);
    if (place.depthMm < 1.0) return false;
    float focal = frame.eyeMm.w;
    vec2 slope = vec2(dot(fromEye, frame.viewRight.xyz), dot(fromEye, frame.viewUp.xyz)) / place.depthMm;
    place.centre = slope * focal + vec2(frame.viewRight.w, frame.viewUp.w);
    float scale = focal / place.depthMm;
    place.gradientX = (frame.viewRight.xyz - frame.viewForward.xyz * slope.x) * scale;
    place.gradientY = (frame.viewUp.xyz - frame.viewForward.xyz * slope.y) * scale;
    return true;
}

// The skin must be there: not an ear in front of it, nor the backdrop. `pixel`: a place in the picture.
bool skinAt(Place place, vec2 pixel, float toleranceMm) {
    float skinMm = texelFetch(depthMmMap, min(ivec2(pixel) - frame.tile.xy, frame.size.xy - 1), 0).r;
    float expectedMm = place.planeOffset / min(dot(place.normal, rayThrough(pixel)), -1e-3);
    return abs(skinMm - expectedMm) <= toleranceMm;
}

float depthToleranceMm(Place place, float cellPixels) {
    return 0.6 + 1.5 * place.depthMm / frame.eyeMm.w * cellPixels / max(-place.planeOffset / length(place.fromEye), 0.05);
}

// Sum over all cells of exp(−½ dᵀC⁻¹d), C = (xx, xy, yy) in cells² (at least 1/6), by Poisson summation: weights
// divided by it add up to one at any size and offset.
float weightSum(vec3 c, vec2 centre) {
    vec2 turn = 2.0 * kPi * (centre - 0.5);
    const float k = 2.0 * kPi * kPi;
    float ripple = exp(-k * c.x) * cos(turn.x) + exp(-k * c.z) * cos(turn.y) +
                   exp(-k * (c.x + c.z + 2.0 * c.y)) * cos(turn.x + turn.y) +
                   exp(-k * (c.x + c.z - 2.0 * c.y)) * cos(turn.x - turn.y);
    return 2.0 * kPi * sqrt(c.x * c.z - c.y * c.y) * (1.0 + 2.0 * ripple);
}

vec3 inverseOf(vec3 c) { return vec3(c.z, -c.y, c.x) / (c.x * c.z - c.y * c.y); }

float gaussian(vec3 inverse, vec2 d) {
    return exp(-0.5 * (inverse.x * d.x * d.x + 2.0 * inverse.y * d.x * d.y + inverse.z * d.y * d.y));
}

// Variance of the narrow axis.
float narrowOf(vec3 c) { return 0.5 * (c.x + c.z) - length(vec2(0.5 * (c.x - c.z), c.y)); }

// Covariance as it is summed: in cells, with the filter, less what the read adds.
vec3 filteredCovariance(vec3 pixelCovariance, bool coarse) {
    float scale = coarse ? 1.0 / float(kCell * kCell) : 1.0;
    vec3 c = pixelCovariance * scale;
    float added = frame.viewForward.w * scale - (coarse ? kCoarseReadVariance : 0.0);
    return c + vec3(added, 0.0, added);
}

ivec2 gridSizeOf(bool coarse) { return coarse ? (frame.size.xy + kCell - 1) / kCell : frame.box.zw; }

// Two atomics for three channels: they decide the speed.
void addFineLoss(int index, vec3 loss) {
    ivec2 difference = ivec2(floor((loss.rb - loss.g) * STUBBLE_DIFFERENCE_SCALE + 0.5));
    atomicAdd(fineLoss[index * STUBBLE_LOSS_WORDS], int(floor(loss.g * STUBBLE_LOSS_SCALE + 0.5)));
    atomicAdd(fineLoss[index * STUBBLE_LOSS_WORDS + 1], difference.x * 65536 + difference.y);
}

void addCoarseLoss(int cell, vec3 loss) {
    ivec3 amount = ivec3(floor(loss * STUBBLE_LOSS_SCALE + 0.5));
    for (int k = 0; k < 3; ++k) atomicAdd(coarseLoss[cell * 3 + k], amount[k]);
}
