#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "engine/core/random.h"
#include "engine/geometry/spread.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"
#include "engine/treatment/density.h"
#include "tests/cache_folder.h"

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

TEST_F(BakeTest, EveryPrefixOfTheCandidatesIsEven) {
    const auto candidates = bakeCandidates(*head_, Design{});
    ASSERT_TRUE(candidates);
    const std::vector<std::uint32_t> skin = craniumTriangles(*head_);
    double least = 9, largest = 0;
    for (const double densityPerCm2 : {20, 26, 35, 47, 62, 82, 109, 145, 193, 257, 300, 350}) {
        const auto prefix = static_cast<std::size_t>(densityPerCm2 * candidates->region.areaMm2 / 100);
        const OrientedTree tree(std::span(candidates->positionsMm).first(prefix),
                                std::span(candidates->normals).first(prefix));
        const double spacingMm = hexagonalSpacing(candidates->region.areaMm2, prefix);
        const double r = nearestDistances(tree).smallestMm / spacingMm;
        const double gap =
            largestGap(head_->mesh, skin, tree, static_cast<float>(spacingMm)).largestMm / spacingMm;
        EXPECT_GE(r, 0.66) << densityPerCm2;
        EXPECT_LE(gap, 1.05) << densityPerCm2;
        least = std::min(least, r), largest = std::max(largest, gap);
    }
    RecordProperty("smallest r", std::to_string(least));
    RecordProperty("largest gap", std::to_string(largest));
}

TEST_F(BakeTest, CandidatesOnDiskAreTheComputedOnesWhateverHappensToTheFile) {
    const CacheFolder cache;
    const Candidates computed = *bakeCandidates(*head_, Design{});
    cache.expectRebuilt("candidates", [&] {
        const Candidates again = *bakeCandidates(*head_, Design{});
        EXPECT_EQ(again.positionsMm, computed.positionsMm);
        EXPECT_EQ(again.normals, computed.normals);
        EXPECT_EQ(again.deviates, computed.deviates);
        EXPECT_EQ(again.seed, computed.seed);
        EXPECT_TRUE(std::ranges::equal(again.tree.order(), computed.tree.order()));
        EXPECT_TRUE(std::ranges::equal(again.tree.positionsMm(), computed.tree.positionsMm()));
    });
}

TEST_F(BakeTest, AnEditRunsAgainOnlyWhatItTouches) {
    Design design = sparse_;
    bake(design);
    EXPECT_EQ(stored("follicles"), 1);
    EXPECT_EQ(stored("candidates"), 1);
    EXPECT_EQ(stored("hair-share"), 1);
    // No treatment needs other places, and no view other hair.
    design.hair.lengthMm = 2;
    design.hair.hoursSinceShave = 48;
    design.time.days = 400;
    design.skin.monk = 9;
    design.smp.depthMm = 0.4f;
    design.smp.densityPerCm2 = 35;
    design.hairline.heightMm = 90;
    bake(design);
    EXPECT_EQ(stored("follicles"), 1);
    EXPECT_EQ(stored("candidates"), 1);
    EXPECT_EQ(stored("hair-share"), 1);
    for (const auto& edit : std::vector<std::function<void(HairDesign&)>>{
             [](HairDesign& hair) { hair.norwoodProgress = 0.5f; }, [](HairDesign& hair) { hair.ludwig = 1; },
             [](HairDesign& hair) { hair.diffuseLoss = 0.5f; },
             [](HairDesign& hair) { hair.lossAsymmetry = 0.5f; }}) {
        const int shares = stored("hair-share"), follicles = stored("follicles");
        Design lost = design;
        edit(lost.hair);
        bake(lost);
        EXPECT_EQ(stored("hair-share"), shares + 1);
        EXPECT_EQ(stored("follicles"), follicles + 1);
    }
    fs::remove_all(cache_);
    bake(design);
    design.hair.diameterUm = 80;
    bake(design);
    EXPECT_EQ(stored("follicles"), 2);
    EXPECT_EQ(stored("candidates"), 1);
    design.seed = 2;
    bake(design);
    EXPECT_EQ(stored("candidates"), 2);
    EXPECT_EQ(stored("hair-share"), 1);
}

