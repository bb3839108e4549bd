#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cstdlib>
#include <filesystem>

#include "engine/core/random.h"
#include "engine/geometry/rays.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"
#include "engine/treatment/density.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

class BakeTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto loaded = loadHead(HeadSource{});
        ASSERT_TRUE(loaded) << loaded.error().message;
        head_ = std::make_shared<const Head>(std::move(loaded->head));
    }
    static void TearDownTestSuite() { head_.reset(); }
    void SetUp() override {
        cache_ = fs::temp_directory_path() /
                 fs::path(std::string("stubble_bake_") +
                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(cache_);
        setenv("STUBBLE_CACHE_DIR", cache_.c_str(), 1);
        sparse_.smp.densityPerCm2 = 20;
        sparse_.hair.densityPerCm2 = 20;
    }
    void TearDown() override {
        unsetenv("STUBBLE_CACHE_DIR");
        fs::remove_all(cache_);
    }
    Scene bake(const Design& design) const {
        auto scene = bakeScene(head_, design);
        EXPECT_TRUE(scene) << scene.error().message;
        return scene ? *std::move(scene) : Scene{};
    }
    int stored(std::string_view kind) const {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(cache_))
            count += entry.path().filename().string().starts_with(kind);
        return count;
    }
    static inline std::shared_ptr<const Head> head_;
    fs::path cache_;
    Design sparse_;
};

TEST_F(BakeTest, SameBytesForAnyNumberOfThreads) {
    const Scene many = bake(sparse_);
    fs::remove_all(cache_);
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    const Scene single = bake(sparse_);
    EXPECT_GT(many.impressions.size(), 1000u);
    EXPECT_GT(many.follicles.size(), 1000u);
    EXPECT_EQ(many.impressions.positionsMm, single.impressions.positionsMm);
    EXPECT_EQ(many.impressions.loads, single.impressions.loads);
    EXPECT_EQ(many.follicles.directions, single.follicles.directions);
}

TEST_F(BakeTest, AnEditRunsAgainOnlyWhatItTouches) {
    Design design = sparse_;
    bake(design);
    EXPECT_EQ(stored("follicles"), 1);
    EXPECT_EQ(stored("impressions"), 1);
    design.hair.lengthMm = 2;
    design.time.days = 400;
    design.skin.monk = 9;
    bake(design);
    EXPECT_EQ(stored("follicles"), 1);
    EXPECT_EQ(stored("impressions"), 1);
    design.smp.depthMm = 0.4f;
    bake(design);
    EXPECT_EQ(stored("follicles"), 1);
    EXPECT_EQ(stored("impressions"), 2);
    design.hair.diameterUm = 80;
    bake(design);
    EXPECT_EQ(stored("follicles"), 2);
    EXPECT_EQ(stored("hairline"), 1);
    EXPECT_EQ(stored("hair-share"), 1);
    design.hairline.heightMm = 90;
    bake(design);
    EXPECT_EQ(stored("hairline"), 2);
    EXPECT_EQ(stored("hair-share"), 1);
    EXPECT_EQ(stored("follicles"), 2);
}

TEST_F(BakeTest, StoredStagesAreTheComputedOnes) {
    const Scene cold = bake(sparse_), warm = bake(sparse_);
    EXPECT_EQ(cold.impressions.positionsMm, warm.impressions.positionsMm);
    EXPECT_EQ(cold.impressions.zones, warm.impressions.zones);
    EXPECT_EQ(cold.impressions.relativeSpacing, warm.impressions.relativeSpacing);
    EXPECT_EQ(cold.follicles.melanin, warm.follicles.melanin);
    EXPECT_EQ(cold.follicles.units, warm.follicles.units);
}

TEST_F(BakeTest, DefaultTreatmentHasItsCountAndItsSpacingOverAllPairs) {
    const Design design;
    const Scene scene = bake(design);
    const Impressions& dots = scene.impressions;
    const Hairline hairline = Hairline::build(*head_, design.hairline, hashCounters(design.seed, 1)).value();
    const std::vector<float> density = treatmentDensity(*head_, hairlineField(*head_, hairline),
                                                        hairShare(*head_, design.hair.norwood), design.smp)
                                           .value();
    // The same integral by another road: the mean of each triangle's corners times its area.
    double expected = 0;
    for (std::uint32_t t = 0; t < head_->mesh.triangles.size(); ++t) {
        const glm::uvec3 corner = head_->mesh.triangles[t];
        expected += triangleAreaMm2(head_->mesh, t) / 100 *
                    (double(density[corner.x]) + density[corner.y] + density[corner.z]) / 3;
    }
    ASSERT_GT(dots.size(), 20'000u);
    EXPECT_NEAR(double(dots.size()) / expected, 1, 0.005);

    // Local spacing at each dot: hexagonal at the density there, times what the sampler says it kept.
    const RayScene rays(head_->mesh);
    std::vector<float> spacing(dots.size());
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const SurfacePoint at = rays.closestPoint(dots.positionsMm[i])->point;
        const glm::uvec3 corner = head_->mesh.triangles[at.triangle];
        const float here =
            glm::dot(at.barycentric, glm::vec3(density[corner.x], density[corner.y], density[corner.z]));
        // The sampler lets no spacing grow beyond eight times the usual one, however thin the density.
        spacing[i] = std::min(hexagonalSpacingMm(std::max(here, 1e-3f)),
                              8 * hexagonalSpacingMm(design.smp.densityPerCm2));
    }
    EXPECT_GE(dots.relativeSpacing, 0.65f);
    std::size_t tooClose = 0;
    for (std::size_t i = 0; i < dots.size(); ++i)
        for (std::size_t j = i + 1; j < dots.size(); ++j) {
            const float allowed = 0.999f * dots.relativeSpacing * std::min(spacing[i], spacing[j]);
            const glm::vec3 apart = dots.positionsMm[i] - dots.positionsMm[j];
            if (glm::dot(apart, apart) >= allowed * allowed) continue;
            const float along =
                surfaceDistanceMm(dots.positionsMm[i], dots.normals[i], dots.positionsMm[j], dots.normals[j]);
            tooClose += along < allowed;
        }
    EXPECT_EQ(tooClose, 0u);
}

TEST_F(BakeTest, DotsKeepClearOfHairs) {
    const Scene scene = bake(sparse_);
    const float nearestMm = 0.5f * sparse_.smp.diameterMm;
    for (std::size_t i = 0; i < scene.impressions.size(); i += 17)
        for (const glm::vec3 root : scene.follicles.positionsMm)
            ASSERT_GT(glm::distance(root, scene.impressions.positionsMm[i]), nearestMm);
}

TEST_F(BakeTest, SeedsAndStagesAreIndependent) {
    Design other = sparse_;
    other.seed = 2;
    EXPECT_NE(bake(sparse_).impressions.positionsMm, bake(other).impressions.positionsMm);
    // More pigment leaves the client's hair as it was.
    other = sparse_;
    other.smp.densityPerCm2 = 40;
    EXPECT_EQ(bake(sparse_).follicles.positionsMm, bake(other).follicles.positionsMm);
}

TEST_F(BakeTest, WithoutTreatmentThereAreNoDots) {
    sparse_.smp.enabled = false;
    EXPECT_EQ(bake(sparse_).impressions.size(), 0u);
}

}  // namespace
}  // namespace stubble
