#include "engine/geometry/spread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/blue_noise.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

constexpr float kInfinite = std::numeric_limits<float>::infinity();

struct Samples {
    std::vector<glm::vec3> positionsMm, normals;
    void add(glm::vec3 p, glm::vec3 n) {
        positionsMm.push_back(p);
        normals.push_back(n);
    }
};

Spread spreadOf(const TriMesh& mesh, const Samples& s) {
    return measureSpread(mesh, {}, s.positionsMm, s.normals);
}

std::vector<std::uint32_t> allTriangles(const TriMesh& mesh) {
    std::vector<std::uint32_t> all(mesh.triangles.size());
    std::iota(all.begin(), all.end(), 0u);
    return all;
}

/// Rows of points along x at y = 0, shifted by half a step on every other row where hexagonal, that reach
/// `marginMm` beyond the square [0, sizeMm]². Turned by `turn` about the square's middle.
Samples lattice(float sizeMm, float stepMm, bool hexagonal, float marginMm, float turn = 0) {
    Samples s;
    const float row = hexagonal ? stepMm * std::sqrt(0.75f) : stepMm, half = sizeMm / 2;
    const int count = static_cast<int>(1.5f * (sizeMm + marginMm) / row);
    for (int j = -count; j <= count; ++j)
        for (int i = -count; i <= count; ++i) {
            const float x = (static_cast<float>(i) + (hexagonal && j % 2 != 0 ? 0.5f : 0.0f)) * stepMm;
            const float z = static_cast<float>(j) * row;
            const glm::vec3 p(half + x * std::cos(turn) - z * std::sin(turn), 0,
                              half + x * std::sin(turn) + z * std::cos(turn));
            if (std::max(std::abs(p.x - half), std::abs(p.z - half)) <= half + marginMm) s.add(p, {0, 1, 0});
        }
    return s;
}

/// Independent, uniform by area on every triangle's plane.
Samples randomPoints(const TriMesh& mesh, std::size_t count, std::uint64_t seed) {
    std::vector<double> areas;
    double sum = 0;
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t)
        areas.push_back(sum += triangleAreaMm2(mesh, t));
    Samples s;
    RandomStream random(seed);
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = std::upper_bound(areas.begin(), areas.end(), random.uniformDouble() * sum);
        const auto t = static_cast<std::uint32_t>(std::min(found, areas.end() - 1) - areas.begin());
        float u = random.uniform(), v = random.uniform();
        if (u + v > 1) u = 1 - u, v = 1 - v;
        const SurfacePoint point{t, {1 - u - v, u, v}};
        s.add(positionMmAt(mesh, point), normalAt(mesh, point));
    }
    return s;
}

Samples evenPoints(const TriMesh& mesh, std::size_t count, std::uint64_t seed = 1) {
    BlueNoiseOptions options;
    options.count = count;
    options.seed = seed;
    auto samples = sampleBlueNoise(mesh, options);
    if (!samples) throw std::runtime_error(samples.error().message);
    return {samples->positionsMm, samples->normals};
}

float farthestByProbes(const TriMesh& mesh, const Samples& s, std::size_t probes) {
    float farthest = 0;
    for (const glm::vec3& p : randomPoints(mesh, probes, 99).positionsMm) {
        float nearest = kInfinite;
        for (const glm::vec3& q : s.positionsMm) nearest = std::min(nearest, glm::distance(p, q));
        farthest = std::max(farthest, nearest);
    }
    return farthest;
}

TEST(OrientedTree, FindsWhatAllPairsFind) {
    const Samples s = randomPoints(makeEllipsoid(3, {10, 20, 15}), 700, 3);
    const OrientedTree tree(s.positionsMm, s.normals);
    ASSERT_EQ(tree.size(), 700u);
    for (const glm::vec3 centre : {glm::vec3(10, 0, 0), glm::vec3(0, 0, 0), glm::vec3(300, 5, 5)}) {
        for (const float radius : {0.0f, 8.0f, 14.0f, 295.0f}) {
            std::vector<std::uint32_t> found, expected;
            tree.visitWithin(centre, radius, [&](std::size_t i, float squared) {
                EXPECT_LE(squared, radius * radius);
                EXPECT_EQ(tree.normal(i), s.normals[tree.given(i)]);
                found.push_back(tree.given(i));
            });
            for (std::uint32_t i = 0; i < 700; ++i) {
                const glm::vec3 step = s.positionsMm[i] - centre;
                if (glm::dot(step, step) <= radius * radius) expected.push_back(i);
            }
            EXPECT_THAT(found, testing::UnorderedElementsAreArray(expected));
        }
        const auto odd =
            tree.nearest(centre, [&](std::size_t i, glm::vec3) { return tree.given(i) % 2 == 1; });
        std::uint32_t best = 1;
        for (std::uint32_t i = 1; i < 700; i += 2)
            if (glm::distance(s.positionsMm[i], centre) < glm::distance(s.positionsMm[best], centre))
                best = i;
        EXPECT_EQ(tree.given(odd.i), best);
    }
    const OrientedTree empty({}, {});
    EXPECT_EQ(empty.nearest({0, 0, 0}, [](std::size_t, glm::vec3) { return true; }).i, OrientedTree::kNone);
}