TEST_F(BakeTest, StoredStagesAreTheComputedOnes) {
    const Scene cold = bake(sparse_), warm = bake(sparse_);
    EXPECT_EQ(cold.impressions.positionsMm, warm.impressions.positionsMm);
    EXPECT_EQ(cold.impressions.zones, warm.impressions.zones);
    EXPECT_TRUE(cold.impressions == warm.impressions);
    EXPECT_EQ(cold.follicles.melanin, warm.follicles.melanin);
    EXPECT_EQ(cold.follicles.units, warm.follicles.units);
    EXPECT_EQ(cold.follicles.reachMm, warm.follicles.reachMm);
    EXPECT_EQ(cold.follicles.growing, warm.follicles.growing);
    EXPECT_EQ(cold.follicles.curvaturesPerMm, warm.follicles.curvaturesPerMm);
    EXPECT_EQ(cold.follicles.curlAxes, warm.follicles.curlAxes);
}

TEST_F(BakeTest, DefaultTreatmentHasItsCount) {
    const Design design;
    const Scene scene = bake(design);
    const Hairline hairline = Hairline::build(*head_, design.hairline, hashCounters(design.seed, 1)).value();
    std::vector<float> missing =
        missingHair(*head_, hairShare(*head_, design.hair.norwood), design.smp.blendMm);
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] *= head_->craniumMask[i];
    // The integral by another road: random places in every triangle.
    RandomStream random(4);
    double expected = 0;
    for (std::uint32_t t = 0; t < head_->mesh.triangles.size(); ++t) {
        const glm::uvec3 corner = head_->mesh.triangles[t];
        const glm::vec3 corners(missing[corner.x], missing[corner.y], missing[corner.z]);
        if (corners == glm::vec3(0)) continue;
        constexpr int kPlaces = 4;
        for (int k = 0; k < kPlaces; ++k) {
            const float root = std::sqrt(random.uniform()), v = random.uniform();
            const SurfacePoint at{t, {1 - root, root * (1 - v), root * v}};
            const float share = hairlineShare(hairline.signedDistanceMm(positionMmAt(head_->mesh, at)),
                                              hairline.featherMm(), design.smp);
            expected += design.smp.densityPerCm2 * share * glm::dot(at.barycentric, corners) *
                        triangleAreaMm2(head_->mesh, t) / (100 * kPlaces);
        }
    }
    ASSERT_GT(scene.impressions.size(), 20'000u);
    EXPECT_NEAR(double(scene.impressions.size()) / expected, 1, 0.005);
}

