#include "engine/perception/mismatch.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>
#include <cstring>

#include "engine/core/colour.h"
#include "engine/perception/viewing.h"
#include "tests/perception/scattered_strokes.h"

namespace stubble {
namespace {

constexpr double kMmPerPixel = 0.1;
constexpr int kPatchPx = 64;

TextureStatistics statistics(const Strokes& strokes, double distanceCm = 75) {
    return *textureStatistics(scatteredStrokes(strokes), {}, pixelsPerDegree(kMmPerPixel, distanceCm),
                              kPatchPx);
}
MismatchMeasure mismatch(const Strokes& one, const Strokes& two, double distanceCm = 75) {
    return *measureMismatch(statistics(one, distanceCm), statistics(two, distanceCm));
}

TEST(Mismatch, IdenticalTexturesAreNotTold) {
    const auto m = mismatch({}, {});
    EXPECT_EQ(m.dPrime, 0);
    EXPECT_EQ(m.meanDeltaE, 0);
    EXPECT_EQ(m.orientationEnergyDifference, 0);
    EXPECT_EQ(m.orientationCoherenceDifference, 0);
}

TEST(Mismatch, SamplesOfOneTextureAreNotTold) {
    for (const double distanceCm : {45.0, 75.0, 150.0, 300.0}) {
        double squared = 0, dPrime = 0, largest = 0;
        constexpr int kPairs = 20;
        int beyondChance = 0;
        for (std::uint64_t pair = 0; pair < kPairs; ++pair) {
            const auto m = mismatch({.seed = 1000 + 2 * pair}, {.seed = 1001 + 2 * pair}, distanceCm);
            squared += m.dPrimeSquared / kPairs, dPrime += m.dPrime / kPairs;
            largest = std::max(largest, m.dPrime);
            beyondChance += m.dPrime > m.chanceDPrime;
        }
        EXPECT_NEAR(squared, 0, 0.02) << distanceCm;
        EXPECT_LT(dPrime, 0.1) << distanceCm;
        EXPECT_LT(largest, 0.35) << distanceCm;
        EXPECT_LE(beyondChance, 5) << distanceCm;
    }
}

TEST(Mismatch, TheNullHoldsForLinesToo) {
    double squared = 0;
    for (std::uint64_t pair = 0; pair < 20; ++pair)
        squared +=
            mismatch({.seed = 50 + 2 * pair, .lengthMm = 1.5}, {.seed = 51 + 2 * pair, .lengthMm = 1.5})
                .dPrimeSquared /
            20;
    EXPECT_NEAR(squared, 0, 0.02);
}

TEST(Mismatch, RisesStrictlyAsDotsGrowIntoLines) {
    for (const double distanceCm : {45.0, 75.0, 150.0, 300.0}) {
        double last = 0.1;
        for (const double lengthMm : {0.1, 0.2, 0.5, 1.0, 1.5, 3.0, 6.0}) {
            const double dPrime = mismatch({}, {.seed = 9, .lengthMm = lengthMm}, distanceCm).dPrime;
            EXPECT_GT(dPrime, 1.05 * last) << lengthMm << " mm at " << distanceCm;
            last = dPrime;
        }
    }
}

TEST(Mismatch, LinesAreToldFromDotsOfAsMuchInk) {
    // As dark in the mean as the dots, so that shape alone gives them away.
    double last = 0.2;
    for (const double lengthMm : {0.2, 0.5, 1.0, 2.0, 3.0}) {
        const double dotMm2 = 0.0177, darkness = 0.8 * dotMm2 / (dotMm2 + 0.15 * lengthMm);
        const auto m = mismatch({}, {.seed = 9, .lengthMm = lengthMm, .darkness = darkness});
        EXPECT_LT(m.meanDeltaE, 0.15);
        EXPECT_GT(m.dPrime, 1.05 * last) << lengthMm;
        last = m.dPrime;
    }
}

TEST(Mismatch, RisesWithDensityAndDarkness) {
    double last = 0.1;
    for (const double density : {1.2, 1.5, 2.0, 3.0}) {
        const double dPrime = mismatch({}, {.seed = 9, .perCm2 = 140 * density}).dPrime;
        EXPECT_GT(dPrime, 1.2 * last) << density;
        last = dPrime;
    }
    last = 0.1;
    for (const double darkness : {0.7, 0.6, 0.4, 0.2}) {
        const double dPrime = mismatch({}, {.seed = 9, .darkness = darkness}).dPrime;
        EXPECT_GT(dPrime, 1.2 * last) << darkness;
        last = dPrime;
    }
}

TEST(Mismatch, FallsWithDistanceUntilNothingIsSeen) {
    // Lines as dark in the mean as the dots: only texture tells them.
    double last = 100;
    for (const double distanceCm : {45.0, 75.0, 110.0, 150.0, 220.0, 300.0, 600.0}) {
        const double dPrime = mismatch({}, {.seed = 9, .lengthMm = 1, .darkness = 0.0844}, distanceCm).dPrime;
        EXPECT_LT(dPrime, 0.95 * last) << distanceCm;
        last = dPrime;
    }
    EXPECT_LT(last, 0.1);
}

TEST(Mismatch, AColourShiftIsWorthItsDeltaE) {
    const glm::vec3 skin(0.45f, 0.3f, 0.22f);
    const auto flat = [](glm::vec3 colour) {
        return *textureStatistics(ImageLinear(256, 256, colour), {}, 131, kPatchPx);
    };
    const glm::vec3 lab = labFromLinearSrgb(skin);
    for (const glm::vec3 shift :
         {glm::vec3(1, 0, 0), glm::vec3(-3, 0, 0), glm::vec3(0, 2, -2), glm::vec3(6, 3, 0)}) {
        const glm::vec3 other = linearSrgbFromLab(lab + shift);
        const auto m = measureMismatch(flat(skin), flat(other));
        EXPECT_NEAR(m->meanDeltaE, deltaE2000(lab, lab + shift), 0.01);
        EXPECT_NEAR(m->dPrime, m->meanDeltaE / Observer{}.colourJnd, 0.01);
        EXPECT_NEAR(measureMismatch(flat(skin), flat(other), {.colourJnd = 1})->dPrime, m->meanDeltaE, 0.02);
    }
}

TEST(Mismatch, ContrastBelowThresholdIsNothing) {
    const auto m = mismatch({.darkness = 0.02}, {.seed = 9, .lengthMm = 0.1, .darkness = 0.004});
    EXPECT_NEAR(m.contrastSquared, 0, 1e-6);
    EXPECT_NEAR(m.coherenceSquared, 0, 1e-6);
}

TEST(Mismatch, DirectionIsToldAndGivenAsOrientationEnergy) {
    const Strokes along{.lengthMm = 1.5, .spreadDegrees = 20, .degrees = 0};
    const Strokes across{.seed = 2, .lengthMm = 1.5, .spreadDegrees = 20, .degrees = 90};
    const Strokes anyWay{.seed = 3, .lengthMm = 1.5};
    EXPECT_GT(mismatch(along, across).dPrime, 2);
    EXPECT_NEAR(mismatch(along, across).orientationEnergyDifference, 0, 0.05);
    EXPECT_GT(mismatch(anyWay, along).orientationEnergyDifference, 0.3);
    EXPECT_LT(mismatch(along, anyWay).orientationEnergyDifference, -0.3);
}

TEST(Mismatch, IsSymmetricAndTheSameForAnyNumberOfThreads) {
    const Strokes one{.lengthMm = 0.3}, two{.seed = 2};
    const auto there = mismatch(one, two), back = mismatch(two, one);
    EXPECT_NEAR(there.dPrimeSquared, back.dPrimeSquared, 1e-9);
    EXPECT_EQ(there.orientationEnergyDifference, -back.orientationEnergyDifference);
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 1);
    const auto serial = mismatch(one, two);
    EXPECT_EQ(std::memcmp(&serial, &there, sizeof serial), 0);
}

TEST(Mismatch, OneDPrimeIsSeventySixPercentRight) {
    EXPECT_DOUBLE_EQ(shareRight(0), 0.5);
    EXPECT_NEAR(shareRight(1), 0.7602, 1e-4);
    EXPECT_NEAR(shareRight(3), 0.9831, 1e-4);
}

TEST(MismatchMap, ShowsWhereTheHairIs) {
    // Dots everywhere, but for a band of lines on the right of the second picture.
    const ImageLinear dots = scatteredStrokes({.seed = 3}),
                      lines = scatteredStrokes({.seed = 4, .lengthMm = 1});
    ImageLinear second = scatteredStrokes({.seed = 5});
    for (int y = 0; y < 512; ++y)
        for (int x = 256; x < 512; ++x) second.at(x, y) = lines.at(x, y);
    const auto map =
        mismatchMap(*textureStatistics(dots, {}, 131, 32), *textureStatistics(second, {}, 131, 32));
    ASSERT_EQ(map->width, 16);
    ASSERT_EQ(map->height, 16);
    double left = 0, right = 10;
    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x) {
            if (x < 7) left = std::max(left, double(map->at(x, y)));
            if (x > 8) right = std::min(right, double(map->at(x, y)));
        }
    EXPECT_LT(left, 2);
    EXPECT_GT(right, 2 * left);
}

