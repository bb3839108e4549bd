#include "engine/optics/pigment.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

constexpr std::array<PigmentBase, kPigmentBaseCount> kBases = {PigmentBase::carbon, PigmentBase::warmBlack,
                                                               PigmentBase::coolGrey, PigmentBase::brown};

TEST(Pigment, IsOneAt550AndPositiveThroughout) {
    for (const PigmentBase base : kBases) {
        EXPECT_FLOAT_EQ(relativeAbsorption(base, 550), 1);
        for (float nm = 400; nm <= 700; nm += 0.5f) {
            const float here = relativeAbsorption(base, nm), next = relativeAbsorption(base, nm + 0.5f);
            ASSERT_GT(here, 0) << nm;
            ASSERT_LT(std::abs(next - here), 0.03f) << "a jump at " << nm;
        }
        EXPECT_EQ(relativeAbsorption(base, 300), relativeAbsorption(base, 400));
        EXPECT_EQ(relativeAbsorption(base, 900), relativeAbsorption(base, 700));
    }
}

// Bond and Bergstrom 2006: an absorption Ångström exponent of 1.
TEST(Pigment, CarbonFallsSlowlyToTheRed) {
    for (float nm = 400; nm <= 700; nm += 25)
        EXPECT_NEAR(relativeAbsorption(PigmentBase::carbon, nm), 550 / nm, 1e-5f);
}

// Querry 1985: hematite's k is 1.020 at 450, 0.498 at 550 and 0.057 at 650 nm. Cosmetic brown inks absorb
// strongly at 400–550 nm (Lasers in Medical Science 30, 2015).
TEST(Pigment, IronOxideMakesBrown) {
    const auto brown = [](float nm) { return relativeAbsorption(PigmentBase::brown, nm); };
    EXPECT_NEAR(brown(450), 0.5f * 550 / 450 + 0.5f * (1.020f / 450) / (0.498f / 550), 1e-4f);
    EXPECT_NEAR(brown(650), 0.5f * 550 / 650 + 0.5f * (0.057f / 650) / (0.498f / 550), 1e-4f);
    EXPECT_GT(brown(450) / brown(650), 3);
}

TEST(Pigment, BasesRunFromCoolToWarm) {
    const auto blueToRed = [](PigmentBase base) {
        return relativeAbsorption(base, 450) / relativeAbsorption(base, 650);
    };
    EXPECT_LT(blueToRed(PigmentBase::coolGrey), 1) << "takes more red than blue";
    EXPECT_LT(blueToRed(PigmentBase::coolGrey), blueToRed(PigmentBase::carbon));
    EXPECT_LT(blueToRed(PigmentBase::carbon), blueToRed(PigmentBase::warmBlack));
    EXPECT_LT(blueToRed(PigmentBase::warmBlack), blueToRed(PigmentBase::brown));
}

// 1.3e4/mm of solid carbon: 130/mm at one percent.
TEST(Pigment, AbsorbsInProportionToItsLoad) {
    EXPECT_FLOAT_EQ(absorptionPerMm(PigmentBase::carbon, 1, 550), 130);
    for (const PigmentBase base : kBases)
        EXPECT_FLOAT_EQ(absorptionPerMm(base, 0.5f, 620), 65 * relativeAbsorption(base, 620));
    EXPECT_EQ(absorptionPerMm(PigmentBase::brown, 0, 450), 0);
}

}  // namespace
}  // namespace stubble
