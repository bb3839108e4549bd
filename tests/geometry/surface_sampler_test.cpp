#include "engine/geometry/surface_sampler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

using DensityAt = std::function<float(glm::vec3)>;

std::vector<float> atVertices(const TriMesh& mesh, const DensityAt& density) {
    std::vector<float> values;
    for (const glm::vec3& p : mesh.positionsMm) values.push_back(density(p));
    return values;
}

SurfaceSamples sample(const TriMesh& mesh, std::span<const float> density,
                      const SampleOptions& options = {}) {
    auto samples = samplePoissonDisk(mesh, density, options);
    if (!samples) throw std::runtime_error(samples.error().message);
    return *std::move(samples);
}

std::string messageOf(const Result<SurfaceSamples>& result) {
    return result ? "no error" : result.error().message;
}

/// The spacing that a sample may ask of its neighbours, from the density where it lies.
std::vector<float> spacingsOf(const TriMesh& mesh, std::span<const float> density,
                              const SurfaceSamples& samples) {
    const double perExpected = static_cast<double>(samples.points.size()) / samples.expectedCount;
    std::vector<float> spacings;
    for (const SurfacePoint& p : samples.points) {
        const glm::uvec3 t = mesh.triangles[p.triangle];
        const float at =
            p.barycentric.x * density[t.x] + p.barycentric.y * density[t.y] + p.barycentric.z * density[t.z];
        spacings.push_back(hexagonalSpacingMm(at * static_cast<float>(perExpected)));
    }
    return spacings;
}

float relativeDistance(const SurfaceSamples& s, std::span<const float> spacings, std::size_t i,
                       std::size_t j) {
    return surfaceDistanceMm(s.positionsMm[i], s.normals[i], s.positionsMm[j], s.normals[j]) /
           std::min(spacings[i], spacings[j]);
}

/// Smallest relative distance over all of the first `count` pairs, by a grid of its own with cells of
/// cellMm: exact where the result · the largest spacing is below cellMm.
float smallestByGrid(const SurfaceSamples& s, std::span<const float> spacings, std::size_t count,
                     float cellMm) {
    std::map<std::tuple<int, int, int>, std::vector<std::size_t>> cells;
    const auto cellOf = [&](glm::vec3 p) { return glm::ivec3(glm::floor(p / cellMm)); };
    float smallest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < count; ++i) {
        const glm::ivec3 c = cellOf(s.positionsMm[i]);
        for (int k = 0; k < 27; ++k) {
            const auto found = cells.find({c.x + k % 3 - 1, c.y + k / 3 % 3 - 1, c.z + k / 9 - 1});
            if (found == cells.end()) continue;
            for (const std::size_t j : found->second)
                smallest = std::min(smallest, relativeDistance(s, spacings, i, j));
        }
        cells[{c.x, c.y, c.z}].push_back(i);
    }
    return smallest;
}

float smallestByAllPairs(const SurfaceSamples& s, std::span<const float> spacings, std::size_t count) {
    float smallest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j)
            smallest = std::min(smallest, relativeDistance(s, spacings, i, j));
    return smallest;
}

std::size_t countIn(const SurfaceSamples& s, const std::function<bool(glm::vec3)>& inside) {
    return static_cast<std::size_t>(std::count_if(s.positionsMm.begin(), s.positionsMm.end(), inside));
}

TEST(SurfaceDistance, IsStraightOnFlatGroundAndAnArcOnASphere) {
    EXPECT_FLOAT_EQ(surfaceDistanceMm({0, 0, 0}, {0, 1, 0}, {3, 0, 4}, {0, 1, 0}), 5);
    for (const float angle : {0.01f, 0.3f, 0.7f, 1.5f}) {  // the estimate is exact for circles
        const glm::vec3 a(0, 1, 0), b(std::sin(angle), std::cos(angle), 0);
        EXPECT_NEAR(surfaceDistanceMm(90.0f * a, a, 90.0f * b, b), 90 * angle, 90 * angle * 2e-4) << angle;
    }
}