TEST(ShareSide, TellsTheSidesOfASheetAndOfAFold) {
    const glm::vec3 up(0, 1, 0), down(0, -1, 0), left(-1, 0, 0);
    EXPECT_TRUE(shareSide({1, 0, 0}, up, up));
    EXPECT_TRUE(shareSide({1, 1.4f, 0}, up, up));
    EXPECT_FALSE(shareSide({1, 1.5f, 0}, up, up));  // steeper than 55°
    EXPECT_FALSE(shareSide({1, 0, 0}, up, down));   // opposite
    EXPECT_TRUE(shareSide({1, 1, 0}, left, up));    // over a ridge of 90°
    EXPECT_FALSE(shareSide({1, -1, 0}, left, up));  // one stands straight above the other
    EXPECT_TRUE(shareSide({0, 0, 0}, up, up));
}

TEST(NearestDistances, AreThoseOfAllPairs) {
    const TriMesh sheet = makeSheet(30, 2, 0.4f);
    const Samples s = randomPoints(sheet, 900, 5);
    const NearestDistances nearest = nearestDistances(OrientedTree(s.positionsMm, s.normals));
    float smallest = kInfinite, straight = kInfinite;
    for (std::size_t i = 0; i < 900; ++i) {
        float own = kInfinite;
        for (std::size_t j = 0; j < 900; ++j) {
            if (i == j) continue;
            const float distance = glm::distance(s.positionsMm[i], s.positionsMm[j]);
            straight = std::min(straight, distance);
            if (s.normals[i] == s.normals[j]) own = std::min(own, distance);
        }
        EXPECT_FLOAT_EQ(nearest.mm[i], own);
        smallest = std::min(smallest, own);
    }
    EXPECT_FLOAT_EQ(nearest.smallestMm, smallest);
    EXPECT_FLOAT_EQ(nearest.smallestStraightMm, straight);
}

TEST(NearestDistances, OfFewOrCoincidentSamples) {
    const std::vector<glm::vec3> one = {{1, 2, 3}}, up = {{0, 1, 0}};
    EXPECT_EQ(nearestDistances(OrientedTree({}, {})).smallestMm, kInfinite);
    EXPECT_EQ(nearestDistances(OrientedTree(one, up)).mm[0], kInfinite);
    const std::vector<glm::vec3> twice(100, {1, 2, 3}), normals(100, {0, 1, 0});
    EXPECT_EQ(nearestDistances(OrientedTree(twice, normals)).smallestMm, 0);
}

TEST(Quantiles, AreNearestRanksOfFiniteValues) {
    std::vector<float> values = {kInfinite};
    for (int i = 100; i >= 1; --i) values.push_back(static_cast<float>(i));
    const Quantiles q = quantilesOf(values);
    EXPECT_EQ(q.min, 1);
    EXPECT_EQ(q.fifth, 5);
    EXPECT_EQ(q.median, 50);
    EXPECT_EQ(q.ninetyFifth, 95);
    EXPECT_EQ(q.max, 100);
    EXPECT_EQ(q.mean, 50.5);
    EXPECT_EQ(quantilesOf(std::vector<float>{kInfinite}).max, 0);
}

