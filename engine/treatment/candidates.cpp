#include "engine/treatment/candidates.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace stubble {
namespace {

/// Of the deviates; part of what a seed means: never reorder.
enum Stream : std::uint64_t { diameter = 1, depth, load };

std::int16_t deviate(std::uint64_t seed, Stream stream, std::size_t rank) {
    const float normal = normalDeviate(unitFloat(hashCounters(seed, stream, 2 * rank)),
                                       unitFloat(hashCounters(seed, stream, 2 * rank + 1)));
    return static_cast<std::int16_t>(
        std::lround(std::clamp(normal, -kMaxDeviates, kMaxDeviates) / kDeviateUnit));
}

std::vector<glm::vec3> placesOf(const Head& head, std::span<const SurfacePoint> points) {
    std::vector<glm::vec3> placesMm(points.size());
    parallelFor(points.size(), [&](std::size_t i) { placesMm[i] = positionMmAt(head.mesh, points[i]); });
    return placesMm;
}

}  // namespace

std::vector<std::uint32_t> craniumTriangles(const Head& head) {
    std::vector<std::uint32_t> triangles;
    for (std::uint32_t i = 0; i < head.mesh.triangles.size(); ++i) {
        const glm::uvec3 t = head.mesh.triangles[i];
        if (head.craniumMask[t.x] > 0 || head.craniumMask[t.y] > 0 || head.craniumMask[t.z] > 0)
            triangles.push_back(i);
    }
    return triangles;
}

Result<std::vector<SurfacePoint>> sampleCandidates(const Head& head, std::uint64_t seed,
                                                   float densityPerCm2) {
    if (head.craniumMask.size() != head.mesh.positionsMm.size())
        return fail(ExitCode::badInput, "candidates: {} values of the cranium's mask for {} vertices",
                    head.craniumMask.size(), head.mesh.positionsMm.size());
    const std::vector<std::uint32_t> triangles = craniumTriangles(head);
    if (triangles.empty())
        return fail(ExitCode::badInput, "head \"{}\": has no skin of the cranium", head.name);
    double areaMm2 = 0;
    for (const std::uint32_t i : triangles) areaMm2 += triangleAreaMm2(head.mesh, i);
    BlueNoiseOptions options;
    options.seed = seed;
    options.count = static_cast<std::size_t>(std::llround(areaMm2 / 100 * densityPerCm2));
    options.triangles = triangles;
    STUBBLE_TRY(BlueNoise noise, sampleBlueNoise(head.mesh, options));
    return std::move(noise.points);
}

CandidateSet::CandidateSet(const Head& head, std::vector<SurfacePoint> points, std::uint64_t seedOfDeviates)
    : seed(seedOfDeviates),
      ranked(std::move(points)),
      deviates(ranked.size()),
      plan(PlaceTree::plan(placesOf(head, ranked))) {
    parallelFor(ranked.size(), [&](std::size_t i) {
        deviates[i] = {deviate(seed, diameter, i), deviate(seed, depth, i), deviate(seed, load, i)};
    });
}

Candidates::Candidates(const Head& head, CandidateSet set)
    : points(std::move(set.ranked)),
      positionsMm(placesOf(head, points)),
      normals(points.size()),
      deviates(std::move(set.deviates)),
      seed(set.seed),
      region(head.mesh, craniumTriangles(head)),
      tree(positionsMm, std::move(set.plan)) {
    parallelFor(size(), [&](std::size_t i) { normals[i] = normalAt(head.mesh, points[i]); });
}

}  // namespace stubble