TEST(MismatchMap, HasNoValueOutsideTheMask) {
    Plane mask(512, 512, 1.0f);
    for (int y = 0; y < 512; ++y)
        for (int x = 0; x < 256; ++x) mask.at(x, y) = 0;
    const auto one = textureStatistics(scatteredStrokes({}), mask, 131, 64);
    const auto two = textureStatistics(scatteredStrokes({.seed = 2}), mask, 131, 64);
    const auto map = mismatchMap(*one, *two);
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x) EXPECT_EQ(std::isnan(map->at(x, y)), x < 3) << x << " " << y;
}

TEST(Mismatch, RefusesWhatItCannotCompare) {
    const ImageLinear image(128, 64, glm::vec3(0.4f));
    const auto two = *textureStatistics(image, {}, 131, 64), other = *textureStatistics(image, {}, 60, 64);
    const auto lone = *textureStatistics(ImageLinear(64, 64, glm::vec3(0.4f)), {}, 131, 64);
    EXPECT_EQ(
        measureMismatch(two, other).error().message,
        "mismatch: the second texture has 60 pixels per degree in patches of 64, expected 131 in 64 as the "
        "first");
    EXPECT_EQ(measureMismatch(two, lone).error().message,
              "mismatch: 2 and 1 patches, expected at least 2 of each texture");
    EXPECT_EQ(measureMismatch(two, two, {.weberFraction = 0}).error().message,
              "mismatch: the observer's weberFraction is 0, expected a positive number");
    EXPECT_EQ(mismatchMap(two, lone).error().message,
              "mismatch map: the second picture has 1 x 1 patches, expected 2 x 1");
    EXPECT_EQ(mismatchMap(two, two, 0).error().message, "mismatch map: reach is 0, expected at least 1");
}

}  // namespace
}  // namespace stubble
