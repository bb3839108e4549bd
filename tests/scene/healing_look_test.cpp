// What time does, as seen: ageing and the optics of dots together.
#include <gtest/gtest.h>

#include "engine/optics/dot_optics.h"
#include "engine/treatment/ageing.h"

namespace stubble {
namespace {

class HealingLookTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto table = DotTable::shared();
        ASSERT_TRUE(table) << table.error().message;
        optics_.emplace(**table, SkinPigments{.melaninPercent = 3}, PigmentBase::carbon);
    }
    [[nodiscard]] DotProfile after(float days, const PutDot& dot, int laser = 0) const {
        const Ageing ageing({.days = days, .laserSessions = laser}, PigmentBase::carbon, 1);
        const AgedDot aged = ageing.of(dot, 0);
        return optics_->pigment(aged.diameterMm, aged.depthMm, aged.loadPercent);
    }
    /// Green light that is missing, mm² of skin, and what is left of it in the dot's middle.
    [[nodiscard]] float tone(float days, const PutDot& dot = {}, int laser = 0) const {
        return integratedLossMm2(after(days, dot, laser)).g;
    }
    [[nodiscard]] float middle(float days, const PutDot& dot = {}) const {
        return ratioAt(after(days, dot), 0).g;
    }
    std::optional<DotOptics> optics_;
};

// Practice: 30–50 % of optical density lost by day 30.
TEST_F(HealingLookTest, TheToneLosesThirtyToFiftyPercentInAMonth) {
    for (const float load : {0.25f, 0.5f, 0.83f}) {  // dilutions 20:1, 10:1, 6:1
        const PutDot dot = {.loadPercent = load};
        EXPECT_GT(tone(30, dot), 0.5f * tone(0, dot)) << load;
        EXPECT_LT(tone(30, dot), 0.7f * tone(0, dot)) << load;
        EXPECT_LT(middle(0, dot), middle(30, dot)) << "fresh dots are darker as well as larger";
        EXPECT_GT(tone(3, dot), tone(0, dot)) << "crusts are darkest";
        EXPECT_LT(middle(3, dot), middle(0, dot));
    }
}

// Practice: refreshed after 3–6 years; laser clears in 1–3 sessions; too deep looks blue and blurred.
TEST_F(HealingLookTest, YearsLaserAndDepthShow) {
    EXPECT_LT(tone(5 * 365.25f), 0.9f * tone(60));
    EXPECT_GT(tone(5 * 365.25f), 0.6f * tone(60));
    EXPECT_LT(tone(400, {}, 1), 0.8f * tone(400));
    EXPECT_LT(tone(400, {}, 3), 0.3f * tone(400));
    const PutDot deep = {.depthMm = 0.55f};
    const glm::vec3 lost = integratedLossMm2(after(365, deep)), good = integratedLossMm2(after(365, {}));
    EXPECT_GT(lost.r / lost.b, 2 * good.r / good.b) << "more red is missing than blue";
    EXPECT_GT(middle(365, deep), 0.9f) << "no dot is left to be seen";
}

}  // namespace
}  // namespace stubble