TEST(SurfaceDistance, IsInfiniteBetweenTheSidesOfASheet) {
    EXPECT_TRUE(std::isinf(surfaceDistanceMm({0, 0, 0}, {0, -1, 0}, {0.3f, 0.5f, 0}, {0, 1, 0})));
    EXPECT_EQ(surfaceDistanceMm({1, 2, 3}, {0, 1, 0}, {1, 2, 3}, {0, 1, 0}), 0);
}

TEST(HexagonalSpacing, HoldsTheDensity) {
    // A hexagonal lattice of spacing d gives each point an area of d²·√3/2.
    const float d = hexagonalSpacingMm(140);
    EXPECT_NEAR(100 / (d * d * std::sqrt(3.0f) / 2), 140, 1e-3);
}

TEST(SurfaceSampler, CountsTheIntegralOfDensityOnASphere) {
    const TriMesh sphere = makeEllipsoid(5, glm::vec3(60));
    const SurfaceSamples s = sample(sphere, atVertices(sphere, [](glm::vec3 p) { return 20 + p.y / 6; }));
    const double exact = 4 * kPi * 36 * 20;  // the slope cancels
    EXPECT_NEAR(s.expectedCount, exact, 0.005 * exact);
    EXPECT_EQ(s.points.size(), static_cast<std::size_t>(std::llround(s.expectedCount)));
    EXPECT_EQ(s.positionsMm.size(), s.points.size());
    EXPECT_EQ(s.normals.size(), s.points.size());
    for (std::size_t i = 0; i < s.points.size(); i += 97) {
        EXPECT_EQ(s.positionsMm[i], positionMmAt(sphere, s.points[i]));
        EXPECT_NEAR(glm::length(s.normals[i]), 1, 1e-5);
        const glm::vec3 b = s.points[i].barycentric;
        EXPECT_TRUE(b.x >= 0 && b.y >= 0 && b.z >= 0);
        EXPECT_NEAR(b.x + b.y + b.z, 1, 1e-6);
    }
}

TEST(SurfaceSampler, PlacesTheCountAskedFor) {
    const TriMesh square = makeSquare(50, 5);
    const std::vector<float> density(square.positionsMm.size(), 30);
    for (const std::size_t count : {0u, 1u, 2u, 7u, 500u, 12345u}) {
        SampleOptions options;
        options.count = count;
        const SurfaceSamples s = sample(square, density, options);
        EXPECT_EQ(s.points.size(), count);
        EXPECT_NEAR(s.expectedCount, 750, 1e-3);
        if (count < 2) {
            EXPECT_EQ(s.relativeSpacing, 0);
        }
        if (count >= 500) {
            EXPECT_GE(s.relativeSpacing, 0.68f) << count;
        }
    }
}

TEST(SurfaceSampler, KeepsItsDistanceOverAllPairs) {
    const TriMesh head = makeEllipsoid(4, {75, 95, 115});
    const std::vector<float> density = atVertices(head, [](glm::vec3) { return 3.0f; });
    const SurfaceSamples s = sample(head, density);
    const std::vector<float> spacings = spacingsOf(head, density, s);
    const float all = smallestByAllPairs(s, spacings, s.points.size());
    EXPECT_NEAR(s.relativeSpacing, all, 1e-5);
    EXPECT_FLOAT_EQ(smallestByGrid(s, spacings, s.points.size(), hexagonalSpacingMm(3)), all);
    EXPECT_GE(all, 0.695f);
    EXPECT_LE(all, 0.777f);  // where random packing saturates: more would be a lattice
}

TEST(SurfaceSampler, KeepsItsDistanceWhereDensityVaries) {
    const TriMesh head = makeEllipsoid(5, {75, 95, 115});
    const std::vector<float> density =
        atVertices(head, [](glm::vec3 p) { return 20 + 140 * (p.y + 95) / 190; });
    const SurfaceSamples s = sample(head, density);
    ASSERT_GT(s.points.size(), 90000u);
    const std::vector<float> spacings = spacingsOf(head, density, s);
    EXPECT_NEAR(s.relativeSpacing,
                smallestByGrid(s, spacings, s.points.size(), 0.8f * hexagonalSpacingMm(20)), 1e-5);
    EXPECT_GE(s.relativeSpacing, 0.68f);
}

