#include "engine/jobs/pigment_figures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

/// Dots of a healed design, flat beside one another.
Impressions dotsAt(std::initializer_list<glm::vec2> placesMm, float diameterMm) {
    Impressions dots;
    for (const glm::vec2 place : placesMm) {
        dots.positionsMm.emplace_back(place.x, 0, place.y);
        dots.normals.emplace_back(0, 1, 0);
        dots.diametersMm.push_back(diameterMm);
        dots.depthsMm.push_back(0.14f);
        dots.loads.push_back(0.6f);
        dots.sessions.push_back(0);
        dots.zones.push_back(0);
    }
    return dots;
}

struct Measured {
    Design design;
    std::shared_ptr<const DotLooks> looks;
    double diameterMm;  ///< on the day

    Measured() {
        design.smp.sessions = 1;
        looks = *DotLooks::create(design);
        diameterMm = Ageing(design.time, design.smp.pigment, 1).of({0.3f, 0.14f, 0.6f}, 0).diameterMm;
    }
    [[nodiscard]] PigmentFigures of(const Impressions& dots, double treatedCm2) const {
        return measurePigment(dots, *looks, design, treatedCm2);
    }
    /// mm² of skin over pigment, of dots with healed diameters of 0.3 mm.
    [[nodiscard]] double coveredMm2(std::initializer_list<glm::vec2> placesMm) const {
        return 100 * of(dotsAt(placesMm, 0.3f), 1).coverage;
    }
};

TEST(PigmentFigures, CoverageIsTheAreaOfTheDiscs) {
    const Measured measured;
    const double disc = double{kPi} / 4 * measured.diameterMm * measured.diameterMm;
    EXPECT_NEAR(measured.coveredMm2({{0, 0}}), disc, 1e-5);
    EXPECT_NEAR(measured.coveredMm2({{0, 0}, {2, 0}, {0, 2}}), 3 * disc, 1e-5);
}

TEST(PigmentFigures, OverlapsCountOnce) {
    const Measured measured;
    const double r = measured.diameterMm / 2, d = 0.6 * r;
    const double lens = 2 * r * r * std::acos(d / (2 * r)) - d / 2 * std::sqrt(4 * r * r - d * d);
    const double disc = double{kPi} * r * r;
    const auto x = static_cast<float>(d);
    EXPECT_NEAR(measured.coveredMm2({{0, 0}, {x, 0}}), 2 * disc - lens, 0.02 * disc);
    EXPECT_NEAR(measured.coveredMm2({{0, 0}, {0, 0}, {0, 0}, {0, 0}}), disc, 1e-5);
}

TEST(PigmentFigures, DotsBelowASheetAreNotInTheWay) {
    const Measured measured;
    Impressions dots = dotsAt({{0, 0}, {0, 0}}, 0.3f);
    dots.normals[1] = {0, -1, 0};
    dots.positionsMm[1].y = -0.1f;
    EXPECT_NEAR(measured.of(dots, 1).coverage, 2 * measured.of(dotsAt({{0, 0}}, 0.3f), 1).coverage, 1e-9);
}

TEST(PigmentFigures, DarkeningGrowsWithDotsAndStaysBelowOne) {
    const Measured measured;
    EXPECT_EQ(measured.of({}, 1).darkening, 0);
    EXPECT_EQ(measured.of({}, 1).coverage, 0);
    const Impressions four = dotsAt({{0, 0}, {1, 0}, {0, 1}, {1, 1}}, 0.15f);
    const double few = measured.of(four, 0.16).darkening, many = measured.of(four, 0.01).darkening;
    EXPECT_GT(few, 0.001);
    EXPECT_GT(many, 5 * few);
    EXPECT_LT(many, 1);
}

}  // namespace
}  // namespace stubble
