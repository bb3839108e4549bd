#include "engine/hair/grafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/hair/growth_direction.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {
namespace {

using testing::HasSubstr;

/// The built-in head at Norwood VI with its hair.
class GraftsTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        head_ = std::make_unique<Head>(std::move(loadHead(HeadSource{}).value().head));
        share_ = hairShare(*head_, Norwood::VI);
        follicles_ = growFollicles(*head_, share_, HairDesign{}, 1).value();
        growth_ = growthAtVertices(*head_, whorlsOf(*head_, HairDesign{}, 1));
        line_ = std::make_unique<Hairline>(Hairline::build(*head_, HairlineDesign{}, 1).value());
    }
    static void TearDownTestSuite() { head_.reset(), line_.reset(); }

    struct Done {
        Follicles follicles;
        std::vector<Scar> scars;
        std::size_t kept = 0;  ///< of the hairs before
    };
    static Result<Done> operate(const GraftDesign& design, std::uint64_t seed = 5) {
        Done done{follicles_, {}, 0};
        const GraftGround ground{head_.get(), line_.get(), share_, growth_};
        STUBBLE_TRY(Transplant left, transplant(ground, design, seed, done.follicles));
        done.scars = std::move(left.scars);
        const std::uint32_t own = *std::ranges::max_element(follicles_.units);
        done.kept = static_cast<std::size_t>(
            std::ranges::count_if(done.follicles.units, [own](std::uint32_t unit) { return unit <= own; }));
        EXPECT_EQ(left.firstPlanted, done.kept);
        return done;
    }
    static float behindMm(const Follicles& f, std::size_t i) {
        return line_->signedDistanceMm(f.positionsMm[i]);
    }

    static inline std::unique_ptr<Head> head_;
    static inline std::unique_ptr<Hairline> line_;
    static inline std::vector<float> share_;
    static inline Follicles follicles_;
    static inline std::vector<glm::vec3> growth_;
};

TEST_F(GraftsTest, NoneIsNothing) {
    const Done done = operate({}).value();
    EXPECT_EQ(done.follicles.positionsMm, follicles_.positionsMm);
    EXPECT_TRUE(done.scars.empty());
}

TEST_F(GraftsTest, ThatAllSurviveAreTheHairsTakenButForTrimmedOnes) {
    GraftDesign design{.count = 2500};
    design.survival = 1;
    const Done done = operate(design).value();
    const std::size_t taken = follicles_.size() - done.kept, planted = done.follicles.size() - done.kept;
    EXPECT_GT(taken, 2 * 2500u) << "Europeans have 2.2 hairs a unit";
    EXPECT_LE(planted, taken);
    EXPECT_GT(planted, 0.9 * taken) << "few are trimmed to singles";
    std::set<std::uint32_t> units(done.follicles.units.begin() + std::ptrdiff_t(done.kept),
                                  done.follicles.units.end());
    EXPECT_EQ(units.size(), 2500u);
    // Shafts, melanin and growth are moved, not made.
    std::vector<float> before = follicles_.diametersUm, after = done.follicles.diametersUm;
    std::ranges::sort(before), std::ranges::sort(after);
    EXPECT_TRUE(std::ranges::includes(before, after));
}

TEST_F(GraftsTest, StandBehindTheHairlineWithSinglesInFrontAndDenserThanAtTheBack) {
    const Done done = operate({.count = 2500}).value();
    const Follicles& f = done.follicles;
    std::map<std::uint32_t, int> hairsOf;
    for (std::size_t i = done.kept; i < f.size(); ++i) ++hairsOf[f.units[i]];
    int front = 0, back = 0, several = 0;
    for (std::size_t i = done.kept; i < f.size(); ++i) {
        const float behind = behindMm(f, i);
        ASSERT_GT(behind, -0.3f);
        if (behind < 7.5f) {
            ASSERT_EQ(hairsOf[f.units[i]], 1) << behind;
        }
        several += hairsOf[f.units[i]] > 1;
        front += behind > 10 && behind < 40;
        back += behind > 90 && behind < 120;
        EXPECT_NEAR(glm::length(f.directions[i]), 1, 1e-5);
        EXPECT_NEAR(glm::dot(f.directions[i], f.curlAxes[i]), 0, 1e-4);
        EXPECT_GT(glm::dot(f.directions[i], f.normals[i]), 0);
    }
    EXPECT_GT(several, 1500);
    EXPECT_GT(front, 2 * back);
}

TEST_F(GraftsTest, SurvivalIsAShareOfThem) {
    GraftDesign design{.count = 2000};
    const auto unitsAt = [&](float survival) {
        design.survival = survival;
        const Done done = operate(design).value();
        return std::set<std::uint32_t>(done.follicles.units.begin() + std::ptrdiff_t(done.kept),
                                       done.follicles.units.end())
            .size();
    };
    EXPECT_EQ(unitsAt(1), 2000u);
    EXPECT_NEAR(double(unitsAt(0.8f)), 1600, 60);
    EXPECT_EQ(unitsAt(0), 0u);
}