TEST(SurfaceSampler, EveryPrefixIsWellSpread) {
    const TriMesh head = makeEllipsoid(5, {75, 95, 115});
    const std::vector<float> density = atVertices(head, [](glm::vec3) { return 20.0f; });
    const SurfaceSamples s = sample(head, density);
    for (const double part : {0.01, 0.03, 0.1, 0.25, 0.4, 0.5, 0.75, 0.9}) {
        const auto count = static_cast<std::size_t>(part * static_cast<double>(s.points.size()));
        const float spacingMm = hexagonalSpacingMm(20 * static_cast<float>(part));
        const std::vector<float> spacings(count, spacingMm);
        EXPECT_GE(smallestByGrid(s, spacings, count, spacingMm), 0.6f) << part;
    }
}

TEST(SurfaceSampler, FollowsAnEightfoldRamp) {
    const TriMesh square = makeSquare(120, 60);
    const auto ramp = [](glm::vec3 p) { return 40 + 280 * p.x / 120; };
    const std::vector<float> density = atVertices(square, ramp);
    std::vector<double> counts(10, 0);
    constexpr int kSeeds = 4;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        SampleOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        for (const glm::vec3& p : sample(square, density, options).positionsMm)
            if (p.x > 10 && p.x < 110 && p.z > 10 && p.z < 110)
                ++counts[static_cast<std::size_t>(p.x / 10 - 1)];
    }
    for (std::size_t window = 0; window < counts.size(); ++window) {
        const float middle = 15 + 10 * static_cast<float>(window);
        const double expected = ramp({middle, 0, 0}) * 10;  // 10 × 100 mm
        EXPECT_NEAR(counts[window] / kSeeds / expected, 1, 0.05) << window;
    }
}

TEST(SurfaceSampler, FeatheredEdgeHoldsItsShare) {
    const TriMesh square = makeSquare(120, 120);
    const std::vector<float> density =
        atVertices(square, [](glm::vec3 p) { return 140 * std::clamp((p.x - 40) / 8, 0.0f, 1.0f); });
    double outer = 0, inner = 0;
    constexpr int kSeeds = 8;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        SampleOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        const SurfaceSamples s = sample(square, density, options);
        EXPECT_EQ(countIn(s, [](glm::vec3 p) { return p.x < 40; }), 0u);
        outer += static_cast<double>(countIn(s, [](glm::vec3 p) { return p.x < 42; }));
        inner += static_cast<double>(countIn(s, [](glm::vec3 p) { return p.x >= 42 && p.x < 48; }));
    }
    EXPECT_NEAR(outer / kSeeds / 42, 1, 0.25);  // ∫ over 2 mm × 120 mm
    EXPECT_NEAR(inner / kSeeds / 630, 1, 0.08);
}

TEST(SurfaceSampler, RegionsGetTheirShareOnAverage) {
    // A triangle fan of very unequal triangles: shares come from mass, not from the number of triangles.
    const TriMesh head = makeEllipsoid(4, {75, 95, 115});
    const std::vector<float> density = atVertices(head, [](glm::vec3 p) { return p.x > 0 ? 8.0f : 2.0f; });
    double right = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        SampleOptions options;
        options.seed = seed;
        const SurfaceSamples s = sample(head, density, options);
        right += static_cast<double>(countIn(s, [](glm::vec3 p) { return p.x > 6; }));
        all += static_cast<double>(s.points.size());
    }
    // The part of an ellipsoid's surface beyond x = 6, by mass, from the mesh itself.
    double rightMass = 0, mass = 0;
    for (std::uint32_t i = 0; i < head.triangles.size(); ++i) {
        const glm::uvec3 t = head.triangles[i];
        const double here = triangleAreaMm2(head, i) * (density[t.x] + density[t.y] + density[t.z]);
        const glm::vec3 centre =
            (head.positionsMm[t.x] + head.positionsMm[t.y] + head.positionsMm[t.z]) / 3.0f;
        mass += here;
        rightMass += centre.x > 6 ? here : 0;
    }
    EXPECT_NEAR(right / all, rightMass / mass, 0.01);
}

