// Hairs above the skin, much like dots in it (small.comp, wide.comp), but they stand up and hide shine.
#include "dots/project.glsl"

layout(local_size_x = 64) in;
layout(std430, binding = 1) readonly buffer Rods { Rod rods[]; };
layout(location = 0) uniform uint rodCount;

void main() {
    uint index = gl_GlobalInvocationID.x;
    if (index >= rodCount) return;
    Rod rod = rods[index];
    Place place;
    if (!findPlace(rod.positionMm.xyz, rod.normal.xyz, place)) return;
    float round = rod.positionMm.w, axial = rod.axis.w;
    vec2 along = vec2(dot(place.gradientX, rod.axis.xyz), dot(place.gradientY, rod.axis.xyz));
    vec3 c = round * vec3(dot(place.gradientX, place.gradientX), dot(place.gradientX, place.gradientY),
                          dot(place.gradientY, place.gradientY)) +
             axial * vec3(along.x * along.x, along.x * along.y, along.y * along.y);
    float areaPixels = 2.0 * kPi * sqrt(max(c.x * c.z - c.y * c.y, 0.0));
    if (areaPixels <= 0.0) return;

    // The narrow axis decides: a thin hair across the picture stays fine.
    bool coarse = narrowOf(c) > STUBBLE_COARSE_FROM_SIGMA * STUBBLE_COARSE_FROM_SIGMA;
    float scale = coarse ? 1.0 / float(kCell) : 1.0;
    c = filteredCovariance(c, coarse);
    vec2 centre = place.centre * scale;
    ivec2 gridSize = gridSizeOf(coarse);
    vec2 reach = kReach * sqrt(c.xz);
    ivec2 from = max(ivec2(floor(centre - reach)), ivec2(0)), to = min(ivec2(floor(centre + reach)), gridSize - 1);
    vec3 inverse = inverseOf(c);
    vec4 loss = rod.peakLoss * (areaPixels * scale * scale / (weightSum(c, centre) * kKept));
    float toleranceMm = rod.normal.w + depthToleranceMm(place, 1.0 / scale);
    for (int y = from.y; y <= to.y; ++y) {
        for (int x = from.x; x <= to.x; ++x) {
            vec2 at = vec2(x, y) + 0.5;
            float weight = gaussian(inverse, at - centre);
            if (weight < 1.0 - kKept) continue;
            if (!skinAt(place, at / scale, toleranceMm)) continue;
            int cell = y * gridSize.x + x;
            if (coarse) {
                addCoarseLoss(cell, loss.rgb * weight);
            } else {
                addFineLoss(cell, loss.rgb * weight);
                addHiddenShine(cell, loss.a * weight);
            }
        }
    }
}
