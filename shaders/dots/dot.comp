// Dots in the skin by integer atomics (cf. Schütz et al., "Rendering point clouds with compute shaders", 2021): one
// footprint a dot, 3 × 3 pixels where it is smaller than a pixel.
#include "dots/project.glsl"

layout(local_size_x = 64) in;
layout(std430, binding = 1) readonly buffer Dots { Dot dots[]; };
layout(location = 0) uniform uint dotCount;

// Sigma in pixels below which a pixel cannot tell a dot's Gaussians apart: behind the filter's half pixel, one Gaussian
// of the same second moment looks the same to a hundredth.
const float kSmallSigma = 0.3;
const float kLeastWeight = 1.0 / 100.0;

vec3 normalOf(uint bits) {
    vec2 p = unpackSnorm2x16(bits);
    vec3 n = vec3(p, 1.0 - abs(p.x) - abs(p.y));
    float fold = max(-n.z, 0.0);
    n.xy -= fold * vec2(n.x >= 0.0 ? 1.0 : -1.0, n.y >= 0.0 ? 1.0 : -1.0);
    return normalize(n);
}

// Linear RGB loss, sigma in mm.
vec4 gaussianOf(uvec2 bits) { return vec4(unpackHalf2x16(bits.x), unpackHalf2x16(bits.y)); }

// Weights of the three pixels around a place `offset` (±½) from the middle one's centre; they add up to one.
vec3 threeWeights(float offset, float variance) {
    vec3 d = vec3(-1.0, 0.0, 1.0) - offset;
    vec3 weights = exp(d * d * (-0.5 / variance));
    return weights / (weights.x + weights.y + weights.z);
}

// Much smaller than a pixel: the filter alone over 3 × 3 pixels, no matter how the disc is tilted.
void addSmall(Place place, vec3 loss, vec2 variance) {
    ivec2 middle = ivec2(floor(place.centre));
    if (any(lessThan(middle, ivec2(0))) || any(greaterThanEqual(middle, frame.size.xy))) return;
    if (!skinAt(place, place.centre, depthToleranceMm(place, 1.0))) return;
    vec2 offset = place.centre - vec2(middle) - 0.5;
    variance += frame.viewForward.w;
    vec3 wx = threeWeights(offset.x, variance.x), wy = threeWeights(offset.y, variance.y);
    float left = 1.0;
    for (int y = -1; y <= 1; ++y)
        for (int x = -1; x <= 1; ++x) {
            float weight = wx[x + 1] * wy[y + 1];
            ivec2 pixel = middle + ivec2(x, y);
            // What is too little for an atomic of its own stays in the middle.
            if ((x == 0 && y == 0) || weight < kLeastWeight || any(lessThan(pixel, ivec2(0))) ||
                any(greaterThanEqual(pixel, frame.size.xy)))
                continue;
            left -= weight;
            addFineLoss(pixel.y * frame.size.x + pixel.x, loss * weight);
        }
    addFineLoss(middle.y * frame.size.x + middle.x, loss * left);
}

// The sum of those Gaussians that go to the fine or the coarse sums.
void addGaussians(Place place, uint index, vec3 unitCovariance, bool coarse) {
    float unitNarrow = narrowOf(unitCovariance), scale = coarse ? 1.0 / float(kCell) : 1.0;
    vec2 centre = place.centre * scale, reach = vec2(0.0);
    vec3 inverses[STUBBLE_CORE_LOBES], losses[STUBBLE_CORE_LOBES];
    vec3 largest = vec3(0.0);
    for (int i = 0; i < STUBBLE_CORE_LOBES; ++i) {
        vec4 lobe = gaussianOf(dots[index].gaussians[1 + i]);
        float variance = lobe.w * lobe.w;
        losses[i] = vec3(0.0), inverses[i] = vec3(1.0, 0.0, 1.0);
        bool wide = variance * unitNarrow > STUBBLE_COARSE_FROM_SIGMA * STUBBLE_COARSE_FROM_SIGMA;
        if (variance <= 0.0 || wide != coarse) continue;
        vec3 c = unitCovariance * variance;
        float area = 2.0 * kPi * sqrt(max(c.x * c.z - c.y * c.y, 0.0)) * scale * scale;
        c = filteredCovariance(c, coarse);
        inverses[i] = inverseOf(c);
        losses[i] = lobe.rgb * (area / (weightSum(c, centre) * kKept));
        largest += abs(losses[i]);
        reach = max(reach, kReach * sqrt(c.xz));
    }
    float least = max(largest.r, max(largest.g, largest.b)) / 256.0;
    if (least <= 0.0) return;

    ivec2 gridSize = gridSizeOf(coarse);
    ivec2 from = max(ivec2(floor(centre - reach)), ivec2(0)), to = min(ivec2(floor(centre + reach)), gridSize - 1);
    float toleranceMm = depthToleranceMm(place, 1.0 / scale);
    for (int y = from.y; y <= to.y; ++y) {
        for (int x = from.x; x <= to.x; ++x) {
            vec2 at = vec2(x, y) + 0.5;
            vec3 loss = vec3(0.0);
            for (int i = 0; i < STUBBLE_CORE_LOBES; ++i) loss += losses[i] * gaussian(inverses[i], at - centre);
            if (max(abs(loss.r), max(abs(loss.g), abs(loss.b))) < least) continue;
            if (!skinAt(place, at / scale, toleranceMm)) continue;
            if (coarse) addCoarseLoss(y * gridSize.x + x, loss);
            else addFineLoss(y * gridSize.x + x, loss);
        }
    }
}

void main() {
    uint index = gl_GlobalInvocationID.x;
    if (index >= dotCount) return;
    uvec4 bits = dots[index].place;
    Place place;
    if (!findPlace(uintBitsToFloat(bits.xyz), normalOf(bits.w), place)) return;
    // Of a disc with a variance of 1 mm², pixel²/mm².
    vec2 alongNormal = vec2(dot(place.gradientX, place.normal), dot(place.gradientY, place.normal));
    vec3 covariance = vec3(dot(place.gradientX, place.gradientX) - alongNormal.x * alongNormal.x,
                           dot(place.gradientX, place.gradientY) - alongNormal.x * alongNormal.y,
                           dot(place.gradientY, place.gradientY) - alongNormal.y * alongNormal.y);
    vec4 merged = gaussianOf(dots[index].gaussians[0]);
    float variance = merged.w * merged.w;
    if (variance * max(covariance.x, covariance.z) < kSmallSigma * kSmallSigma) {
        vec3 c = covariance * variance;
        addSmall(place, merged.rgb * (2.0 * kPi * sqrt(max(c.x * c.z - c.y * c.y, 0.0))), c.xz);
    } else {
        addGaussians(place, index, covariance, false);
        addGaussians(place, index, covariance, true);
    }
}