TEST(SurfaceSampler, EmptyRegionsStayEmpty) {
    const TriMesh head = makeEllipsoid(5, {75, 95, 115});
    const std::vector<float> density = atVertices(head, [](glm::vec3 p) { return p.y > 20 ? 100.0f : 0.0f; });
    const SurfaceSamples s = sample(head, density);
    for (const SurfacePoint& p : s.points) {
        const glm::uvec3 t = head.triangles[p.triangle];
        EXPECT_GT(density[t.x] + density[t.y] + density[t.z], 0);
    }
}

TEST(SurfaceSampler, SidesOfAThinSheetDoNotInterfere) {
    const TriMesh sheet = makeSheet(60, 12, 0.5f);
    const std::vector<float> density(sheet.positionsMm.size(), 100);
    const SurfaceSamples s = sample(sheet, density);
    ASSERT_EQ(s.points.size(), 7200u);
    // Were the sides to share their discs, 7200 samples would not fit at this spacing: it asks for half.
    EXPECT_GE(s.relativeSpacing, 0.68f);
    const std::size_t above = countIn(s, [](glm::vec3 p) { return p.y > 0.25f; });
    EXPECT_NEAR(static_cast<double>(above), 3600, 40);
    // And a sample has the chance that it should of standing close above another.
    std::size_t close = 0;
    for (std::size_t i = 0; i < s.points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            close += glm::distance(s.positionsMm[i], s.positionsMm[j]) < 0.6f ? 1 : 0;
    const double reach2 = 0.36 - 0.25;  // mm², radius of the disc within 0.6 mm on the other side
    EXPECT_NEAR(static_cast<double>(close), 3600 * kPi * reach2, 0.15 * 3600 * kPi * reach2);
}

TEST(SurfaceSampler, KeepsClearOfDiscsOnItsOwnSide) {
    const TriMesh sheet = makeSheet(40, 10, 0.5f);
    const std::vector<float> density(sheet.positionsMm.size(), 140);
    std::vector<KeepClear> discs;
    for (std::uint64_t i = 0; i < 1200; ++i)
        discs.push_back({{40 * unitFloat(hashCounters(5, i, 0)), 0.5f, 40 * unitFloat(hashCounters(5, i, 1))},
                         {0, 1, 0},
                         0.1f + 0.2f * unitFloat(hashCounters(5, i, 2))});
    discs.push_back({{20, 0.5f, 20}, {0, 1, 0}, 5});
    discs.push_back({{9000, 0, 0}, {0, 1, 0}, 1});  // far away: no harm
    discs.push_back({{20, 0.5f, 20}, {0, 1, 0}, 0});
    SampleOptions options;
    options.keepClear = discs;
    const SurfaceSamples s = sample(sheet, density, options);
    EXPECT_EQ(s.points.size(), 4480u);
    for (std::size_t i = 0; i < s.points.size(); ++i)
        for (const KeepClear& disc : discs)
            if (s.positionsMm[i].y > 0.25f) {
                EXPECT_GE(glm::distance(s.positionsMm[i], disc.positionMm), disc.radiusMm * 0.9999f);
            }
    EXPECT_GT(countIn(s, [](glm::vec3 p) { return p.y < 0.25f && glm::distance(p, {20, 0, 20}) < 5; }), 50u);
}

TEST(SurfaceSampler, SameBytesForAnyNumberOfThreads) {
    const TriMesh head = makeEllipsoid(5, {75, 95, 115});
    const std::vector<float> density =
        atVertices(head, [](glm::vec3 p) { return 10 + 30 * (p.y + 95) / 190; });
    const std::vector<KeepClear> discs = {{{0, 95, 0}, {0, 1, 0}, 10}};
    std::vector<SurfaceSamples> runs;
    for (const std::size_t threads : {1u, 2u, 2u, 7u}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        SampleOptions options;
        options.keepClear = discs;
        runs.push_back(sample(head, density, options));
    }
    for (const SurfaceSamples& run : runs) {
        ASSERT_EQ(run.points.size(), runs[0].points.size());
        EXPECT_EQ(
            std::memcmp(run.points.data(), runs[0].points.data(), run.points.size() * sizeof(SurfacePoint)),
            0);
        EXPECT_EQ(
            std::memcmp(run.normals.data(), runs[0].normals.data(), run.normals.size() * sizeof(glm::vec3)),
            0);
        EXPECT_EQ(run.relativeSpacing, runs[0].relativeSpacing);
    }
    SampleOptions other;
    other.seed = 2;
    EXPECT_NE(sample(head, density, other).positionsMm[0], runs[0].positionsMm[0]);
}

TEST(SurfaceSampler, HasNoLatticeOrderAndNoPreferredDirection) {
    const TriMesh square = makeSquare(120, 30);
    const std::vector<float> density(square.positionsMm.size(), 140);
    const float d = hexagonalSpacingMm(140);
    std::vector<double> pairs(40, 0), directions(12, 0);
    double centres = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        SampleOptions options;
        options.seed = seed;
        const SurfaceSamples s = sample(square, density, options);
        std::map<std::pair<int, int>, std::vector<glm::vec3>> cells;
        for (const glm::vec3& p : s.positionsMm) cells[{int(p.x / 2), int(p.z / 2)}].push_back(p);
        for (const glm::vec3& p : s.positionsMm) {
            if (p.x < 5 || p.x > 115 || p.z < 5 || p.z > 115) continue;
            ++centres;
            for (int k = 0; k < 9; ++k)
                for (const glm::vec3& q : cells[{int(p.x / 2) + k % 3 - 1, int(p.z / 2) + k / 3 - 1}]) {
                    const float relative = glm::distance(p, q) / d;
                    if (relative == 0 || relative >= 2) continue;
                    ++pairs[static_cast<std::size_t>(relative * 20)];
                    const float turn = std::atan2(q.z - p.z, q.x - p.x) / kPi + 1;  // 0 to 2
                    if (relative < 1.2f) ++directions[static_cast<std::size_t>(turn * 12) % 12];
                }
        }
    }
    for (std::size_t bin = 0; bin < pairs.size(); ++bin) {
        const double low = 0.05 * static_cast<double>(bin) * d, high = low + 0.05 * d;
        const double correlation = pairs[bin] / (centres * kPi * (high * high - low * low) * 1.4);
        if (bin < 13) {  // below 0.65
            EXPECT_EQ(correlation, 0) << bin;
        }
        EXPECT_LT(correlation, 2.0) << bin;
        if (bin >= 36) {  // order dies out within two spacings
            EXPECT_NEAR(correlation, 1, 0.06) << bin;
        }
    }
    const double mean = std::accumulate(directions.begin(), directions.end(), 0.0) / 12;
    for (const double count : directions) EXPECT_NEAR(count / mean, 1, 0.05);
}

