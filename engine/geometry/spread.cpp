#include "engine/geometry/spread.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr std::size_t kNeighbours = 12;
/// Distance to the third-nearest neighbour ÷ hexagonal spacing: 1 for the lattice, mean of even sets as
/// measured (tests/geometry/spread_test.cpp).
constexpr float kThirdNearest = 0.96f;

/// The nearest samples on the side of the i-th, nearest first, at most kNeighbours.
struct Neighbours {
    std::array<std::pair<float, std::uint32_t>, kNeighbours> found;  ///< squared distance, place in the tree
    std::size_t count = 0;
};

Neighbours neighboursOf(const OrientedTree& samples, std::size_t i) {
    Neighbours near;
    const glm::vec3 p = samples.positionMm(i), n = samples.normal(i);
    const auto first = samples.nearest(
        p, [&](std::size_t j, glm::vec3 step) { return j != i && shareSide(step, n, samples.normal(j)); });
    if (first.i == OrientedTree::kNone) return near;
    // Thrice the nearest distance holds them in even sets; coincident samples need a start.
    float radius = std::max(3 * std::sqrt(first.squaredMm2), 1e-6f);
    for (std::size_t seen = 0; near.count < kNeighbours && seen < samples.size(); radius *= 1.6f) {
        near.count = seen = 0;
        samples.visitWithin(p, radius, [&](std::size_t j, float squared) {
            ++seen;
            if (j == i || !shareSide(samples.positionMm(j) - p, n, samples.normal(j))) return;
            const std::pair<float, std::uint32_t> entry(squared, static_cast<std::uint32_t>(j));
            if (near.count == kNeighbours && entry >= near.found.back()) return;
            std::size_t k = near.count < kNeighbours ? near.count++ : kNeighbours - 1;
            for (; k > 0 && entry < near.found[k - 1]; --k) near.found[k] = near.found[k - 1];
            near.found[k] = entry;
        });
    }
    return near;
}

}  // namespace

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

std::vector<float> localSpacingsMm(const OrientedTree& samples) {
    std::vector<Neighbours> near(samples.size());
    std::vector<float> third(samples.size());
    parallelFor(near.size(), [&](std::size_t i) {
        near[i] = neighboursOf(samples, i);
        third[i] = near[i].count < 3 ? std::numeric_limits<float>::infinity()
                                     : std::sqrt(near[i].found[2].first) / kThirdNearest;
    });
    std::vector<float> spacings(samples.size());
    parallelFor(near.size(), [&](std::size_t i) {
        std::array<float, kNeighbours + 1> around;
        around[0] = third[i];
        for (std::size_t k = 0; k < near[i].count; ++k) around[k + 1] = third[near[i].found[k].second];
        const auto middle = around.begin() + static_cast<std::ptrdiff_t>(near[i].count / 2);
        std::nth_element(around.begin(), middle,
                         around.begin() + static_cast<std::ptrdiff_t>(near[i].count) + 1);
        spacings[samples.given(i)] = *middle;
    });
    return spacings;
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
