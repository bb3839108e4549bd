#include "engine/scene/dot_looks.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

/// A well-placed dot of the first and one of the last of two sessions.
Impressions twoSessions() {
    Impressions dots;
    dots.positionsMm = {{0, 0, 0}, {5, 0, 0}};
    dots.normals = {{0, 0, 1}, {0, 0, 1}};
    dots.diametersMm = {0.15f, 0.15f};
    dots.depthsMm = {0.14f, 0.14f};
    dots.loads = {0.25f, 0.25f};
    dots.sessions = {0, 1};
    dots.zones = {0, 0};
    return dots;
}

Design onDay(float days) {
    Design design;
    design.smp.sessions = 2;
    design.time.days = days;
    return design;
}

glm::vec3 lossMm2(const Design& design, std::size_t i = 1) {
    return integratedLossMm2((*DotLooks::create(design))->of(twoSessions(), i));
}

TEST(DotLooks, GetLighterAsTheyHealFadeAndAreLasered) {
    EXPECT_GT(lossMm2(onDay(0)).g, 1.5f * lossMm2(onDay(60)).g);
    EXPECT_GT(lossMm2(onDay(3), 1).g, 1.5f * lossMm2(onDay(3), 0).g) << "only the last session is fresh";
    EXPECT_GT(0.9f * lossMm2(onDay(60)).g, lossMm2(onDay(2200)).g) << "six years show";
    Design lasered = onDay(400);
    float before = lossMm2(lasered).g;
    for (int n = 1; n <= 3; ++n) {
        lasered.time.laserSessions = n;
        EXPECT_LT(lossMm2(lasered).g, 0.85f * before) << n;
        before = lossMm2(lasered).g;
    }
}

TEST(DotLooks, FreshDotsAreRingedWithRed) {
    constexpr std::size_t kTail = 1;
    const auto redness = [](float days) {
        return (*DotLooks::create(onDay(days)))->of(twoSessions(), 1).tailLoss[kTail] -
               (*DotLooks::create(onDay(60)))->of(twoSessions(), 1).tailLoss[kTail];
    };
    const glm::vec3 fresh = redness(0);
    EXPECT_GT(fresh.g, 0.01f);
    EXPECT_GT(fresh.g, fresh.b);
    EXPECT_GT(fresh.b, 5 * fresh.r) << "haemoglobin lets red through";
    // The pigment that is still shed on day 10 takes more red than green so far out.
    EXPECT_LT(redness(10).g - redness(10).r, 0.01f * fresh.g);
}

TEST(DotLooks, BasesHaveTheirColour) {
    const auto redToBlue = [](PigmentBase base) {
        Design design = onDay(60);
        design.smp.pigment = base;
        const glm::vec3 loss = lossMm2(design);
        return loss.r / loss.b;
    };
    EXPECT_LT(redToBlue(PigmentBase::brown), redToBlue(PigmentBase::warmBlack));
    EXPECT_LT(redToBlue(PigmentBase::warmBlack), redToBlue(PigmentBase::carbon));
    EXPECT_LT(redToBlue(PigmentBase::carbon), redToBlue(PigmentBase::coolGrey));
}

TEST(DotLooks, ShavedHairTakesLightByItsColour) {
    const auto loss = [](HairColour colour) {
        Design design;
        design.hair.colour = colour;
        return integratedLossMm2((*DotLooks::create(design))->ofShavedHair(65, 1));
    };
    const glm::vec3 black = loss(HairColour::black), darkBrown = loss(HairColour::darkBrown),
                    brown = loss(HairColour::brown), blond = loss(HairColour::blond),
                    red = loss(HairColour::red);
    EXPECT_GT(black.g, 1.1f * darkBrown.g);
    EXPECT_GT(darkBrown.g, 1.1f * brown.g);
    EXPECT_GT(brown.g, 1.5f * blond.g);
    EXPECT_GT(blond.g, 0) << "even blond stubble shows";
    EXPECT_GT(red.b / red.r, 1.3f * brown.b / brown.r) << "red hair lets red light through";
    Design design;
    EXPECT_EQ((*DotLooks::create(design))->hair().eumelanin, kDarkBrownHair.eumelanin);
    EXPECT_NEAR(hairAbsorptionPerMm(kDarkBrownHair, 550), 60, 0.1);
}

}  // namespace
}  // namespace stubble