TEST(SurfaceSampler, RefusesBadInput) {
    const TriMesh square = makeSquare(10, 2);
    std::vector<float> density(square.positionsMm.size(), 100);
    density[4] = -3;
    EXPECT_EQ(messageOf(samplePoissonDisk(square, density, {})),
              "surface sampler: density at vertex 4 is -3, expected a finite number of at least 0");
    density[4] = NAN;
    EXPECT_THAT(messageOf(samplePoissonDisk(square, density, {})), testing::HasSubstr("vertex 4 is nan"));
    density[4] = INFINITY;
    EXPECT_THAT(messageOf(samplePoissonDisk(square, density, {})), testing::HasSubstr("vertex 4 is inf"));
    density[4] = 1e30f;
    EXPECT_THAT(messageOf(samplePoissonDisk(square, density, {})),
                testing::HasSubstr("expected at most 8000000"));
    density.pop_back();
    EXPECT_EQ(messageOf(samplePoissonDisk(square, density, {})),
              "surface sampler: 8 densities for 9 vertices, expected one a vertex");
    TriMesh bare = square;
    bare.normals.clear();
    EXPECT_EQ(messageOf(samplePoissonDisk(bare, std::vector<float>(9, 1.0f), {})),
              "surface sampler: 0 normals for 9 vertices, expected one a vertex");

    const std::vector<KeepClear> discs = {{{0, 0, 0}, {0, 1, 0}, NAN}};
    SampleOptions options;
    options.keepClear = discs;
    EXPECT_THAT(messageOf(samplePoissonDisk(square, std::vector<float>(9, 1.0f), options)),
                testing::HasSubstr("keep-clear disc 0 must be finite"));
}