TEST_F(BakeTest, ScarsBearNoHairButDots) {
    Design design = sparse_;
    design.hair.norwood = Norwood::none;
    design.hair.densityPerCm2 = 60;
    const Scene before = bake(design);
    design.skin.scars = {{{{0.2f, -0.6f}, {-0.2f, -0.6f}}, 6, 0.5f}};
    const Scene after = bake(design);
    const ScarsOnSkin scars(*head_, design.skin.scars);
    const auto inScars = [&](const std::vector<glm::vec3>& places) {
        return std::count_if(places.begin(), places.end(), [&](auto p) { return scars.at(p).isScar(); });
    };
    EXPECT_GT(inScars(before.follicles.positionsMm), 50);
    EXPECT_EQ(inScars(after.follicles.positionsMm), 0);
    EXPECT_EQ(inScars(before.impressions.positionsMm), 0);
    EXPECT_GT(inScars(after.impressions.positionsMm), 30);
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

TEST_F(BakeTest, DotsKeepClearOfGraftsAndGoIntoTheScarsTheyLeave) {
    Design design = sparse_;
    design.hair.densityPerCm2 = 100;
    design.grafts.count = 800;
    for (int i = 0; i < kTreatedZoneCount; ++i)
        if (static_cast<Zone>(i) == Zone::scar) design.smp.zones[static_cast<std::size_t>(i)].density = 3;
    design.smp.densityPerCm2 = 120;
    const Scene scene = bake(design);
    Design bare = design;
    bare.grafts.count = 0;
    const Scene before = bake(bare);
    EXPECT_EQ(scene.scars.size(), 800u);
    EXPECT_TRUE(before.scars.empty());
    const ScarsOnSkin scars(*head_, scene.scars);
    std::size_t inScars = 0;
    for (const glm::vec3 p : scene.impressions.positionsMm) inScars += scars.at(p).isScar();
    EXPECT_GT(inScars, 400u) << "about every second scar of 0.9 mm gets a dot";
    for (const glm::vec3 p : scene.follicles.positionsMm) ASSERT_FALSE(scars.at(p).isScar());
    const float nearestMm = 0.5f * design.smp.diameterMm;
    const std::uint32_t own = *std::ranges::max_element(before.follicles.units);
    std::size_t grafts = 0;
    for (std::size_t k = 0; k < scene.follicles.size(); ++k) {
        if (scene.follicles.units[k] <= own) continue;
        ++grafts;
        for (const glm::vec3 dot : scene.impressions.positionsMm)
            ASSERT_GT(glm::distance(scene.follicles.positionsMm[k], dot), nearestMm);
    }
    EXPECT_GT(grafts, 800u);
}

TEST_F(BakeTest, GraftedHairLeavesLessToFill) {
    Design design = sparse_;
    design.hair.densityPerCm2 = std::nullopt;
    const std::size_t before = bake(design).impressions.size();
    design.grafts.count = 3000;
    design.grafts.method = GraftMethod::strip;
    design.smp.zones[static_cast<std::size_t>(Zone::scar)].density = 0;
    const std::size_t after = bake(design).impressions.size();
    EXPECT_LT(double(after), 0.95 * double(before));
    EXPECT_GT(double(after), 0.4 * double(before));
}

TEST_F(BakeTest, TooManyGraftsAreToldOf) {
    Design design = sparse_;
    design.grafts.count = 10000;
    const auto scene = bakeScene(head_, design);
    ASSERT_FALSE(scene);
    EXPECT_EQ(scene.error().code, ExitCode::badInput);
    EXPECT_TRUE(scene.error().message.starts_with("grafts.count: 10000 grafts, but the donor area can give "))
        << scene.error().message;
}

TEST_F(BakeTest, ConcealersLieInTheSceneAndLeaveHairAndDotsAlone) {
    Design design = sparse_;
    const Scene none = bake(design);
    EXPECT_TRUE(none.concealerHides.empty());
    EXPECT_EQ(none.looseFibres.size(), 0u);
    design.concealer = {ConcealerKind::powder, 1};
    const Scene powder = bake(design);
    EXPECT_GT(*std::ranges::max_element(powder.concealerHides), 0.8f);
    EXPECT_EQ(powder.looseFibres.size(), 0u);
    design.concealer.kind = ConcealerKind::fibres;
    const Scene fibres = bake(design);
    EXPECT_GT(fibres.looseFibres.size(), 20000u);
    EXPECT_EQ(fibres.impressions.positionsMm, none.impressions.positionsMm);
    EXPECT_EQ(fibres.follicles.positionsMm, none.follicles.positionsMm);
}

TEST_F(BakeTest, ColourAndLengthTakeTheStoredRoots) {
    Design design = sparse_;
    bake(design);
    const int before = stored("follicles");
    design.hair.colour = HairColour::red;
    bake(design);
    EXPECT_EQ(stored("follicles"), before);
}

TEST_F(BakeTest, WithoutTreatmentThereAreNoDots) {
    sparse_.smp.enabled = false;
    EXPECT_EQ(bake(sparse_).impressions.size(), 0u);
}

}  // namespace
}  // namespace stubble
