#include "engine/geometry/spread.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/parallel.h"

namespace stubble {

double hexagonalSpacing(double area, std::size_t count) {
    return std::sqrt(2 * area / (std::sqrt(3.0) * static_cast<double>(count)));
}

NearestDistances nearestDistances(const OrientedTree& samples) {
    NearestDistances result;
    result.mm.resize(samples.size());
    std::vector<float> straight(samples.size());
    parallelFor(samples.size(), [&](std::size_t i) {
        const glm::vec3 p = samples.positionMm(i), n = samples.normal(i);
        auto nearest = samples.nearest(p, [&](std::size_t j, glm::vec3) { return j != i; });
        straight[i] = nearest.squaredMm2;
        if (nearest.i != OrientedTree::kNone &&
            !shareSide(samples.positionMm(nearest.i) - p, n, samples.normal(nearest.i)))
            nearest = samples.nearest(p, [&](std::size_t j, glm::vec3 step) {
                return j != i && shareSide(step, n, samples.normal(j));
            });
        result.mm[samples.given(i)] = std::sqrt(nearest.squaredMm2);
    });
    constexpr float kInfinite = std::numeric_limits<float>::infinity();
    result.smallestMm = std::reduce(result.mm.begin(), result.mm.end(), kInfinite,
                                    [](float a, float b) { return std::min(a, b); });
    result.smallestStraightMm = std::sqrt(std::reduce(straight.begin(), straight.end(), kInfinite,
                                                      [](float a, float b) { return std::min(a, b); }));
    return result;
}

Quantiles quantilesOf(std::span<const float> values) {
    std::vector<float> sorted;
    sorted.reserve(values.size());
    std::ranges::copy_if(values, std::back_inserter(sorted), [](float v) { return std::isfinite(v); });
    if (sorted.empty()) return {};
    std::ranges::sort(sorted);
    const auto rank = [&](double share) {
        const double place = std::ceil(share * static_cast<double>(sorted.size()));
        return static_cast<double>(sorted[static_cast<std::size_t>(std::max(place, 1.0)) - 1]);
    };
    const double sum = std::accumulate(sorted.begin(), sorted.end(), 0.0);
    return {rank(0), rank(0.05), rank(0.5), rank(0.95), rank(1), sum / static_cast<double>(sorted.size())};
}

Spread measureSpread(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                     std::span<const glm::vec3> positionsMm, std::span<const glm::vec3> normals) {
    std::vector<std::uint32_t> all;
    if (triangles.empty()) {
        all.resize(mesh.triangles.size());
        std::iota(all.begin(), all.end(), 0u);
        triangles = all;
    }
    Spread spread;
    spread.count = positionsMm.size();
    for (const std::uint32_t t : triangles) spread.areaMm2 += triangleAreaMm2(mesh, t);
    spread.spacingMm = hexagonalSpacing(spread.areaMm2, spread.count);
    const OrientedTree tree(positionsMm, normals);
    const NearestDistances nearest = nearestDistances(tree);
    spread.nearestMm = quantilesOf(nearest.mm);
    spread.smallestMm = nearest.smallestMm;
    spread.smallestStraightMm = nearest.smallestStraightMm;
    spread.gap = largestGap(mesh, triangles, tree, static_cast<float>(spread.spacingMm));
    spread.pairs = pairStatistics(mesh, triangles, tree, static_cast<float>(spread.spacingMm));
    return spread;
}

}  // namespace stubble
