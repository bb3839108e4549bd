#include "engine/optics/fibre.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

constexpr double kHalfTurn = std::numbers::pi;

Fibre fibreWith(double eumelanin) {
    Fibre fibre;
    fibre.absorptionPerDiameter = hairAbsorptionPerMm({eumelanin, 0}) * 0.065;
    return fibre;
}

FibreAngles anglesAt(double light, double view, double azimuth) {
    return {std::sin(light), std::cos(light), std::sin(view), std::cos(view), azimuth};
}

/// ∫ scattering over the sphere of light directions.
glm::dvec3 gathered(const Fibre& fibre, double view) {
    constexpr int kAlong = 160, kAround = 40;
    glm::dvec3 sum(0);
    for (int i = 0; i < kAlong; ++i) {
        const double light = ((i + 0.5) / kAlong - 0.5) * kHalfTurn;
        for (int j = 0; j < kAround; ++j)
            sum += std::cos(light) *
                   fibreScattering(fibre, anglesAt(light, view, 2 * kHalfTurn * (j + 0.5) / kAround)).sum();
    }
    return sum * (kHalfTurn / kAlong) * (2 * kHalfTurn / kAround);
}

TEST(Fibre, WhiteFurnaceGivesBackAllLight) {
    for (const double degrees : {-89.9, -70.0, -20.0, 0.0, 35.0, 60.0, 80.0, 89.0}) {
        const glm::dvec3 sum = gathered(Fibre{}, degrees * kHalfTurn / 180);
        for (int k = 0; k < 3; ++k) EXPECT_NEAR(sum[k], 1, 0.005) << degrees << "°";
    }
}

TEST(Fibre, WhiteFurnaceHoldsForRoughAndSmoothHair) {
    for (const double width : {0.08, 0.3}) {
        Fibre fibre;
        fibre.longitudinalRad = width;
        fibre.azimuthalRad = 1.5 * width;
        EXPECT_NEAR(gathered(fibre, 0.4).x, 1, 0.005) << width;
    }
}

TEST(Fibre, AlbedoIsWhatAnEvenSurroundingGives) {
    for (const double view : {-0.9, 0.0, 0.5, 1.3}) {
        const Fibre fibre = fibreWith(1.3);
        const glm::dvec3 sum = gathered(fibre, view);
        const glm::dvec3 albedo = fibreAlbedo(fibre, std::sin(view), std::cos(view)).sum();
        for (int k = 0; k < 3; ++k) EXPECT_NEAR(sum[k], albedo[k], 0.005 * albedo[k]) << view;
    }
}

// Lobes along the hair and around it are reciprocal; shares of the paths are taken at the viewer's
// inclination, so the whole is where both incline alike and the scales lie flat.
TEST(Fibre, IsReciprocalWhereTheModelIs) {
    Fibre fibre = fibreWith(1.3);
    fibre.scaleTiltRad = 0;
    for (const double angle : {0.0, 0.3, 0.9, 1.4})
        for (const double azimuth : {0.0, 0.7, 2.0, 3.0}) {
            const glm::dvec3 there = fibreScattering(fibre, anglesAt(angle, -angle, azimuth)).sum();
            const glm::dvec3 back = fibreScattering(fibre, anglesAt(-angle, angle, -azimuth)).sum();
            for (int k = 0; k < 3; ++k) EXPECT_NEAR(there[k], back[k], 1e-9 * there[k]);
        }
    for (const double a : {-1.2, 0.1, 0.8})
        for (const double b : {-0.7, 0.0, 1.5})
            EXPECT_DOUBLE_EQ(longitudinalLobe(std::sin(a), std::cos(a), std::sin(b), std::cos(b), 0.02),
                             longitudinalLobe(std::sin(b), std::cos(b), std::sin(a), std::cos(a), 0.02));
}

TEST(Fibre, LobeAlongTheHairKeepsEnergyOnBothBranchesOfItsBesselFunction) {
    for (const double variance : {1e-4, 0.004, 0.0172, 0.0686, 0.3, 2.0})
        for (const double view : {0.0, 1.0, 1.55}) {
            double sum = 0;
            constexpr int kSteps = 20000;
            for (int i = 0; i < kSteps; ++i) {
                const double light = ((i + 0.5) / kSteps - 0.5) * kHalfTurn;
                sum += std::cos(light) * longitudinalLobe(std::sin(light), std::cos(light), std::sin(view),
                                                          std::cos(view), variance);
            }
            EXPECT_NEAR(sum * kHalfTurn / kSteps, 1, 1e-3) << variance << " at " << view;
        }
}

