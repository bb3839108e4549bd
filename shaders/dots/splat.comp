// Sub-pixel specks by integer atomics: each Gaussian in space is projected to a Gaussian on the screen and convolved
// with the pixel filter in closed form (Zwicker et al., "EWA splatting", 2002), summed in fixed point so that the order
// does not matter (cf. Schütz et al., "Rendering point clouds with compute shaders", 2021).
#include "common/frame.glsl"
#include "shared/splat.h"

layout(local_size_x = 64) in;
layout(std430, binding = 1) readonly buffer Splats { Splat splats[]; };
layout(std430, binding = 2) buffer FineLoss { uint fineLoss[]; };      // 4 a pixel: RGB loss, hidden shine
layout(std430, binding = 3) buffer CoarseLoss { uint coarseLoss[]; };  // 3 a cell of kCell × kCell pixels
layout(binding = 2) uniform sampler2D depthMmMap;
layout(location = 0) uniform uint splatCount;

const int kCell = 4;
const float kCoarseFromSigma = 4.0;  // pixels; wider specks go to the coarse grid
const float kReach = 3.2;            // standard deviations

void main() {
    uint index = gl_GlobalInvocationID.x;
    if (index >= splatCount) return;
    Splat splat = splats[index];
    vec3 fromEye = splat.positionMm.xyz - frame.eyeMm.xyz;
    vec3 normal = splat.normal.xyz;
    float planeOffset = dot(normal, fromEye);
    if (planeOffset > -0.03 * length(fromEye)) return;  // seen from behind or edge on
    float depthMm = dot(fromEye, frame.viewForward.xyz);
    if (depthMm < 1.0) return;

    float focal = frame.eyeMm.w;
    vec2 slope = vec2(dot(fromEye, frame.viewRight.xyz), dot(fromEye, frame.viewUp.xyz)) / depthMm;
    vec2 centre = slope * focal + vec2(frame.viewRight.w, frame.viewUp.w);
    // Gradient of the pixel position by the position in space.
    vec3 gradientX = (frame.viewRight.xyz - frame.viewForward.xyz * slope.x) * (focal / depthMm);
    vec3 gradientY = (frame.viewUp.xyz - frame.viewForward.xyz * slope.y) * (focal / depthMm);
    float round = splat.positionMm.w, axial = splat.axis.w;
    vec2 along = vec2(dot(gradientX, splat.axis.xyz), dot(gradientY, splat.axis.xyz));
    float xx = round * dot(gradientX, gradientX) + axial * along.x * along.x;
    float xy = round * dot(gradientX, gradientY) + axial * along.x * along.y;
    float yy = round * dot(gradientY, gradientY) + axial * along.y * along.y;
    float areaPixels = 2.0 * kPi * sqrt(max(xx * yy - xy * xy, 0.0));
    vec4 loss = splat.peakLoss * areaPixels;
    if (areaPixels <= 0.0) return;

    // The narrow axis decides: a thin hair across the picture stays fine.
    float narrow = 0.5 * (xx + yy) - length(vec2(0.5 * (xx - yy), xy));
    bool coarse = narrow > kCoarseFromSigma * kCoarseFromSigma;
    float scale = coarse ? 1.0 / float(kCell) : 1.0;
    // Reading the coarse grid with linear interpolation blurs by 1/6 cell² + itself again by the cell's box.
    float filterVariance = coarse ? -1.0 / 6.0 : frame.viewForward.w;
    float s2 = scale * scale;
    xx = xx * s2 + filterVariance, xy *= s2, yy = yy * s2 + filterVariance;
    centre *= scale;
    float determinant = xx * yy - xy * xy;
    vec3 inverse = vec3(yy, -xy, xx) / determinant;

    ivec2 gridSize = coarse ? (frame.size.xy + kCell - 1) / kCell : frame.size.xy;
    vec2 reach = kReach * sqrt(vec2(xx, yy));
    ivec2 from = ivec2(floor(centre - reach)), to = ivec2(floor(centre + reach));
    if (any(lessThan(to, ivec2(0))) || any(greaterThanEqual(from, gridSize))) return;

    // Weights are made to add up to one over the whole footprint, so that the loss is kept at any size and offset.
    float total = 0.0;
    if (determinant < 4.0) {
        for (int y = from.y; y <= to.y; ++y)
            for (int x = from.x; x <= to.x; ++x) {
                vec2 d = vec2(x, y) + 0.5 - centre;
                total += exp(-0.5 * (inverse.x * d.x * d.x + 2.0 * inverse.y * d.x * d.y + inverse.z * d.y * d.y));
            }
    } else {
        total = 2.0 * kPi * sqrt(determinant);
    }
    loss *= s2 / max(total, 1e-6);

    from = max(from, ivec2(0));
    to = min(to, gridSize - 1);
    float heightMm = splat.normal.w;
    float toleranceMm = 0.6 + heightMm + 1.5 * depthMm / (focal * scale) / max(-planeOffset / length(fromEye), 0.05);
    for (int y = from.y; y <= to.y; ++y) {
        for (int x = from.x; x <= to.x; ++x) {
            vec2 place = vec2(x, y) + 0.5;
            vec2 d = place - centre;
            float weight = exp(-0.5 * (inverse.x * d.x * d.x + 2.0 * inverse.y * d.x * d.y + inverse.z * d.y * d.y));
            if (weight < 0.004) continue;
            // The skin must be there: not an ear in front of it, nor the backdrop.
            vec2 pixel = place / scale;
            float skinMm = texelFetch(depthMmMap, min(ivec2(pixel), frame.size.xy - 1), 0).r;
            float expectedMm = planeOffset / min(dot(normal, rayThrough(pixel)), -1e-3);
            if (abs(skinMm - expectedMm) > toleranceMm) continue;
            uvec4 amount = uvec4(loss * weight * STUBBLE_LOSS_SCALE + 0.5);
            int cell = y * gridSize.x + x;
            if (coarse) {
                atomicAdd(coarseLoss[cell * 3], amount.r);
                atomicAdd(coarseLoss[cell * 3 + 1], amount.g);
                atomicAdd(coarseLoss[cell * 3 + 2], amount.b);
            } else {
                atomicAdd(fineLoss[cell * 4], amount.r);
                atomicAdd(fineLoss[cell * 4 + 1], amount.g);
                atomicAdd(fineLoss[cell * 4 + 2], amount.b);
                if (amount.a > 0u) atomicAdd(fineLoss[cell * 4 + 3], amount.a);
            }
        }
    }
}
