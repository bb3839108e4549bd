// After Bowers, Wang, Wei and Maletz, "Parallel Poisson disk sampling with spectrum analysis on surfaces",
// 2010 (distances of pairs stand for spectra on surfaces), and Steinhardt, Nelson and Ronchetti,
// "Bond-orientational order in liquids and glasses", 1983 (order by neighbours' directions).
#include "engine/geometry/pair_statistics.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <vector>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/geometry/surface_probes.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxCentres = 100'000;
/// Probes: 20 a sample for few samples, so that they add little to chance; for many, few are enough.
constexpr std::size_t kProbesASample = 20, kMaxProbes = 200'000;
constexpr std::size_t kBlocks = 256;  ///< fixed, so that sums have one order

struct Counts {
    std::array<double, PairStatistics::kBins> pairs{};
    std::array<double, PairStatistics::kDirections> near{};
    std::complex<double> order6, order4;
    double orderSquares = 0;
    std::size_t ordered = 0;

    void add(const Counts& other) {
        for (std::size_t k = 0; k < pairs.size(); ++k) pairs[k] += other.pairs[k];
        for (std::size_t k = 0; k < near.size(); ++k) near[k] += other.near[k];
        order6 += other.order6, order4 += other.order4;
        orderSquares += other.orderSquares;
        ordered += other.ordered;
    }
};

/// Runs body(i, counts) for all i of [0, count) and adds up in one order.
template <typename Body>
Counts countInBlocks(std::size_t count, const Body& body) {
    std::vector<Counts> blocks(kBlocks);
    parallelFor(
        kBlocks,
        [&](std::size_t block) {
            for (std::size_t i = count * block / kBlocks; i < count * (block + 1) / kBlocks; ++i)
                body(i, blocks[block]);
        },
        1);
    Counts all;
    for (const Counts& block : blocks) all.add(block);
    return all;
}

/// Unit direction of a step in the tangent plane as x + iy: x along world x projected into the plane, or
/// along z where x stands on it. `normal` need not be unit.
std::complex<float> directionOf(glm::vec3 step, glm::vec3 normal) {
    const glm::vec3 n = glm::normalize(normal);
    const glm::vec3 reference = std::abs(n.x) < 0.9f ? glm::vec3(1, 0, 0) : glm::vec3(0, 0, 1);
    const glm::vec3 y = glm::cross(n, reference), x = glm::cross(y, n);  // of equal length
    const std::complex<float> direction(glm::dot(step, x), glm::dot(step, y));
    const float length = std::abs(direction);
    return length > 0 ? direction / length : 1;
}

std::size_t directionBin(std::complex<float> direction) {
    const float turn = std::arg(direction) / kPi + 1;  // 0 to 2, and opposite directions are one
    return static_cast<std::size_t>(turn * PairStatistics::kDirections) % PairStatistics::kDirections;
}