TEST(Fibre, MoreMelaninIsDarkerAndBlueSuffersMost) {
    glm::dvec3 last(2);
    for (const double eumelanin : {0.0, 0.1, 0.3, 1.3, 3.0, 8.0}) {
        const FibreScattering albedo = fibreAlbedo(fibreWith(eumelanin), 0.3, std::sqrt(1 - 0.09));
        const glm::dvec3 sum = albedo.sum();
        for (int k = 0; k < 3; ++k) EXPECT_LT(sum[k], last[k]) << eumelanin;
        if (eumelanin > 0) {
            EXPECT_GT(sum.r, sum.g);
            EXPECT_GT(sum.g, sum.b);
        }
        last = sum;
    }
    // What is left of black hair is the shine, which has no colour.
    EXPECT_NEAR(last.b, fibreAlbedo(fibreWith(8), 0.3, std::sqrt(1 - 0.09)).reflected, 1e-4);
}

TEST(Fibre, IsTheSameOnBothSidesAndAfterAWholeTurn) {
    const Fibre fibre = fibreWith(0.3);
    for (const double azimuth : {0.2, 1.0, 2.9}) {
        const glm::dvec3 one = fibreScattering(fibre, anglesAt(0.4, -0.2, azimuth)).sum();
        const glm::dvec3 other = fibreScattering(fibre, anglesAt(0.4, -0.2, -azimuth)).sum();
        const glm::dvec3 turned = fibreScattering(fibre, anglesAt(0.4, -0.2, azimuth + 2 * kHalfTurn)).sum();
        for (int k = 0; k < 3; ++k) {
            EXPECT_NEAR(one[k], other[k], 1e-12);
            EXPECT_NEAR(one[k], turned[k], 1e-12);
        }
    }
}

TEST(Fibre, ShineLeansTowardsTheRootAndTheInnerPathTowardsTheTip) {
    double brightestR = -9, brightestTrt = -9, mostR = 0, mostTrt = 0;
    for (int degrees = -60; degrees <= 60; ++degrees) {
        const FibreScattering s =
            fibreScattering(fibreWith(1.3), anglesAt(0, degrees * kHalfTurn / 180, 0.1));
        if (s.reflected > mostR) mostR = s.reflected, brightestR = degrees;
        if (s.inner.g > mostTrt) mostTrt = s.inner.g, brightestTrt = degrees;
    }
    EXPECT_NEAR(brightestR, -6, 1.5);  // towards the root by twice the tilt
    EXPECT_NEAR(brightestTrt, 9, 2.5);
}

// The path inside turns back at offset √((4 − n²) ÷ 3): Marschner et al. 2003, section 5.2.2.
TEST(Fibre, GlintsStandAtTheCaustic) {
    Fibre fibre;
    fibre.azimuthalRad = 0.02;
    const double offset = std::sqrt((4 - 1.55 * 1.55) / 3);
    const double caustic = 4 * std::asin(offset / 1.55) - 2 * std::asin(offset);
    double brightest = 0, most = 0;
    for (double azimuth = 0; azimuth < 1; azimuth += 0.005) {
        const double inner = fibreScattering(fibre, anglesAt(0, 0, azimuth)).inner.g;
        if (inner > most) most = inner, brightest = azimuth;
    }
    EXPECT_NEAR(brightest, std::abs(caustic), 0.03);
}

TEST(Fibre, GrazingIsANumber) {
    for (const double eumelanin : {0.0, 8.0})
        for (const double light : {-0.5 * kHalfTurn, 0.0, 0.5 * kHalfTurn})
            for (const double view : {-0.5 * kHalfTurn, -0.4999999 * kHalfTurn, 0.0, 0.5 * kHalfTurn})
                for (const double azimuth : {0.0, 1.0, kHalfTurn}) {
                    FibreAngles angles = anglesAt(light, view, azimuth);
                    for (const bool exact : {false, true}) {
                        if (exact && std::abs(view) > 1.5) angles.cosView = 0;
                        if (exact && std::abs(light) > 1.5) angles.cosLight = 0;
                        const glm::dvec3 sum = fibreScattering(fibreWith(eumelanin), angles).sum();
                        for (int k = 0; k < 3; ++k) {
                            EXPECT_TRUE(std::isfinite(sum[k]));
                            EXPECT_GE(sum[k], 0);
                        }
                    }
                }
}

TEST(HairMelanin, ItsSpectrumRunsThroughItsColours) {
    for (const HairMelanin melanin : {HairMelanin{2.8, 0}, HairMelanin{0.2, 1.4}}) {
        const glm::dvec3 colours = hairAbsorptionPerMm(melanin);
        EXPECT_NEAR(hairAbsorptionPerMm(melanin, 550) / colours.g, 1, 1e-12);
        EXPECT_NEAR(hairAbsorptionPerMm(melanin, 610) / colours.r, 1, 0.13);
        EXPECT_NEAR(hairAbsorptionPerMm(melanin, 465) / colours.b, 1, 0.13);
    }
}

}  // namespace
}  // namespace stubble