TEST(LargestGap, OfLatticesIsKnown) {
    for (const std::uint32_t cells : {1u, 7u, 60u}) {
        const TriMesh square = makeSquare(40, cells);
        const auto gapOf = [&](const Samples& s) {
            return largestGap(square, allTriangles(square), OrientedTree(s.positionsMm, s.normals), 1);
        };
        for (const float turn : {0.0f, 0.2f}) {
            const SurfaceGap hexagonal = gapOf(lattice(40, 1, true, 2, turn));
            EXPECT_NEAR(hexagonal.largestMm, 1 / std::sqrt(3.0f), 0.0101) << cells;
            EXPECT_GE(hexagonal.boundMm * 1.00001f, 1 / std::sqrt(3.0f));
            EXPECT_LE(hexagonal.boundMm, hexagonal.largestMm + 0.01001f);
            const SurfaceGap squares = gapOf(lattice(40, 1, false, 2, turn));
            EXPECT_NEAR(squares.largestMm, std::sqrt(0.5f), 0.0101);
        }
    }
}

TEST(LargestGap, FindsOneMissingSample) {
    const TriMesh square = makeSquare(40, 13);
    Samples s = lattice(40, 1, true, 2);
    const OrientedTree full(s.positionsMm, s.normals);
    const auto taken =
        full.given(full.nearest({11.2f, 0, 27.9f}, [](std::size_t, glm::vec3) { return true; }).i);
    const glm::vec3 hole = s.positionsMm[taken];
    s.positionsMm.erase(s.positionsMm.begin() + taken);
    s.normals.erase(s.normals.begin() + taken);
    const SurfaceGap gap =
        largestGap(square, allTriangles(square), OrientedTree(s.positionsMm, s.normals), 1);
    EXPECT_NEAR(gap.largestMm, 1, 0.0101);
    EXPECT_LT(glm::distance(gap.atMm, hole), 0.02f);
    EXPECT_GE(gap.boundMm * 1.00001f, 1);
}

