#include "engine/perception/contrast_sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/perception/plane.h"
#include "engine/perception/viewing.h"
#include "engine/perception/xyz.h"

namespace stubble {
namespace {

TEST(Viewing, DegreesOfASurface) {
    EXPECT_NEAR(mmPerDegree(75), 13.09, 0.005);
    EXPECT_NEAR(pixelsPerDegree(0.1, 75), 130.9, 0.05);
    EXPECT_NEAR(cyclesPerDegree(1, 75), 13.09, 0.005);  // dots 1 mm apart at conversation range
    EXPECT_NEAR(pixelsPerDegree(0.1, 150) / pixelsPerDegree(0.1, 75), 2, 1e-12);
}

TEST(MannosSakrison, PeaksNearEightCyclesPerDegree) {
    double peakAt = 0;
    for (double f = 0; f < 60; f += 0.01)
        if (mannosSakrison(f) > mannosSakrison(peakAt)) peakAt = f;
    EXPECT_NEAR(peakAt, 8, 0.3);
    EXPECT_NEAR(mannosSakrison(peakAt), 0.98, 0.01);
    EXPECT_NEAR(mannosSakrison(0), 2.6 * 0.0192, 1e-12);
    EXPECT_LT(mannosSakrison(60), 0.01);
    EXPECT_DOUBLE_EQ(contrastSensitivity(8), kPeakSensitivity * mannosSakrison(8));
}

/// Variance along x of what a point becomes, and its sum.
std::pair<double, double> spreadOfPoint(double sigmaPx, int side) {
    Plane point(side, side);
    point.at(side / 2, side / 2) = 1;
    const Plane blurred = gaussianBlur(point, sigmaPx);
    double sum = 0, squares = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double v = double(blurred.at(x, y));
            sum += v, squares += v * (x - side / 2) * (x - side / 2);
        }
    return {squares / sum, sum};
}

TEST(GaussianBlur, KeepsTheSumAndHasTheVarianceAsked) {
    for (const double sigma : {1.0, 2.9, 3.1, 5.0, 9.0, 17.0, 30.0}) {
        const auto [variance, sum] = spreadOfPoint(sigma, 256);
        EXPECT_NEAR(sum, 1, 0.02)
            << sigma;  // a point on an even pixel of a halved level weighs a little more
        EXPECT_NEAR(std::sqrt(variance), sigma, 0.015 * sigma) << sigma;
    }
    for (const double sigma : {0.3, 2.0, 40.0, 900.0}) {
        const Plane flat = gaussianBlur(Plane(37, 20, 0.7f), sigma);
        for (const float v : flat.pixels) ASSERT_NEAR(v, 0.7f, 1e-5f) << sigma;
    }
}

TEST(GaussianBlur, KernelsSumToOne) {
    for (const double sigma : {0.1, 0.7, 2.5}) {
        double sum = 0;
        for (const float k : gaussianKernel(sigma)) sum += double(k);
        EXPECT_NEAR(sum, 1, 1e-6);
    }
}

TEST(OpponentBlur, LeavesAFlatPictureAlone) {
    const glm::vec3 skin(0.45f, 0.3f, 0.22f);
    for (const glm::vec3 p : opponentBlur(ImageLinear(150, 90, skin), 131).pixels)
        for (int c = 0; c < 3; ++c) ASSERT_NEAR(p[c], skin[c], 1e-4f);
}

/// Opponent luminance of Poirson and Wandell.
double opponentLuminance(glm::vec3 linear) {
    const glm::dvec3 xyz = kXyzFromLinearSrgb * glm::dvec3(linear);
    return 0.279 * xyz.x + 0.72 * xyz.y - 0.107 * xyz.z;
}

/// Share of a grey grating's amplitude that is left in it, by projection on the middle 256 pixels, in which
/// it has `cycles`.
double passed(int cycles, double pixelsPerDegree) {
    ImageLinear grating(768, 64);
    const auto wave = [&](int x) { return std::cos(2 * std::numbers::pi * cycles * x / 256); };
    for (int y = 0; y < grating.height; ++y)
        for (int x = 0; x < grating.width; ++x) grating.at(x, y) = glm::vec3(float(0.5 + 0.2 * wave(x)));
    const ImageLinear seen = opponentBlur(grating, pixelsPerDegree);
    double sum = 0;
    for (int x = 256; x < 512; ++x) sum += opponentLuminance(seen.at(x, 32)) * wave(x) / 128;
    return sum / opponentLuminance(glm::vec3(0.2f));
}

TEST(OpponentBlur, PassesGreyGratingsAsTheLuminanceKernelSays) {
    // Sum of the lobes' Gaussians in frequency.
    const auto expected = [](double f) {
        double sum = 0;
        for (const auto& [width, weight] :
             {std::pair(0.05, 1.00327), std::pair(0.225, 0.114416), std::pair(7.0, -0.117686)}) {
            const double sigma = width / (2 * std::sqrt(2 * std::numbers::ln2));
            sum += weight * std::exp(-2 * std::pow(std::numbers::pi * sigma * f, 2));
        }
        return sum;
    };
    for (const double ppd : {60.0, 131.0, 262.0})
        for (const int cycles : {5, 10, 20, 40}) {
            const double f = cycles / 256.0 * ppd;
            EXPECT_NEAR(passed(cycles, ppd), expected(f), 0.01) << f << " at " << ppd;
        }
}

}  // namespace
}  // namespace stubble
