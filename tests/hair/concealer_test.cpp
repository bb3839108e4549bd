#include "engine/hair/concealer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/hair/follicles.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

class ConcealerTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        head_ = std::make_unique<Head>(std::move(loadHead(HeadSource{}).value().head));
        line_ = std::make_unique<Hairline>(Hairline::build(*head_, HairlineDesign{}, 1).value());
        hairShare_ = hairShare(*head_, HairLoss{.norwood = Norwood::III, .ludwig = 2});
        share_ = concealerShare(*head_, *line_, hairShare_);
    }
    static void TearDownTestSuite() { head_.reset(), line_.reset(); }
    static inline std::unique_ptr<Head> head_;
    static inline std::unique_ptr<Hairline> line_;
    static inline std::vector<float> hairShare_, share_;
};

TEST_F(ConcealerTest, LiesWhereHairIsLackingBehindTheHairlineAlone) {
    double laid = 0;
    for (std::size_t i = 0; i < share_.size(); ++i) {
        ASSERT_GE(share_[i], 0);
        ASSERT_LE(share_[i], std::max(1 - hairShare_[i], 0.0f) + 1e-6f);
        if (line_->signedDistanceMm(head_->mesh.positionsMm[i]) <= 0) {
            ASSERT_EQ(share_[i], 0);
        }
        laid += share_[i];
    }
    EXPECT_GT(laid, 1000);
}

TEST_F(ConcealerTest, HidesSkinByItsAmount) {
    EXPECT_EQ(hiddenSkin(ConcealerKind::none, 1), 0);
    for (const ConcealerKind kind : {ConcealerKind::fibres, ConcealerKind::powder}) {
        EXPECT_EQ(hiddenSkin(kind, 0), 0);
        EXPECT_GT(hiddenSkin(kind, 0.5f), 0.2f);
        EXPECT_GT(hiddenSkin(kind, 1), hiddenSkin(kind, 0.5f));
        EXPECT_LT(hiddenSkin(kind, 1), 1);
    }
    EXPECT_GT(hiddenSkin(ConcealerKind::powder, 1), hiddenSkin(ConcealerKind::fibres, 1));
}

TEST_F(ConcealerTest, FibresAreShortFineAndLieDownInAllDirections) {
    const Strands fibres = looseFibres(*head_, share_, 0.5f, Strands{}, 3);
    ASSERT_GT(fibres.size(), 10000u);
    glm::dvec3 sum(0);
    for (std::size_t i = 0; i < fibres.size(); ++i) {
        const glm::vec3 chord = fibres.pointsMm[i].back() - fibres.pointsMm[i].front();
        ASSERT_NEAR(glm::length(chord), fibres.lengthsMm[i], 1e-3);
        ASSERT_GE(fibres.lengthsMm[i], 0.2f);
        ASSERT_LE(fibres.lengthsMm[i], 0.5f);
        ASSERT_GT(fibres.diametersUm[i], 10);
        ASSERT_LT(fibres.diametersUm[i], 25);
        ASSERT_LT(std::abs(glm::dot(glm::normalize(chord), fibres.normals[i])), 0.25f);
        sum += glm::dvec3(glm::normalize(chord));
    }
    EXPECT_LT(glm::length(sum) / double(fibres.size()), 0.02) << "no direction of its own";
    const double twice = double(looseFibres(*head_, share_, 1, Strands{}, 3).size());
    EXPECT_NEAR(twice / double(fibres.size()), 2, 0.03);
    EXPECT_EQ(looseFibres(*head_, share_, 0, Strands{}, 3).size(), 0u);
}

TEST_F(ConcealerTest, FibresClingToHair) {
    const Follicles follicles = growFollicles(*head_, hairShare_, HairDesign{}, 1).value();
    HairDesign hair;
    hair.lengthMm = 6;
    const Strands strands = growStrands(follicles, hair);
    const auto highest = [&](const Strands& fibres) {
        const Strands bare = looseFibres(*head_, share_, 0.2f, Strands{}, 3);
        std::size_t moved = 0;
        for (std::size_t i = 0; i < fibres.size(); ++i)
            moved += glm::distance(fibres.pointsMm[i][2], bare.pointsMm[i][2]) > 0.3f;
        return double(moved) / double(fibres.size());
    };
    const double share = highest(looseFibres(*head_, share_, 0.2f, strands, 3));
    EXPECT_GT(share, 0.2);
    EXPECT_LT(share, 0.6);
}

}  // namespace
}  // namespace stubble
