#include "engine/perception/texture_statistics.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include "engine/core/colour.h"
#include "engine/perception/contrast_sensitivity.h"
#include "tests/perception/scattered_strokes.h"

namespace stubble {
namespace {

constexpr double kPpd = 131;  // 0.1 mm a pixel at 75 cm

ImageLinear grating(double cyclesPerPixel, double degrees, double amplitude, int side = 256) {
    ImageLinear image(side, side);
    const double angle = degrees * std::numbers::pi / 180;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double phase =
                2 * std::numbers::pi * cyclesPerPixel * (x * std::cos(angle) + y * std::sin(angle));
            image.at(x, y) = glm::vec3(float(0.4 * (1 + amplitude * std::cos(phase))));
        }
    return image;
}

/// The patch in the middle: away from borders.
const PatchStatistics& middle(const TextureStatistics& t) {
    return t.patches[std::size_t(t.rows / 2) * std::size_t(t.columns) + std::size_t(t.columns / 2)];
}

TEST(TextureStatistics, AGratingHasItsOwnAmplitudeInItsBandAndDirection) {
    const auto bands = textureStatistics(grating(0.1, 0, 0), {}, kPpd, 64)->bandCyclesPerDegree;
    ASSERT_EQ(bands.size(), 4u);
    for (std::size_t b = 0; b < bands.size(); ++b)
        for (int o = 0; o < kOrientations; ++o) {
            const auto t = textureStatistics(grating(bands[b] / kPpd, 45.0 * o, 0.05), {}, kPpd, 64);
            const auto& found = middle(*t).contrast[b];
            const double amplitude = found[std::size_t(o)] / contrastSensitivity(bands[b]);
            EXPECT_NEAR(amplitude, 0.05, 0.003) << b << " " << o;
            EXPECT_LT(found[std::size_t((o + 2) % 4)], 0.1 * found[std::size_t(o)]) << b << " " << o;
            EXPECT_NEAR(found[std::size_t((o + 1) % 4)], 0.5 * found[std::size_t(o)],
                        0.05 * found[std::size_t(o)]);
        }
}

TEST(TextureStatistics, AFlatPictureHasColourAndNothingElse) {
    const glm::vec3 skin(0.45f, 0.3f, 0.22f);
    const auto t = textureStatistics(ImageLinear(200, 130, skin), {}, kPpd, 64);
    EXPECT_EQ(t->columns, 3);
    EXPECT_EQ(t->rows, 2);
    for (const PatchStatistics& p : t->patches) {
        EXPECT_EQ(p.weight, 1);
        EXPECT_LT(glm::distance(p.lab, glm::dvec3(labFromLinearSrgb(skin))), 0.01);
        EXPECT_LT(p.orientationEnergy, 1e-3);
        for (const auto& band : p.contrast)
            for (const double c : band) EXPECT_LT(c, 1e-2);
    }
}

TEST(TextureStatistics, ContrastDoesNotDependOnTheLight) {
    ImageLinear bright = scatteredStrokes({.sidePx = 256}), dim = bright;
    for (glm::vec3& p : dim.pixels) p *= 0.3f;
    const auto one = textureStatistics(bright, {}, kPpd, 64), two = textureStatistics(dim, {}, kPpd, 64);
    for (int b = 0; b < 4; ++b)
        EXPECT_NEAR(middle(*one).contrast[std::size_t(b)][0], middle(*two).contrast[std::size_t(b)][0], 1e-3);
}

TEST(TextureStatistics, OrientationEnergyTellsLinesThatRunOneWay) {
    const auto energy = [](double spreadDegrees, double lengthMm) {
        const auto t = textureStatistics(
            scatteredStrokes({.lengthMm = lengthMm, .spreadDegrees = spreadDegrees, .degrees = 30}), {}, kPpd,
            64);
        double sum = 0;
        for (const auto& p : t->patches) sum += p.orientationEnergy / double(t->patches.size());
        return sum;
    };
    const double dots = energy(180, 0), anyWay = energy(180, 2), about = energy(60, 2), oneWay = energy(5, 2);
    EXPECT_LT(dots, 0.1);
    EXPECT_LT(anyWay, 0.25);
    EXPECT_GT(about, anyWay + 0.2);
    EXPECT_GT(oneWay, about + 0.1);
    EXPECT_GT(middle(*textureStatistics(grating(0.1125, 30, 0.3), {}, kPpd, 64)).orientationEnergy, 0.95);
}

TEST(TextureStatistics, CoherenceTellsLinesThatRunAnyWay) {
    const auto coherence = [](double lengthMm) {
        const auto t = textureStatistics(scatteredStrokes({.lengthMm = lengthMm}), {}, 80, 64);
        double sum = 0;
        for (const auto& p : t->patches) sum += p.orientationCoherence / double(t->patches.size());
        return sum;
    };
    const double dots = coherence(0), shortLines = coherence(0.4), lines = coherence(1);
    EXPECT_LT(dots, 0.3);
    EXPECT_GT(shortLines, dots + 0.02);
    EXPECT_GT(lines, shortLines + 0.02);
    EXPECT_GT(middle(*textureStatistics(grating(0.05, 30, 0.3), {}, kPpd, 64)).orientationCoherence, 0.95);
}

TEST(TextureStatistics, WhatIsOutsideTheMaskDoesNotMatter) {
    ImageLinear image = scatteredStrokes({});
    Plane mask(image.width, image.height, 1.0f);
    ImageLinear spoilt = image;
    for (int y = 0; y < image.height; ++y)
        for (int x = 300; x < image.width; ++x) {
            mask.at(x, y) = 0;
            spoilt.at(x, y) = (x / 3 + y / 3) % 2 ? glm::vec3(1) : glm::vec3(0, 0, 0.5f);
        }
    const auto whole = textureStatistics(image, {}, kPpd, 64),
               masked = textureStatistics(spoilt, mask, kPpd, 64);
    for (int y = 0; y < whole->rows; ++y)
        for (int x = 0; x < whole->columns; ++x) {
            const auto i = std::size_t(y * whole->columns + x);
            const auto &a = whole->patches[i], &b = masked->patches[i];
            // Patch 4 ends at pixel 320, 20 pixels beyond the mask.
            EXPECT_NEAR(b.weight, x < 4 ? 1 : x == 4 ? 44.0 / 64 : 0, 1e-6);
            if (x >= 4) continue;
            EXPECT_LT(glm::distance(a.lab, b.lab), x < 3 ? 0.05 : 0.3);
            EXPECT_NEAR(b.contrast[1][0], a.contrast[1][0], (x < 3 ? 0.02 : 0.1) * a.contrast[1][0]);
        }
}

TEST(TextureStatistics, SameBytesForAnyNumberOfThreads) {
    const ImageLinear image = scatteredStrokes({.sidePx = 300, .lengthMm = 0.5});
    Plane mask(300, 300, 1.0f);
    for (int i = 0; i < 300; ++i) mask.at(i, 299 - i) = 0.25f;
    const auto run = [&](std::size_t threads) {
        tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        return textureStatistics(image, mask, kPpd, 50);
    };
    const auto one = run(1), many = run(7);
    ASSERT_EQ(one->patches.size(), many->patches.size());
    for (std::size_t i = 0; i < one->patches.size(); ++i)
        EXPECT_EQ(std::memcmp(&one->patches[i], &many->patches[i], sizeof(PatchStatistics)), 0) << i;
}

TEST(TextureStatistics, RefusesBadInput) {
    const ImageLinear image(128, 128, glm::vec3(0.4f));
    const auto message = [](const auto& result) { return result.error().message; };
    EXPECT_EQ(message(textureStatistics(image, {}, kPpd, 8)),
              "texture: patches of 8 pixels, expected at least 16");
    EXPECT_EQ(message(textureStatistics(image, {}, kPpd, 129)),
              "texture: 128 x 128 pixels hold no patch of 129");
    EXPECT_EQ(message(textureStatistics(image, {}, -1, 64)),
              "texture: -1 pixels per degree, expected a positive number");
    EXPECT_EQ(message(textureStatistics(image, Plane(64, 64), kPpd, 64)),
              "texture: the mask is 64 x 64 pixels, expected 128 x 128");
    EXPECT_EQ(message(textureStatistics(image, Plane(128, 128), kPpd, 64)),
              "texture: the mask leaves no patch of 64 pixels half covered");
    Plane mask(128, 128, 1.0f);
    mask.at(7, 9) = 1.5f;
    EXPECT_EQ(message(textureStatistics(image, mask, kPpd, 64)),
              "texture: the mask's pixel (7, 9) is 1.5, expected 0 to 1");
    ImageLinear broken = image;
    broken.at(5, 6).z = std::numeric_limits<float>::infinity();
    EXPECT_EQ(message(textureStatistics(broken, {}, kPpd, 64)),
              "texture: pixel (5, 6) is (0.4, 0.4, inf), expected finite values");
}

}  // namespace
}  // namespace stubble