/// Spacings are in the tree's order. Where they vary, the density at a probe is that of the spacing of its
/// nearest sample, and 0 farther from it than that.
PairStatistics measurePairs(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                            const OrientedTree& samples, std::span<const float> spacingsMm, bool vary) {
    using S = PairStatistics;
    PairStatistics result;
    const std::size_t count = samples.size();
    const std::vector<SurfaceProbe> probes =
        surfaceProbes(mesh, triangles, std::min(kProbesASample * count, kMaxProbes));
    if (count < 2 || probes.empty()) return result;
    constexpr float kNear2 = static_cast<float>(S::kNear * S::kNear);
    constexpr auto kReach = static_cast<float>(S::kBins * S::kBinWidth);
    constexpr auto kBinsASpacing = static_cast<float>(1 / S::kBinWidth);
    const float largestMm = *std::max_element(spacingsMm.begin(), spacingsMm.end());
    double areaMm2 = 0;
    for (const std::uint32_t t : triangles) areaMm2 += triangleAreaMm2(mesh, t);
    const auto binOf = [](float relative2) {
        return static_cast<std::size_t>(std::sqrt(relative2) * kBinsASpacing);
    };

    // The tree's order is local, so every so manieth is an even choice.
    const std::size_t stride = (count + kMaxCentres - 1) / kMaxCentres;
    const Counts found = countInBlocks(count, [&](std::size_t i, Counts& counts) {
        const glm::vec3 p = samples.positionMm(i), n = samples.normal(i);
        const bool centre = i % stride == 0;
        std::complex<float> psi6, psi4;
        int neighbours = 0;
        const float spacing = spacingsMm[i];
        const float reach = (centre ? kReach : static_cast<float>(S::kNear)) * spacing;
        samples.visitWithin(p, reach, [&](std::size_t j, float squared) {
            const float relative2 = squared / (spacing * spacing);
            const glm::vec3 step = samples.positionMm(j) - p;
            if (j == i || !shareSide(step, n, samples.normal(j))) return;
            if (const std::size_t bin = binOf(relative2); centre && bin < S::kBins) ++counts.pairs[bin];
            if (relative2 > kNear2) return;
            const std::complex<float> direction = directionOf(step, n + samples.normal(j));
            const auto square = direction * direction, fourth = square * square;
            psi4 += fourth, psi6 += fourth * square;
            ++neighbours;
            if (j > i) ++counts.near[directionBin(direction)];
        });
        if (neighbours == 0) return;
        const std::complex<double> mean6(psi6 / static_cast<float>(neighbours)),
            mean4(psi4 / static_cast<float>(neighbours));
        counts.order6 += mean6, counts.order4 += mean4;
        counts.orderSquares += 0.5 * (std::norm(mean6) + std::norm(mean4));
        ++counts.ordered;
    });
    const Counts expected = countInBlocks(probes.size(), [&](std::size_t i, Counts& counts) {
        const SurfaceProbe& probe = probes[i];
        double weight = 1;
        if (vary) {
            const auto nearest = samples.nearest(probe.positionMm, [&](std::size_t j, glm::vec3 step) {
                return shareSide(step, probe.normal, samples.normal(j));
            });
            if (nearest.i == OrientedTree::kNone) return;
            const double spacing = spacingsMm[nearest.i];
            if (nearest.squaredMm2 > spacing * spacing) return;
            weight = 2 / (std::sqrt(3.0) * spacing * spacing) * areaMm2 / static_cast<double>(count - 1);
        }
        samples.visitWithin(probe.positionMm, kReach * largestMm, [&](std::size_t j, float squared) {
            const float relative2 = squared / (spacingsMm[j] * spacingsMm[j]);
            if (relative2 > kReach * kReach) return;
            const glm::vec3 step = samples.positionMm(j) - probe.positionMm;
            if (!shareSide(step, probe.normal, samples.normal(j))) return;
            if (const std::size_t bin = binOf(relative2); bin < S::kBins) counts.pairs[bin] += weight;
            if (relative2 <= kNear2)
                counts.near[directionBin(directionOf(step, probe.normal + samples.normal(j)))] += weight;
        });
    });

    // A centre expects count − 1 others where the probes see `probes` of them.
    const double centres = static_cast<double>((count + stride - 1) / stride);
    const double scale = centres / static_cast<double>(count) * static_cast<double>(count - 1) /
                         static_cast<double>(probes.size());
    for (std::size_t k = 0; k < S::kBins; ++k) {
        if (expected.pairs[k] == 0) continue;
        result.correlation[k] = found.pairs[k] / (scale * expected.pairs[k]);
        // With every sample a centre each pair counts twice.
        result.chance[k] =
            std::sqrt((stride == 1 ? 2 : 1) / (scale * expected.pairs[k]) + 1 / expected.pairs[k]);
    }
    double near = 0, nearExpected = 0;
    for (std::size_t k = 0; k < S::kDirections; ++k) near += found.near[k], nearExpected += expected.near[k];
    result.nearPairs = static_cast<std::size_t>(near);
    if (near > 0 && nearExpected > 0) {
        for (std::size_t k = 0; k < S::kDirections; ++k) {
            result.directions[k] =
                expected.near[k] > 0 ? found.near[k] / near / (expected.near[k] / nearExpected) : 0;
            result.anisotropy = std::max(result.anisotropy, std::abs(result.directions[k] - 1));
        }
        result.anisotropyChance = std::sqrt((S::kDirections - 1) * (1 / near + 1 / nearExpected));
    }
    if (found.ordered > 0) {
        const auto ordered = static_cast<double>(found.ordered);
        result.hexagonalOrder = std::abs(found.order6) / ordered;
        result.squareOrder = std::abs(found.order4) / ordered;
        // Each pair counts at both of its ends, with the same angle but for half a turn.
        result.orderChance = std::sqrt(2 * found.orderSquares) / ordered;
    }
    return result;
}

}  // namespace

double PairStatistics::peak() const {
    constexpr std::size_t kRing = 14;  // 0.7 ÷ kBinWidth
    const bool certain = chance[kRing] > 0 && chance[kRing] < 0.1;
    // Nearer bins are thinner; a true peak there is far above what chance can do to them.
    double best = 0;
    for (std::size_t k = 0; k < kBins; ++k)
        if (chance[k] < 0.1 || correlation[k] > 1 + 4 * chance[k]) best = std::max(best, correlation[k]);
    return certain ? best : std::numeric_limits<double>::quiet_NaN();
}

double PairStatistics::peakAt() const {
    const auto found = std::ranges::find(correlation, peak());
    return found == correlation.end() ? std::numeric_limits<double>::quiet_NaN()
                                      : (static_cast<double>(found - correlation.begin()) + 0.5) * kBinWidth;
}

PairStatistics pairStatistics(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                              const OrientedTree& samples, float spacingMm) {
    return measurePairs(mesh, triangles, samples, std::vector<float>(samples.size(), spacingMm), false);
}

PairStatistics pairStatistics(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                              const OrientedTree& samples, std::span<const float> spacingsMm) {
    std::vector<float> inTreeOrder(samples.size());
    for (std::size_t i = 0; i < inTreeOrder.size(); ++i) inTreeOrder[i] = spacingsMm[samples.given(i)];
    return measurePairs(mesh, triangles, samples, inTreeOrder, true);
}

}  // namespace stubble