TEST(SurfaceSampler, NothingWhereDensityIsZero) {
    const TriMesh square = makeSquare(10, 2);
    const std::vector<float> none(9, 0.0f);
    const SurfaceSamples s = sample(square, none);
    EXPECT_TRUE(s.points.empty());
    EXPECT_EQ(s.expectedCount, 0);
    SampleOptions options;
    options.count = 5;
    EXPECT_EQ(messageOf(samplePoissonDisk(square, none, options)),
              "surface sampler: 5 samples asked for where the density is 0 everywhere");
    EXPECT_TRUE(sample(TriMesh{}, {}).points.empty());
}

TEST(SurfaceSampler, SaysHowManyFitWhenDiscsLeaveTooLittleRoom) {
    const TriMesh square = makeSquare(20, 4);
    const std::vector<float> density(square.positionsMm.size(), 100);
    const std::vector<KeepClear> most = {{{10, 0, 10}, {0, 1, 0}, 13.5f}},
                                 all = {{{10, 0, 10}, {0, 1, 0}, 30}};
    SampleOptions options;
    options.keepClear = most;
    EXPECT_THAT(
        messageOf(samplePoissonDisk(square, density, options)),
        testing::MatchesRegex("surface sampler: only [0-9]+ of 400 samples fit at 0.3 of the hexagonal "
                              "spacing; expected a smaller count or keep-clear discs that leave more room"));
    options.keepClear = all;
    EXPECT_THAT(messageOf(samplePoissonDisk(square, density, options)), testing::HasSubstr("only 0 of 400"));
}

TEST(SurfaceSampler, RefusesSpacingsThatPositionsCannotHold) {
    // One speck of enormous density on a large mesh: few samples in all, yet nanometres apart.
    TriMesh mesh = makeSquare(1000, 1);
    mesh.positionsMm.insert(mesh.positionsMm.end(), {{0, 0, 0}, {0, 0, 1e-3f}, {1e-3f, 0, 0}});
    mesh.normals.resize(7, {0, 1, 0});
    mesh.triangles.emplace_back(4, 5, 6);
    std::vector<float> density(7, 0.0f);
    density[4] = density[5] = density[6] = 1e13f;
    EXPECT_THAT(messageOf(samplePoissonDisk(mesh, density, {})), testing::HasSubstr("finer than"));
}

TEST(SurfaceSampler, ScaleAndSparsenessDoNotMatter) {
    // A mesh in metres by mistake, or the size of a building, is sampled as well as a head.
    for (const float size : {0.2f, 200.0f, 2e5f}) {
        const TriMesh sphere = makeEllipsoid(4, glm::vec3(size));
        SampleOptions options;
        options.count = 300;
        const SurfaceSamples s = sample(sphere, std::vector<float>(sphere.positionsMm.size(), 1.0f), options);
        EXPECT_EQ(s.points.size(), 300u);
        EXPECT_GE(s.relativeSpacing, 0.68f) << size;
    }
}

}  // namespace
}  // namespace stubble