TEST(LargestGap, BoundsWhatProbesFindOnCurvedAndSharpMeshes) {
    TriMesh cube;  // 12 large triangles whose smooth normals lean by up to 55° from the faces
    for (int k = 0; k < 8; ++k) cube.positionsMm.emplace_back(20 * (k & 1), 20 * (k >> 1 & 1), 20 * (k >> 2));
    cube.triangles = {{0, 4, 6}, {0, 6, 2}, {1, 3, 7}, {1, 7, 5}, {0, 1, 5}, {0, 5, 4},
                      {2, 6, 7}, {2, 7, 3}, {0, 2, 3}, {0, 3, 1}, {4, 5, 7}, {4, 7, 6}};
    computeNormals(cube);
    for (const TriMesh& mesh : {makeEllipsoid(4, {10, 14, 12}), makeEllipsoid(0, {10, 14, 12}), cube}) {
        const double d = hexagonalSpacing(areaMm2(mesh), 800);
        const Samples s = randomPoints(mesh, 800, 7);
        const SurfaceGap gap = largestGap(mesh, allTriangles(mesh), OrientedTree(s.positionsMm, s.normals),
                                          static_cast<float>(d));
        const float probed = farthestByProbes(mesh, s, 40'000);
        EXPECT_GE(gap.boundMm, probed);
        EXPECT_LE(gap.boundMm, gap.largestMm + 0.0101 * d);
        EXPECT_NEAR(gap.largestMm, probed, 0.06 * d);
        // It is where it is said to be.
        float nearest = kInfinite;
        for (const glm::vec3& q : s.positionsMm) nearest = std::min(nearest, glm::distance(q, gap.atMm));
        EXPECT_NEAR(nearest, gap.largestMm, 1e-4);
    }
}

TEST(LargestGap, SidesOfASheetDoNotFillEachOther) {
    const TriMesh sheet = makeSheet(40, 4, 0.3f);
    Samples s = lattice(40, 1, true, 2);
    for (glm::vec3& p : s.positionsMm) p.y = 0.3f;  // the side that looks up
    for (const glm::vec3& p : lattice(40, 3, true, 6).positionsMm) s.add(p, {0, -1, 0});
    const OrientedTree tree(s.positionsMm, s.normals);
    EXPECT_NEAR(largestGap(sheet, allTriangles(sheet), tree, 1).largestMm, std::sqrt(3.0f), 0.0101);
    std::vector<std::uint32_t> upper(32);
    std::iota(upper.begin(), upper.end(), 0u);
    EXPECT_NEAR(largestGap(sheet, upper, tree, 1).largestMm, 1 / std::sqrt(3.0f), 0.0101);
}

TEST(LargestGap, IsLargeOrInfiniteWhereThereAreFewSamplesOrNone) {
    const TriMesh square = makeSquare(40, 4);
    Samples s;
    s.add({10, 0, 10}, {0, 1, 0});
    const auto gap = [&](float spacingMm) {
        return largestGap(square, allTriangles(square), OrientedTree(s.positionsMm, s.normals), spacingMm);
    };
    EXPECT_NEAR(gap(1).largestMm, std::sqrt(1800.0f), 0.01);
    EXPECT_NEAR(gap(40).largestMm, std::sqrt(1800.0f), 0.4);
    s.normals[0] = {0, -1, 0};
    EXPECT_EQ(gap(1).largestMm, kInfinite);
    EXPECT_EQ(largestGap(square, allTriangles(square), OrientedTree({}, {}), 1).largestMm, kInfinite);
    EXPECT_EQ(largestGap(square, {}, OrientedTree({}, {}), 1).largestMm, 0);
}

TEST(PairStatistics, OfAHexagonalLattice) {
    const Samples s = lattice(60, 1, true, 0);
    const Spread spread = spreadOf(makeSquare(60, 3), s);
    EXPECT_NEAR(spread.relativeSmallest(), 1, 0.01);  // 60 mm is no whole number of rows
    EXPECT_NEAR(spread.nearestMm.median, 1, 1e-4);
    // 6 neighbours at d, 6 at √3 d; the bins that hold them expect 2π·r·0.05·2/√3 each.
    EXPECT_NEAR(spread.pairs.correlation[19] + spread.pairs.correlation[20], 6 / (2 * kPi * 0.05 * 1.1547),
                1);
    for (const int gap : {0, 10, 17, 24, 28, 31})  // between 0, 1 and √3
        EXPECT_EQ(spread.pairs.correlation[static_cast<std::size_t>(gap)], 0) << gap;
    EXPECT_GT(spread.pairs.peak(), 8);
    EXPECT_GT(spread.pairs.hexagonalOrder, 0.9);
    EXPECT_LT(spread.pairs.squareOrder, 0.1);
    EXPECT_GT(spread.pairs.anisotropy, 1);
}

TEST(PairStatistics, OfASquareLattice) {
    const Spread spread = spreadOf(makeSquare(60, 3), lattice(60, 1, false, 0, 0.3f));
    EXPECT_NEAR(spread.relativeSmallest(), std::sqrt(std::sqrt(0.75)), 0.01);
    EXPECT_GT(spread.pairs.squareOrder, 0.9);
    EXPECT_LT(spread.pairs.hexagonalOrder, 0.1);
}

TEST(PairStatistics, OfIndependentPointsIsOne) {
    // Borders, curvature, a thin sheet and large triangles must not show.
    for (const TriMesh& mesh : {makeSquare(60, 1), makeEllipsoid(4, {10, 25, 20}), makeSheet(40, 3, 0.3f),
                                makeEllipsoid(0, {25, 25, 25})}) {
        const Spread spread = spreadOf(mesh, randomPoints(mesh, 20'000, 11));
        double sum = 0, squares = 0;
        for (std::size_t k = 0; k < PairStatistics::kBins; ++k) {
            const double off = (spread.pairs.correlation[k] - 1) / spread.pairs.chance[k];
            EXPECT_LT(std::abs(off), 4.5) << k;
            sum += off, squares += off * off;
        }
        EXPECT_LT(std::abs(sum), 40);  // no bias: bins vary together in part, so this is no 9 = √80
        EXPECT_LT(squares, 160);
        EXPECT_LT(spread.pairs.anisotropy, 4.5 * spread.pairs.anisotropyChance);
        EXPECT_LT(spread.pairs.hexagonalOrder, 4 * spread.pairs.orderChance);
        EXPECT_LT(spread.pairs.squareOrder, 4 * spread.pairs.orderChance);
    }
}

TEST(PairStatistics, ChanceIsWhatSetsShow) {
    // Over many sets the directions of independent points deviate as anisotropyChance says.
    const TriMesh sphere = makeEllipsoid(3, glm::vec3(20));
    double squares = 0, orders = 0;
    constexpr int kSets = 40;
    for (int set = 0; set < kSets; ++set) {
        const Samples s = randomPoints(sphere, 2000, 100 + static_cast<std::uint64_t>(set));
        const PairStatistics pairs =
            pairStatistics(sphere, allTriangles(sphere), OrientedTree(s.positionsMm, s.normals), 1.7f);
        for (const double share : pairs.directions)
            squares += std::pow((share - 1) / pairs.anisotropyChance, 2) / (kSets * 12);
        orders += std::pow(pairs.hexagonalOrder / pairs.orderChance, 2) / kSets;
    }
    EXPECT_NEAR(squares, 1, 0.2);
    EXPECT_NEAR(orders, 1, 0.5);
}

TEST(PairStatistics, TellNoPeakOfFewSamples) {
    const TriMesh square = makeSquare(60, 1);
    EXPECT_TRUE(std::isnan(spreadOf(square, evenPoints(square, 300)).pairs.peak()));
    EXPECT_TRUE(std::isnan(PairStatistics().peakAt()));
    // Pairs that nearly touch are seen though their bin is thin.
    Samples s = evenPoints(square, 2000);
    for (std::size_t i = 0; i < 100; ++i) s.add(s.positionsMm[10 * i] + glm::vec3(0.03f, 0, 0), {0, 1, 0});
    const PairStatistics pairs = spreadOf(square, s).pairs;
    EXPECT_NEAR(pairs.peakAt(), 0.025, 1e-9);
    EXPECT_GT(pairs.peak(), 5);
}

TEST(PairStatistics, SeeAPreferredDirection) {
    // Squeezed by a quarter along x: near neighbours lie rather along x.
    const TriMesh square = makeSquare(60, 1);
    Samples s = evenPoints(square, 20'000);
    TriMesh narrow = square;
    for (auto* positions : {&s.positionsMm, &narrow.positionsMm})
        for (glm::vec3& p : *positions) p.x *= 0.75f;
    const Spread even = spreadOf(square, evenPoints(square, 20'000)), squeezed = spreadOf(narrow, s);
    EXPECT_LT(even.pairs.anisotropy, 4.5 * even.pairs.anisotropyChance);
    EXPECT_GT(squeezed.pairs.anisotropy, 5 * squeezed.pairs.anisotropyChance);
}

TEST(LocalSpacing, FollowsTheDensity) {
    const TriMesh square = makeSquare(60, 1);
    const auto meanOf = [](const Samples& s) {
        return quantilesOf(localSpacingsMm(OrientedTree(s.positionsMm, s.normals)));
    };
    const double d = hexagonalSpacing(3600, 4000);
    EXPECT_NEAR(meanOf(evenPoints(square, 4000)).mean / d, 1, 0.03);
    EXPECT_NEAR(meanOf(randomPoints(square, 4000, 3)).mean / d, 0.86, 0.03);
    EXPECT_NEAR(meanOf(lattice(60, 1, true, 0)).median, 1 / 0.96, 1e-4);
    // Half of the square holds four times as many: each half has its own spacing, to within a few dots of the
    // border between them, and so have the dots at the square's own borders.
    Samples halves;
    for (const glm::vec3& p : evenPoints(square, 8000).positionsMm)
        if (p.x < 30) halves.add(p, {0, 1, 0});
    for (const glm::vec3& p : evenPoints(square, 2000).positionsMm)
        if (p.x >= 30) halves.add(p, {0, 1, 0});
    const std::vector<float> spacings = localSpacingsMm(OrientedTree(halves.positionsMm, halves.normals));
    double sum = 0, counted = 0;
    for (std::size_t i = 0; i < spacings.size(); ++i) {
        const float x = halves.positionsMm[i].x;
        if (x < 26 || x > 34) {
            const double relative = spacings[i] / hexagonalSpacing(3600, x < 30 ? 8000 : 2000);
            EXPECT_NEAR(relative, 1, 0.25) << x;
            sum += relative, ++counted;
        }
    }
    EXPECT_NEAR(sum / counted, 1, 0.03);
    Samples few;
    few.add({1, 0, 1}, {0, 1, 0}), few.add({2, 0, 1}, {0, 1, 0}), few.add({1, 0, 2}, {0, 1, 0});
    for (const float spacing : localSpacingsMm(OrientedTree(few.positionsMm, few.normals)))
        EXPECT_EQ(spacing, kInfinite);
}

TEST(PairStatistics, WhereDensityVariesAreThoseOfEachDensity) {
    // Two densities with nothing between. Local spacings scatter, so the peak is wider than that of one set.
    const TriMesh square = makeSquare(60, 1);
    Samples s;
    for (const glm::vec3& p : evenPoints(square, 8000).positionsMm)
        if (p.x < 25) s.add(p, {0, 1, 0});
    for (const glm::vec3& p : evenPoints(square, 3000).positionsMm)
        if (p.x > 35) s.add(p, {0, 1, 0});
    const OrientedTree tree(s.positionsMm, s.normals);
    const PairStatistics pairs = pairStatistics(square, allTriangles(square), tree, localSpacingsMm(tree));
    EXPECT_NEAR(pairs.peak(), spreadOf(square, evenPoints(square, 8000)).pairs.peak(), 0.25);
    EXPECT_GT(pairs.peakAt(), 0.65);
    EXPECT_LT(pairs.peakAt(), 1);
    for (std::size_t k = 0; k < 10; ++k) EXPECT_EQ(pairs.correlation[k], 0);
    for (std::size_t k = 60; k < PairStatistics::kBins; ++k) EXPECT_NEAR(pairs.correlation[k], 1, 0.12) << k;
}

TEST(Spread, OfEvenSamplesOnAHead) {
    const TriMesh head = makeEllipsoid(5, {75, 95, 115});
    const Samples s = evenPoints(head, 20'000);
    const Spread all = spreadOf(head, s);
    EXPECT_GT(all.relativeSmallest(), 0.65);
    EXPECT_LE(all.smallestStraightMm, all.smallestMm);
    EXPECT_LT(all.relativeGap(), 1.1);
    EXPECT_LT(all.pairs.peak(), 2.2);
    for (std::size_t k = 0; k + 1 < 20 * all.relativeSmallest(); ++k) EXPECT_EQ(all.pairs.correlation[k], 0);
    for (std::size_t k = 60; k < PairStatistics::kBins; ++k) EXPECT_NEAR(all.pairs.correlation[k], 1, 0.05);
    EXPECT_LT(all.pairs.hexagonalOrder, 4 * all.pairs.orderChance);
    EXPECT_LT(all.pairs.anisotropy, 4.5 * all.pairs.anisotropyChance);

    const std::span<const glm::vec3> positions(s.positionsMm), normals(s.normals);
    const Spread prefix = measureSpread(head, {}, positions.first(5000), normals.first(5000));
    EXPECT_EQ(prefix.count, 5000u);
    EXPECT_GE(prefix.smallestMm, all.smallestMm);
    EXPECT_NEAR(prefix.spacingMm, 2 * all.spacingMm, 1e-9);
}

TEST(Spread, ScaleDoesNotMatter) {
    const TriMesh sphere = makeEllipsoid(4, glm::vec3(100));
    const Samples s = evenPoints(sphere, 3000);
    const Spread expected = spreadOf(sphere, s);
    for (const float scale : {1.0f / 1024, 4096.0f}) {  // powers of two: the same digits
        TriMesh mesh = sphere;
        Samples scaled = s;
        for (auto* positions : {&mesh.positionsMm, &scaled.positionsMm})
            for (glm::vec3& p : *positions) p *= scale;
        const Spread spread = spreadOf(mesh, scaled);
        EXPECT_NEAR(spread.relativeSmallest(), expected.relativeSmallest(), 1e-6);
        EXPECT_NEAR(spread.relativeGap(), expected.relativeGap(), 0.011);
        EXPECT_NEAR(spread.pairs.peak(), expected.pairs.peak(), 1e-2);
    }
}

TEST(Spread, OfNothing) {
    const Spread spread = measureSpread(makeSquare(10, 2), {}, {}, {});
    EXPECT_EQ(spread.count, 0u);
    EXPECT_EQ(spread.gap.largestMm, kInfinite);
    EXPECT_EQ(spread.smallestMm, kInfinite);
    EXPECT_EQ(spread.pairs.nearPairs, 0u);
}

TEST(Spread, IsTheSameForAnyNumberOfThreads) {
    const TriMesh head = makeEllipsoid(4, {75, 95, 115});
    const Samples s = evenPoints(head, 30'000);
    std::vector<Spread> runs;
    for (const std::size_t threads : {1u, 2u, 2u, 7u}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        runs.push_back(spreadOf(head, s));
    }
    for (const Spread& run : runs) {
        EXPECT_EQ(run.gap.largestMm, runs[0].gap.largestMm);
        EXPECT_EQ(run.gap.boundMm, runs[0].gap.boundMm);
        EXPECT_EQ(run.gap.atMm, runs[0].gap.atMm);
        EXPECT_EQ(run.smallestMm, runs[0].smallestMm);
        EXPECT_EQ(run.pairs.correlation, runs[0].pairs.correlation);
        EXPECT_EQ(run.pairs.directions, runs[0].pairs.directions);
        EXPECT_EQ(run.pairs.hexagonalOrder, runs[0].pairs.hexagonalOrder);
    }
}

}  // namespace
}  // namespace stubble
