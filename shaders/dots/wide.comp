// Dots in the skin that small.comp has listed: the sum of their Gaussians over one footprint. One program, with
// STUBBLE_COARSE 0, takes those Gaussians that go to the fine sums, another, with 1, those that go to the coarse ones.
#include "dots/dot.glsl"

#include "shared/splat_groups.h"

layout(local_size_x = STUBBLE_SPLAT_GROUP) in;

const bool coarse = STUBBLE_COARSE == 1;
layout(std430, binding = 7) readonly buffer Lobes { DotLobes dotLobes[]; };

void addGaussians(Place place, uint index, vec3 unitCovariance) {
    float unitNarrow = narrowOf(unitCovariance), scale = coarse ? 1.0 / float(kCell) : 1.0;
    vec2 centre = place.centre * scale, reach = vec2(0.0);
    vec3 inverses[STUBBLE_CORE_LOBES], losses[STUBBLE_CORE_LOBES];
    vec3 largest = vec3(0.0);
    for (int i = 0; i < STUBBLE_CORE_LOBES; ++i) {
        vec4 lobe = gaussianOf(dotLobes[index].gaussians[i]);
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

    // Fine sums are kept for the head's box, coarse ones for all of the target; both counted in the picture.
    ivec2 gridSize = gridSizeOf(coarse), corner = coarse ? frame.tile.xy / kCell : frame.tile.xy + frame.box.xy;
    ivec2 from = max(ivec2(floor(centre - reach)), corner), to = min(ivec2(floor(centre + reach)), corner + gridSize - 1);
    float toleranceMm = depthToleranceMm(place, 1.0 / scale);
    for (int y = from.y; y <= to.y; ++y) {
        for (int x = from.x; x <= to.x; ++x) {
            vec2 at = vec2(x, y) + 0.5;
            vec3 loss = vec3(0.0);
            for (int i = 0; i < STUBBLE_CORE_LOBES; ++i) loss += losses[i] * gaussian(inverses[i], at - centre);
            if (max(abs(loss.r), max(abs(loss.g), abs(loss.b))) < least) continue;
            if (!skinAt(place, at / scale, toleranceMm)) continue;
            int index = (y - corner.y) * gridSize.x + x - corner.x;
            if (coarse) addCoarseLoss(index, loss);
            else addFineLoss(index, loss);
        }
    }
}

void main() {
    if (gl_GlobalInvocationID.x >= wideCount) return;
    uint index = wideDots[gl_GlobalInvocationID.x];
    Place place;
    if (!findPlaceOf(index, place)) return;
    addGaussians(place, index, discCovariance(place));
}
