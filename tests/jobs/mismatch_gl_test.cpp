#include "engine/jobs/mismatch.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/file.h"
#include "engine/jobs/caption.h"
#include "engine/jobs/mismatch_job.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace {

std::shared_ptr<const Head> mannequin() {
    static const auto head = std::make_shared<const Head>(loadHead({"builtin:mannequin", "", {}})->head);
    return head;
}

Design designOf(std::initializer_list<const char*> settings) {
    Design design;
    for (const char* setting : settings) EXPECT_TRUE(applySetting(design, setting)) << setting;
    return design;
}

PairCamera cameraOf(const Design& design) {
    return *PairCamera::create(*bakeScalpPair(mannequin(), design), *GlContext::createHeadless());
}

/// One bake for the tests that look at the matched treatment; a context is current once at a time.
class MatchedMismatchGLTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { camera = new PairCamera(cameraOf(*readPreset("matched-buzz"))); }
    static void TearDownTestSuite() {
        delete camera;
        camera = nullptr;
    }
    static PairCamera* camera;
    const MismatchSight sight{};

    MismatchMeasure measure(float lengthMm, double distanceCm = 75) const {
        return *camera->window(sight.camera, sight.light, lengthMm)->measure(distanceCm);
    }
};
PairCamera* MatchedMismatchGLTest::camera = nullptr;

TEST_F(MatchedMismatchGLTest, ShavedNobodyCanTell) {
    // Nearer, from above, it is about told: docs/mismatch.md.
    for (const char* view : {"three-quarter", "top"}) {
        const PairPictures pictures = *camera->window(view, "studio", 0.05f);
        for (const double distanceCm : {75.0, 120.0, 300.0})
            EXPECT_LT(pictures.measure(distanceCm)->dPrime, 1) << view << " at " << distanceCm;
    }
}

TEST_F(MatchedMismatchGLTest, IsToldMoreTheLongerHairGrows) {
    double last = 0;
    for (const float lengthMm : {0.05f, 0.5f, 1.0f, 1.5f, 3.0f, 6.0f, 13.0f}) {
        const double dPrime = measure(lengthMm).dPrime;
        EXPECT_GT(dPrime, last) << lengthMm << " mm";
        last = dPrime;
    }
    EXPECT_GT(last, 3);
}

TEST_F(MatchedMismatchGLTest, IsToldLessFromFurther) {
    for (const float lengthMm : {0.5f, 3.0f, 13.0f}) {
        const PairPictures pictures = *camera->window(sight.camera, sight.light, lengthMm);
        double last = 1e9;
        for (const double distanceCm : {45.0, 75.0, 120.0, 300.0}) {
            const double dPrime = pictures.measure(distanceCm)->dPrime;
            EXPECT_LT(dPrime, last) << lengthMm << " mm at " << distanceCm;
            last = dPrime;
        }
    }
}

TEST_F(MatchedMismatchGLTest, BlendsUpToALengthThatItNames) {
    const BlendingLength blending = *blendingLength(*camera, sight);
    ASSERT_FALSE(blending.always);
    ASSERT_GT(blending.upToMm, 0.05f);
    EXPECT_LT(measure(blending.upToMm).dPrime, kTold);
    EXPECT_GE(measure(blending.upToMm + kBlendingToleranceMm).dPrime, kTold);
    for (std::size_t i = 1; i < blending.tried.size(); ++i)
        EXPECT_LT(blending.tried[i - 1].lengthMm, blending.tried[i].lengthMm);
}

TEST_F(MatchedMismatchGLTest, HairStandsUpAndPigmentDoesNot) {
    const TreatedFrame frame = *camera->view().window("three-quarter");
    double last = 0;
    for (const float lengthMm : {0.5f, 3.0f, 13.0f}) {
        const ReliefPair relief = *reliefOf(camera->pair(), frame, lengthMm);
        EXPECT_GT(relief.natural.rmsMm, last) << lengthMm;
        EXPECT_LT(relief.natural.meanMm, lengthMm);
        EXPECT_LT(relief.treated.rmsMm, 0.3 * relief.natural.rmsMm);
        last = relief.natural.rmsMm;
    }
}

TEST_F(MatchedMismatchGLTest, LampsStayWhereTheyAreWhenTheEyeTurns) {
    // A flat measure of light: the mean of the treated picture, whose skin faces the lamps as before.
    const auto mean = [&](std::string_view view, float turn) {
        const PairPictures pictures = *camera->window(view, "daylight", 0.05f, turn);
        double sum = 0, weight = 0;
        for (std::size_t i = 0; i < pictures.treated.pixels.size(); ++i) {
            const double inside = double(pictures.frame.mask.pixels[i]);
            sum += inside * double(pictures.treated.pixels[i].g), weight += inside;
        }
        return sum / weight;
    };
    for (const char* view : {"three-quarter", "top"})
        EXPECT_NEAR(mean(view, 20), mean(view, 0), 0.15 * mean(view, 0)) << view;
}