TEST_F(GraftsTest, FueLeavesADotForEachAndThinsTheDonorArea) {
    const Done done = operate({.count = 3000}).value();
    ASSERT_EQ(done.scars.size(), 3000u);
    for (const Scar& scar : done.scars) {
        ASSERT_EQ(scar.points.size(), 1u);
        ASSERT_LE(scar.widthMm, 1) << "FUE leaves up to 1 mm";
        ASSERT_GT(donorShare(scar.points[0]), 0);
    }
    const auto inDonor = [](const Follicles& f) {
        return std::ranges::count_if(
            f.positionsMm, [](glm::vec3 p) { return donorShare(head_->chart.chartFromMm(p)) > 0.9f; });
    };
    const double left = double(inDonor(done.follicles)) / double(inDonor(follicles_));
    EXPECT_LT(left, 0.8);
    EXPECT_GT(left, 0.5);
}

TEST_F(GraftsTest, AStripLeavesOneLineThatGrowsWithTheCount) {
    GraftDesign design{.count = 800, .method = GraftMethod::strip};
    const auto lineMm = [](const Done& done) {
        const auto line = skullOf(*head_)->tracer().trace(done.scars[0].points, false);
        return lengthMm(line);
    };
    const Done few = operate(design).value();
    EXPECT_EQ(few.kept, follicles_.size()) << "the skin is drawn together";
    ASSERT_EQ(few.scars.size(), 1u);
    EXPECT_NEAR(lineMm(few), 800 / 80.0 * 100 / 12, 8);
    design.count = 4000;
    const Done many = operate(design).value();
    EXPECT_GT(lineMm(many), 2.5 * lineMm(few));
    EXPECT_GT(many.scars[0].widthMm, few.scars[0].widthMm);
}

TEST_F(GraftsTest, PlugsAreTuftsInRows) {
    GraftDesign design{.count = 120, .hairline = GraftHairline::pluggy};
    design.survival = 1;
    const Done done = operate(design).value();
    ASSERT_EQ(done.scars.size(), 120u);
    const Follicles& f = done.follicles;
    std::map<std::uint32_t, std::vector<glm::vec3>> plugs;
    for (std::size_t i = done.kept; i < f.size(); ++i) plugs[f.units[i]].push_back(f.positionsMm[i]);
    EXPECT_EQ(plugs.size(), 120u);
    std::vector<glm::vec3> centres;
    std::size_t hairs = 0;
    for (const auto& [unit, places] : plugs) {
        EXPECT_LE(places.size(), 20u);
        hairs += places.size();
        glm::vec3 sum(0);
        for (const glm::vec3 place : places) sum += place;
        centres.push_back(sum / float(places.size()));
        for (const glm::vec3 place : places) EXPECT_LT(glm::distance(place, centres.back()), 3);
    }
    EXPECT_GT(hairs, 10 * plugs.size());
    float least = 1e9f;
    for (std::size_t i = 0; i < centres.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) least = std::min(least, glm::distance(centres[i], centres[k]));
    EXPECT_GT(least, 4) << "skin shows between them";
}

TEST_F(GraftsTest, TheirShareIsTheirHairRelativeToAFullHead) {
    const std::vector<float> none = shareOf({}, *head_, {});
    EXPECT_EQ(*std::ranges::max_element(none), 0);
    const std::vector<float> own = shareOf(follicles_, *head_, {});
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < own.size(); ++i)
        if (share_[i] > 0.99f) sum += own[i], ++count;
    EXPECT_NEAR(sum / count, 0.95, 0.05) << "a full head is about whole; what exceeds it is cut off";
}

TEST_F(GraftsTest, SetBackFromTheHairlineTheyLeaveAMargin) {
    for (const GraftHairline kind : {GraftHairline::natural, GraftHairline::pluggy}) {
        const Done done = operate({.count = 100, .hairline = kind, .setbackMm = 10}).value();
        for (std::size_t i = done.kept; i < done.follicles.size(); ++i)
            ASSERT_GT(behindMm(done.follicles, i), 7);
    }
}

TEST_F(GraftsTest, SameSeedSameBytes) {
    EXPECT_EQ(operate({.count = 500})->follicles.positionsMm, operate({.count = 500})->follicles.positionsMm);
    EXPECT_NE(operate({.count = 500})->follicles.positionsMm,
              operate({.count = 500}, 6)->follicles.positionsMm);
}

TEST_F(GraftsTest, SayWhatTheyLack) {
    const auto faultOf = [](const GraftDesign& design) {
        const auto done = operate(design);
        EXPECT_FALSE(done);
        return done ? std::string() : done.error().message;
    };
    EXPECT_THAT(faultOf({.count = 10000}),
                HasSubstr("grafts.count: 10000 grafts, but the donor area can give "));
    EXPECT_THAT(faultOf({.count = 2000, .hairline = GraftHairline::pluggy}),
                HasSubstr("grafts.count: 2000 grafts, but the donor area can give "));
    const std::vector<float> whole = share_;
    share_ = head_->craniumMask;
    EXPECT_EQ(faultOf({.count = 100}),
              "grafts.count: 100 grafts, but there is room for 0 where hair is lost behind the hairline");
    EXPECT_EQ(faultOf({.count = 100, .hairline = GraftHairline::pluggy}),
              "grafts.count: 100 plugs, but there is room for 0 where hair is lost behind the hairline");
    share_ = whole;
}

}  // namespace
}  // namespace stubble
