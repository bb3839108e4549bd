#include "engine/geometry/density_darts.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/shapes.h"

namespace stubble {
namespace {

TriMesh triangle() {
    TriMesh mesh;
    mesh.positionsMm = {{0, 0, 0}, {30, 0, 0}, {0, 0, -20}};
    mesh.normals.assign(3, {0, 1, 0});
    mesh.triangles = {{0, 1, 2}};
    return mesh;
}

TEST(DensityDarts, FollowALinearDensityInsideATriangle) {
    const TriMesh mesh = triangle();
    for (const std::array<float, 3> density :
         {std::array<float, 3>{1, 1, 1}, {0, 0, 5}, {1, 4, 0}, {2, 3, 7}}) {
        const DensityDarts darts(mesh, density);
        std::vector<SurfacePoint> points(200'000);
        darts.draw(1, points.size(), 0, points);
        glm::dvec3 mean(0), square(0);
        for (const SurfacePoint& p : points) {
            mean += glm::dvec3(p.barycentric) / 200'000.0;
            square += glm::dvec3(p.barycentric * p.barycentric) / 200'000.0;
        }
        const double sum = density[0] + density[1] + density[2];
        for (int k = 0; k < 3; ++k) {
            const double own = density[static_cast<std::size_t>(k)];
            // ∫ b_k f ÷ ∫ f and ∫ b_k² f ÷ ∫ f of f = Σ b_j ρ_j.
            EXPECT_NEAR(mean[k], (sum + own) / (4 * sum), 0.002);
            EXPECT_NEAR(square[k], (sum + 2 * own) / (10 * sum), 0.002);
        }
    }
}

TEST(DensityDarts, IntegratesExactly) {
    const TriMesh mesh = triangle();  // 3 cm²
    const std::array<float, 3> density = {3, 6, 9};
    const DensityDarts darts(mesh, density);
    EXPECT_NEAR(darts.expectedCount(), 18, 1e-6);
    EXPECT_EQ(darts.maxDensityPerCm2(), 9);
    EXPECT_NEAR(darts.typicalDensityPerCm2(), (9 + 36 + 81 + 18 + 54 + 27) / 6.0 / 6, 1e-6);
    EXPECT_FLOAT_EQ(darts.densityPerCm2At({0, {0.5f, 0.25f, 0.25f}}), 5.25f);
    const std::array<float, 3> none = {0, 0, 0};
    EXPECT_EQ(DensityDarts(mesh, none).expectedCount(), 0);
    EXPECT_EQ(DensityDarts(mesh, none).typicalDensityPerCm2(), 0);
}

TEST(DensityDarts, FadeLengthIsDensityOverSlope) {
    const TriMesh mesh = triangle();
    const std::array<float, 3> alongX = {0, 60, 0}, alongBoth = {0, 30, 20}, level = {5, 5, 5};
    EXPECT_FLOAT_EQ(DensityDarts(mesh, alongX).fadeLengthMm({0, {0.5f, 0.5f, 0}}), 15);
    // One a mm along both axes.
    EXPECT_FLOAT_EQ(DensityDarts(mesh, alongBoth).fadeLengthMm({0, {0, 1, 0}}), 30 / std::sqrt(2.0f));
    EXPECT_TRUE(std::isinf(DensityDarts(mesh, level).fadeLengthMm({0, {1, 0, 0}})));
}

TEST(DensityDarts, BatchesAreStratifiedAndDoNotDependOnHowTheyAreCut) {
    const TriMesh square = makeSquare(64, 8);
    const std::vector<float> density(square.positionsMm.size(), 10);
    const DensityDarts darts(square, density);
    std::vector<SurfacePoint> whole(1280), parts(1280);
    darts.draw(7, 1280, 0, whole);
    const std::span<SurfacePoint> cut(parts);
    for (std::size_t first = 0; first < 1280; first += 256)
        darts.draw(7, 1280, first, cut.subspan(first, 256));
    std::vector<int> counts(square.triangles.size(), 0);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_EQ(whole[i].triangle, parts[i].triangle);
        EXPECT_EQ(whole[i].barycentric, parts[i].barycentric);
        ++counts[whole[i].triangle];
    }
    for (const int count : counts) EXPECT_NEAR(count, 10, 1);  // 128 triangles of equal mass
}

}  // namespace
}  // namespace stubble
