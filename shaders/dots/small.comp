// Dots in the skin by integer atomics (cf. Schütz et al., "Rendering point clouds with compute shaders", 2021). This pass
// draws those that are much smaller than a pixel and lists the others for wide.comp: a device that runs many dots in step
// would pay for both ways in each of them.
#include "common/splat_groups.glsl"
#include "dots/dot.glsl"

// A dot counts as small while a pixel cannot tell its Gaussians apart (sigma in pixels, behind the filter's half pixel),
// and while what 3 × 3 pixels leave out of it, put into them, changes none by a hundredth: the loss over all pixels times
// the weight, relative to the middle's, of the first pixel left out.
const float kSmallSigma = 0.6;
const float kLeftOut = 0.027;
const float kLeastWeight = 1.0 / 160.0;

layout(location = 0) uniform uint dotCount;  // without those merged of several

// Weights of the three pixels around a place `offset` (±½) from the middle one's centre; they add up to one.
vec3 threeWeights(float offset, float variance) {
    vec3 d = vec3(-1.0, 0.0, 1.0) - offset;
    vec3 weights = exp(d * d * (-0.5 / variance));
    return weights / (weights.x + weights.y + weights.z);
}

// Much smaller than a pixel: the filter alone over 3 × 3 pixels, no matter how the disc is tilted.
void addSmall(Place place, vec3 loss, vec2 variance) {
    ivec2 middle = ivec2(floor(place.centre)) - frame.tile.xy;
    if (!isInBox(middle)) return;
    if (!skinAt(place, place.centre, depthToleranceMm(place, 1.0))) return;
    vec2 offset = place.centre - vec2(middle + frame.tile.xy) - 0.5;
    variance += frame.viewForward.w;
    vec3 wx = threeWeights(offset.x, variance.x), wy = threeWeights(offset.y, variance.y);
    float left = 1.0;
    for (int y = -1; y <= 1; ++y)
        for (int x = -1; x <= 1; ++x) {
            float weight = wx[x + 1] * wy[y + 1];
            ivec2 pixel = middle + ivec2(x, y);
            // What is too little for an atomic of its own stays in the middle.
            if ((x == 0 && y == 0) || weight < kLeastWeight || !isInBox(pixel)) continue;
            left -= weight;
            addFineLoss(sumIndex(pixel), loss * weight);
        }
    addFineLoss(sumIndex(middle), loss * left);
}

void main() {
    uint index;
    if (!findRecord(index)) return;
    Place place;
    if (!findPlaceOf(index, place)) return;
    vec3 covariance = discCovariance(place);
    vec4 merged = gaussianOf(dots[index].merged);
    vec3 c = covariance * (merged.w * merged.w);
    vec3 loss = merged.rgb * (2.0 * kPi * sqrt(max(c.x * c.z - c.y * c.y, 0.0)));
    float variance = max(c.x, c.z), largest = max(abs(loss.r), max(abs(loss.g), abs(loss.b)));
    float leftOut = largest * exp(-0.5 * 1.5 * 1.5 / (variance + frame.viewForward.w));
    bool ofSeveral = index >= dotCount;  // chosen because a pixel cannot tell them apart
    if (ofSeveral || (variance < kSmallSigma * kSmallSigma && leftOut < kLeftOut)) {
        addSmall(place, loss, c.xz);
        return;
    }
    // Merging halves a sigma at most (engine/render/splats.cpp).
    vec2 reach = 2.0 * kReach * sqrt(c.xz) + 8.0 * float(kCell);
    vec2 inTarget = place.centre - vec2(frame.tile.xy);
    if (any(lessThan(inTarget, -reach)) || any(greaterThan(inTarget, vec2(frame.size.xy) + reach))) return;
    uint slot = atomicAdd(wideCount, 1u);
    wideDots[slot] = index;
    if (slot % STUBBLE_SPLAT_GROUP == 0) atomicAdd(wideGroups[0], 1u);
}