TEST(MismatchGLTest, NaturalScalpsAreNotToldFromEachOther) {
    // 21 heads of hair, each against the next.
    const Design design = naturalCounterpart(Design{});
    auto pair = *bakeScalpPair(mannequin(), Design{});
    std::vector<double> dPrimes;
    double squared = 0;
    constexpr int kPairs = 20;
    for (std::uint64_t seed = 0; seed < kPairs; ++seed) {
        for (auto [scene, own] : {std::pair(&pair.treated, seed), std::pair(&pair.natural, seed + 1)}) {
            Design other = design;
            other.seed = 100 + own;
            *scene = *bakeScene(mannequin(), other);
        }
        PairCamera camera = *PairCamera::create(pair, *GlContext::createHeadless());
        const float lengthMm = seed % 2 == 0 ? 0.05f : 3.0f;
        const auto m = *camera.window("three-quarter", "studio", lengthMm)->measure(75);
        EXPECT_GT(m.meanDeltaE, 0.01) << "the same picture twice";
        RecordProperty("pair" + std::to_string(seed),
                       std::to_string(m.dPrimeSquared) + ", chance " + std::to_string(m.chanceDPrime));
        dPrimes.push_back(m.dPrime);
        squared += m.dPrimeSquared / kPairs;
    }
    std::ranges::sort(dPrimes);
    RecordProperty("medianDPrime", std::to_string(dPrimes[kPairs / 2]));
    RecordProperty("largestDPrime", std::to_string(dPrimes.back()));
    RecordProperty("meanDPrimeSquared", std::to_string(squared));
    EXPECT_LT(squared, 0.05);
    // Somewhat below 0: both pictures have the same skin, shape and light, and what these vary from patch to
    // patch is taken for chance, that two samples differ by.
    EXPECT_GT(squared, -0.2);
    EXPECT_LT(dPrimes[kPairs / 2], 0.15) << "median";
    EXPECT_LT(dPrimes.back(), 0.5) << "largest";
}

TEST(MismatchGLTest, DotsThatStandTooEvenlyAreToldByTheirContrast) {
    PairCamera camera = cameraOf({});
    const auto m = *camera.window("three-quarter", "studio", 0.05f)->measure(75);
    EXPECT_GT(m.dPrime, kTold);
    EXPECT_EQ(strongestPart(m), "contrast");
    EXPECT_NE(
        blendingSentence(*blendingLength(camera, {}), {}, Design{}.hair).find("is told even at razor length"),
        std::string::npos);
}

TEST(MismatchGLTest, SaysWhereThereIsNothingToCompare) {
    PairCamera full = cameraOf(designOf({"hair.norwood=none"}));
    const auto none = full.window("top", "studio", 0.05f);
    ASSERT_FALSE(none);
    EXPECT_EQ(
        none.error().message,
        "no hair was lost behind the hairline: nothing to compare, expected a stage of hair loss, such as "
        "hair.norwood=VI");
}

TEST(MismatchGLTest, SaysWhenTheCameraSeesNoneOfIt) {
    PairCamera camera = cameraOf(designOf({"hair.norwood=III"}));
    const auto back = camera.window("back", "studio", 0.05f);
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, ExitCode::badInput);
    EXPECT_EQ(back.error().message,
              "camera back: sees 0.0 cm² of treated skin, expected at least 1.6: choose another camera");
}

TEST(MismatchSentence, CountsDaysByTheGrowthOfTheAncestry) {
    BlendingLength blending;
    blending.upToMm = 1.2f;
    HairDesign hair;
    EXPECT_EQ(blendingSentence(blending, {}, hair), "blends up to 1.2 mm at 75 cm: clip every 3 days");
    hair.ancestry = Ancestry::african;  // 0.28 mm a day
    EXPECT_EQ(blendingSentence(blending, {}, hair), "blends up to 1.2 mm at 75 cm: clip every 4 days");
    blending.upToMm = 0.5f;
    EXPECT_EQ(blendingSentence(blending, {.distanceCm = 120}, hair),
              "blends up to 0.50 mm at 120 cm: clip every day");
    blending.upToMm = 0.19f;
    EXPECT_EQ(blendingSentence(blending, {}, hair), "blends up to 0.19 mm at 75 cm: shave every 12 hours");
    blending.always = true;
    EXPECT_EQ(blendingSentence(blending, {}, hair), "blends at every length up to 25 mm at 75 cm");
}

TEST(Caption, WritesItsWordsInTheirPlace) {
    const Caption caption = *Caption::create();
    const auto inkIn = [&](std::string_view text) {
        ImageRgb8 image(200, 40, Rgb8(0));
        caption.draw(image, 10, 10, 20, text, Rgb8(255));
        double sum = 0;
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x) {
                const bool inside = x >= 10 && x < 10 + caption.widthPx(20, text) && y >= 10 && y < 30;
                EXPECT_TRUE(inside || image.at(x, y).r == 0) << x << ' ' << y;
                sum += image.at(x, y).r / 255.0;
            }
        return sum;
    };
    EXPECT_EQ(inkIn("   "), 0);
    EXPECT_GT(inkIn("M"), 2 * inkIn("."));
    EXPECT_NEAR(inkIn("HHHH"), 4 * inkIn("H"), 0.15 * inkIn("HHHH"));
    EXPECT_EQ(inkIn("\n"), inkIn("?"));
    ImageRgb8 narrow(20, 8);
    caption.draw(narrow, -30, -4, 20, "beyond every border", Rgb8(255));
}

}  // namespace
}  // namespace stubble
