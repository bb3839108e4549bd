// The closed form for run time against the reference.
#include "engine/optics/fibre_lobes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/optics/fibre.h"

namespace stubble {
namespace {

constexpr double kHalfTurn = std::numbers::pi;
// Black, brown and grey hair of 65 µm.
constexpr double kEumelanin[] = {8, 1.3, 0};

Fibre fibreWith(double eumelanin) {
    Fibre fibre;
    fibre.absorptionPerDiameter = hairAbsorptionPerMm({eumelanin, 0}) * 0.065;
    return fibre;
}

FibreLook lookAt(const Fibre& fibre, double view) {
    return fibreLook(float(std::sin(view)), glm::vec3(fibre.absorptionPerDiameter));
}

glm::dvec3 quick(const FibreLook& look, const FibreAngles& at, double varianceRad2 = 0) {
    const double lightDotView = at.sinLight * at.sinView + at.cosLight * at.cosView * std::cos(at.azimuthRad);
    const FibreLight light = fibreLight(look, float(at.sinLight), float(lightDotView), float(varianceRad2));
    return glm::dvec3(light.reflected) + glm::dvec3(light.tinted);
}

struct Errors {
    double worst = 0;  // of a view's brightest
    double rms = 0;    // over the sphere of lights and all views, of the reference's
};
Errors errorsOf(double eumelanin, double mostDegrees) {
    const Fibre fibre = fibreWith(eumelanin);
    Errors errors;
    double square = 0, whole = 0;
    for (double viewDegrees = -mostDegrees; viewDegrees <= mostDegrees; viewDegrees += 10) {
        const double view = viewDegrees * kHalfTurn / 180;
        const FibreLook look = lookAt(fibre, view);
        double brightest = 0, apart = 0;
        for (int i = -88; i <= 88; i += 4)
            for (int j = 0; j <= 180; j += 6) {
                const double light = i * kHalfTurn / 180;
                const FibreAngles at{std::sin(light), std::cos(light), std::sin(view), std::cos(view),
                                     j * kHalfTurn / 180};
                const glm::dvec3 exact = fibreScattering(fibre, at).sum(), ours = quick(look, at);
                for (int k = 0; k < 3; ++k) {
                    const double error = ours[k] - exact[k];
                    brightest = std::max(brightest, exact[k]);
                    apart = std::max(apart, std::abs(error));
                    square += error * error * at.cosLight;
                    whole += exact[k] * exact[k] * at.cosLight;
                }
            }
        errors.worst = std::max(errors.worst, apart / brightest);
    }
    errors.rms = std::sqrt(square / whole);
    return errors;
}

TEST(FibreLobes, FollowTheReferenceForBlackBrownAndGrey) {
    for (const double eumelanin : kEumelanin) {
        const Errors errors = errorsOf(eumelanin, 80);
        RecordProperty("eumelanin" + std::to_string(eumelanin),
                       std::to_string(errors.worst) + " " + std::to_string(errors.rms));
        EXPECT_LT(errors.worst, 0.07) << eumelanin;
        EXPECT_LT(errors.rms, 0.025) << eumelanin;
    }
}

TEST(FibreLobes, AlbedoIsTheReferences) {
    double worst = 0;
    for (const double eumelanin : {0.0, 0.1, 0.3, 0.6, 1.3, 3.0, 8.0, 20.0})
        for (int degrees = -88; degrees <= 88; degrees += 4) {
            const double view = degrees * kHalfTurn / 180;
            const Fibre fibre = fibreWith(eumelanin);
            const glm::dvec3 exact = fibreAlbedo(fibre, std::sin(view), std::cos(view)).sum();
            const glm::vec3 ours = fibreAlbedo(lookAt(fibre, view));
            for (int k = 0; k < 3; ++k) worst = std::max(worst, std::abs(ours[k] / exact[k] - 1));
        }
    EXPECT_LT(worst, 0.002);
}

TEST(FibreLobes, GivesBackWhatItsAlbedoSays) {
    for (const double eumelanin : kEumelanin)
        for (const double varianceRad2 : {0.0, 0.03})
            for (const double view : {-1.4, -0.8, 0.0, 0.4, 1.1}) {
                const FibreLook look = lookAt(fibreWith(eumelanin), view);
                constexpr int kAlong = 300, kAround = 180;
                glm::dvec3 sum(0);
                for (int i = 0; i < kAlong; ++i)
                    for (int j = 0; j < kAround; ++j) {
                        const double light = ((i + 0.5) / kAlong - 0.5) * kHalfTurn;
                        const FibreAngles at{std::sin(light), std::cos(light), std::sin(view), std::cos(view),
                                             2 * kHalfTurn * (j + 0.5) / kAround};
                        sum += std::cos(light) * quick(look, at, varianceRad2);
                    }
                sum *= 2 * kHalfTurn * kHalfTurn / (kAlong * kAround);
                const glm::vec3 albedo = fibreAlbedo(look);
                for (int k = 0; k < 3; ++k)
                    EXPECT_NEAR(sum[k] / albedo[k], 1, 0.02) << eumelanin << " at " << view;
            }
}

TEST(FibreLobes, ForwardShareIsTheReferences) {
    for (const double eumelanin : kEumelanin)
        for (const double view : {0.0, 0.5, 1.0}) {
            const Fibre fibre = fibreWith(eumelanin);
            glm::dvec3 forwards(0);
            constexpr int kAlong = 120, kAround = 48;
            for (int i = 0; i < kAlong; ++i)
                for (int j = 0; j < kAround; ++j) {
                    const double light = ((i + 0.5) / kAlong - 0.5) * kHalfTurn;
                    forwards +=
                        std::cos(light) *
                        fibreScattering(fibre, {std::sin(light), std::cos(light), std::sin(view),
                                                std::cos(view), kHalfTurn * (0.5 + (j + 0.5) / kAround)})
                            .sum();
                }
            forwards *= kHalfTurn * kHalfTurn / (kAlong * kAround);
            const glm::vec3 ours = fibreForwardShare(lookAt(fibre, view));
            for (int k = 0; k < 3; ++k)
                EXPECT_NEAR(ours[k], forwards[k], 0.02) << eumelanin << " at " << view;
        }
}

TEST(FibreLobes, LightComesThroughGreyHairButNotThroughBlack) {
    const float grey = fibreForwardShare(lookAt(fibreWith(0), 0)).g,
                black = fibreForwardShare(lookAt(fibreWith(8), 0)).g;
    EXPECT_GT(grey, 0.85f);
    EXPECT_LT(black, 0.05f);
    for (const float depth : {0.1f, 0.5f, 1.0f, 3.0f})
        for (const float share : {0.0f, black, grey, 1.0f}) {
            double sum = 0, chance = std::exp(-depth);  // n hairs in the way, by Poisson
            for (int n = 1; n < 60; ++n) {
                chance *= depth / n;
                sum += chance * std::pow(share, n);
            }
            EXPECT_NEAR(multipleScattering(depth, glm::vec3(share)).g, sum, 1e-6);
        }
}

TEST(FibreLobes, GrazingIsANumber) {
    for (const float view : {-1.0f, -0.9999999f, 0.0f, 1.0f, 1.0001f})
        for (const float light : {-1.0f, 0.0f, 1.0f})
            for (const float product : {-1.0f, 0.0f, 1.0f})
                for (const float absorption : {0.0f, 1.0f, 1000.0f}) {
                    const FibreLight sum = fibreLight(fibreLook(view, glm::vec3(absorption)), light, product);
                    EXPECT_TRUE(std::isfinite(sum.reflected) && std::isfinite(sum.tinted.g)) << view << light;
                    EXPECT_GE(sum.reflected, 0);
                    EXPECT_GE(sum.tinted.g, 0);
                }
}

}  // namespace
}  // namespace stubble
