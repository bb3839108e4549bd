#include "tools/studio/comparison.h"

#include <gtest/gtest.h>

#include "tools/studio/text.h"

namespace stubble {
namespace {

TEST(Comparison, BeforeTreatmentHasNoPigmentAndDoesNotFollowItsSettings) {
    Design design;
    design.hair.lengthMm = 1.5f;
    const Design before = beforeTreatment(design);
    EXPECT_FALSE(before.smp.enabled);
    EXPECT_EQ(before.hair, design.hair);
    EXPECT_EQ(before.skin, design.skin);
    design.smp.densityPerCm2 += 10;
    design.smp.depthMm += 0.1f;
    EXPECT_EQ(beforeTreatment(design), before);
    design.hair.lengthMm = 3;
    EXPECT_NE(beforeTreatment(design), before);
}

TEST(Comparison, AFewDifferencesNameTheHalves) {
    ASSERT_TRUE(loadTexts("en"));
    Design pinned;
    pinned.smp.densityPerCm2 = 120;
    Design present = pinned;
    EXPECT_EQ(pinnedLabels(pinned, present).left, "Pinned");
    EXPECT_EQ(pinnedLabels(pinned, present).right, "Now");
    present.smp.densityPerCm2 = 220;
    EXPECT_EQ(pinnedLabels(pinned, present).left, "Density 120 /cm²");
    EXPECT_EQ(pinnedLabels(pinned, present).right, "Density 220 /cm²");
    present.hair.lengthMm = pinned.hair.lengthMm + 2;
    EXPECT_NE(pinnedLabels(pinned, present).right.find(", Density 220"), std::string::npos);
    present.smp.dilution = 12;
    EXPECT_EQ(pinnedLabels(pinned, present).right, "Now");
}

TEST(Comparison, ADifferenceWithoutAWordIsJustPinned) {
    ASSERT_TRUE(loadTexts("en"));
    const Design pinned;
    Design present;
    present.seed = 2;
    EXPECT_EQ(pinnedLabels(pinned, present).left, "Pinned");
    EXPECT_EQ(pinnedLabels(pinned, present).right, "Now");
}

TEST(Comparison, BakesWhatItIsComparedWithOnce) {
    Comparison comparison([] {});
    comparison.follow({});
    EXPECT_FALSE(comparison.isBusy());  // off
    comparison.turn(true);
    comparison.follow({});
    std::optional<Result<LoadedScene>> loaded;
    for (int i = 0; i < 6000 && !loaded; ++i) {
        loaded = comparison.take();
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_TRUE(loaded && *loaded);
    EXPECT_TRUE((*loaded)->scene->impressions.size() == 0);
    EXPECT_GT((*loaded)->scene->follicles.size(), 0u);
    comparison.turn(false);
    comparison.turn(true);  // shown once more
    comparison.follow({});
    EXPECT_TRUE(comparison.isBusy());
    for (loaded.reset(); !loaded;) loaded = comparison.take();
    Design denser;
    denser.smp.densityPerCm2 = 300;
    comparison.follow(denser);
    EXPECT_FALSE(comparison.isBusy());
    denser.hair.lengthMm = 4;
    comparison.follow(denser);
    EXPECT_TRUE(comparison.isBusy());
}

}  // namespace
}  // namespace stubble
