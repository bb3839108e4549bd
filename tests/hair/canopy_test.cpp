// Closed forms against rays through hairs thrown at random.
#include "engine/hair/canopy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// Unit direction that rises by `riseDegrees` over the skin, turned from x.
glm::vec3 rising(float riseDegrees, float turnDegrees = 0) {
    const float e = radiansFromDegrees(riseDegrees), t = radiansFromDegrees(turnDegrees);
    return {std::cos(e) * std::cos(t), std::cos(e) * std::sin(t), std::sin(e)};
}

HairCanopy canopyOf(float lengthMm, float riseDegrees) {
    HairCanopy canopy;
    canopy.hairsPerMm2 = 2;
    canopy.diameterMm = 0.07f;
    canopy.lengthMm = lengthMm;
    canopy.direction = rising(riseDegrees);
    return canopy;
}

int poisson(RandomStream& random, double mean) {
    int count = 0;
    for (double product = random.uniformDouble(), limit = std::exp(-mean); product > limit; ++count)
        product *= random.uniformDouble();
    return count;
}

double normal(RandomStream& random) {
    const float u = random.uniform();
    return normalDeviate(u, random.uniform());
}

/// Whether a ray from a height above the origin meets a hair: an axis through `root`, cut off at the skin and
/// at the height of its tip.
bool meets(const HairCanopy& canopy, glm::dvec3 a, glm::dvec2 root, glm::dvec3 towards, double heightMm) {
    const double top = canopy.lengthMm * a.z;
    if (heightMm >= top) return false;
    const glm::dvec3 from = glm::dvec3(0, 0, heightMm) - glm::dvec3(root, 0);
    const glm::dvec3 p = from - a * glm::dot(from, a), q = towards - a * glm::dot(towards, a);
    const double most = (top - heightMm) / towards.z, qq = glm::dot(q, q);
    const double along = qq > 1e-14 ? std::clamp(-glm::dot(p, q) / qq, 0.0, most) : 0.0;
    const glm::dvec3 apart = p + along * q;
    return glm::dot(apart, apart) <= 0.25 * canopy.diameterMm * canopy.diameterMm;
}

struct Thrown {
    double gap, error;  // with its standard error
};

/// Throws units of `unitSize` hairs, `apartMm` from one to the next, and hairs' directions by the canopy's
/// spread.
Thrown throwHairs(const HairCanopy& canopy, glm::vec3 towards, double heightMm, int trials, int unitSize = 1,
                  double apartMm = 0) {
    RandomStream random(7);
    const glm::dvec3 mean(canopy.direction), w(towards);
    // Roots that may matter lie within a hair's and a ray's reach.
    const bool spread = canopy.riseSdRad > 0 || canopy.turnSdRad > 0;
    const double top = spread ? canopy.lengthMm : canopy.lengthMm * mean.z;
    const double margin = unitSize * apartMm + canopy.diameterMm / std::max(mean.z, 0.1);
    glm::dvec2 low(-margin), high(margin);
    const glm::dvec2 ray = glm::dvec2(w) * (std::max(top - heightMm, 0.0) / w.z);
    const glm::dvec2 hair = glm::dvec2(mean) * double(canopy.lengthMm);
    low +=
        glm::min(ray, glm::dvec2(0)) - (spread ? glm::dvec2(canopy.lengthMm) : glm::max(hair, glm::dvec2(0)));
    high += glm::max(ray, glm::dvec2(0)) +
            (spread ? glm::dvec2(canopy.lengthMm) : -glm::min(hair, glm::dvec2(0)));
    const glm::dvec2 extent = high - low;
    const double units = canopy.hairsPerMm2 / unitSize * extent.x * extent.y;
    const double rise = std::asin(mean.z), turn = std::atan2(mean.y, mean.x);
    int open = 0;
    for (int trial = 0; trial < trials; ++trial) {
        bool met = false;
        for (int left = poisson(random, units); left > 0; --left) {
            glm::dvec2 root = low + extent * glm::dvec2(random.uniformDouble(), random.uniformDouble());
            const double around = 2 * kPi * random.uniformDouble();
            for (int k = 0; k < unitSize; ++k) {
                glm::dvec3 a = mean;
                if (spread) {
                    const double e = rise + canopy.riseSdRad * normal(random),
                                 t = turn + canopy.turnSdRad * normal(random);
                    a = {std::cos(e) * std::cos(t), std::cos(e) * std::sin(t), std::sin(e)};
                }
                met = met || meets(canopy, a, root, w, heightMm);
                root += apartMm * glm::dvec2(std::cos(around), std::sin(around));
            }
        }
        open += !met;
    }
    const double gap = double(open) / trials;
    return {gap, std::sqrt(gap * (1 - gap) / trials)};
}

TEST(HairCanopy, GapsAreThoseOfHairsThrownAtRandom) {
    for (const float lengthMm : {0.5f, 1.5f, 3.0f, 6.0f})
        for (const float view : {0.0f, 30.0f, 60.0f}) {
            const HairCanopy canopy = canopyOf(lengthMm, lengthMm > 2 ? 45.0f : 20.0f);
            for (const float turn : {0.0f, 70.0f, 180.0f}) {
                if (view == 0 && turn > 0) continue;
                const glm::vec3 towards = rising(90 - view, turn);
                const double ours = gapFraction(canopy, towards);
                // As many as make 1 % four standard errors, within reason for the darkest.
                const int trials = int(std::min(16 * 1e4 * (1 - ours) / ours, 4e5));
                const Thrown thrown = throwHairs(canopy, towards, 0, trials);
                EXPECT_NEAR(ours, thrown.gap, std::max(0.01 * ours, 4 * thrown.error))
                    << lengthMm << " mm seen from " << view << "°, turned " << turn << "°";
            }
        }
}

TEST(HairCanopy, HigherUpThereIsLessInTheWay) {
    const HairCanopy canopy = canopyOf(3, 50);
    const glm::vec3 towards = rising(40, 100);
    for (const float heightMm : {0.0f, 0.7f, 1.6f, 2.2f, 2.5f}) {
        const double ours = gapFraction(canopy, towards, heightMm);
        const Thrown thrown = throwHairs(canopy, towards, heightMm, 200000);
        EXPECT_NEAR(ours, thrown.gap, 0.01 * ours) << heightMm;
    }
    EXPECT_EQ(gapFraction(canopy, towards, 2.5f), 1);  // the tips are at 2.30
}

TEST(HairCanopy, SpreadOfDirectionsCountsByItsMeanSine) {
    HairCanopy canopy = canopyOf(2, 35);
    canopy.riseSdRad = 0.15f;
    canopy.turnSdRad = 0.35f;
    for (const glm::vec3 towards : {rising(35), rising(60, 40), rising(90)}) {
        const double ours = gapFraction(canopy, towards);
        const Thrown thrown = throwHairs(canopy, towards, 0, 150000);
        EXPECT_NEAR(ours, thrown.gap, 0.01 * ours);
    }
    // Along the hairs a spread shows sides that would hide behind their tips.
    EXPECT_GT(meanSine(canopy, rising(35)), 0.2f);
    canopy.riseSdRad = canopy.turnSdRad = 0;
    EXPECT_NEAR(meanSine(canopy, rising(35)), 0, 1e-6f);
}

TEST(HairCanopy, TuftsLeaveMoreGaps) {
    HairCanopy canopy = canopyOf(5, 60);
    const glm::vec3 towards = rising(50, 120);
    for (const double apartMm : {0.04, 0.12}) {
        canopy.clumping =
            unitClumping(0.5f, float(apartMm), canopy.diameterMm);  // pairs: one pair, two hairs
        const double ours = gapFraction(canopy, towards);
        const Thrown thrown = throwHairs(canopy, towards, 0, 200000, 2, apartMm);
        EXPECT_NEAR(ours, thrown.gap, 0.02 * ours) << apartMm;
        canopy.clumping = 1;
        EXPECT_LT(gapFraction(canopy, towards), 0.95 * thrown.gap)
            << "tufts must show for this to mean anything";
    }
}

TEST(HairCanopy, ClumpingRunsFromOneBehindTheOtherToNoneAtAll) {
    EXPECT_NEAR(unitClumping(0.5f, 1e-5f, 0.07f), 0.5f, 1e-3f);  // two hairs as one
    EXPECT_NEAR(unitClumping(0.5f, 50, 0.07f), 1, 1e-3f);
    EXPECT_EQ(unitClumping(0, 0.1f, 0.07f), 1);
    EXPECT_NEAR(unitClumping(0.5f, 0.0699999f, 0.07f), unitClumping(0.5f, 0.0700001f, 0.07f), 1e-3f);
}

TEST(HairCanopy, DepthAndShadowsAgreeButForTheEnds) {
    const HairCanopy canopy = canopyOf(2, 30);
    for (const glm::vec3 towards : {rising(90), rising(50, 60), rising(20, 170)}) {
        const float depth = canopyOpticalDepth(canopy, towards);
        const float ends = 2 * 0.25f * kPi * 0.07f * 0.07f / canopy.direction.z;
        EXPECT_NEAR(canopy.hairsPerMm2 * needleShadowMm2(canopy, towards), depth + ends, 1e-5f);
        EXPECT_NEAR(-std::log(gapFraction(canopy, towards)), depth + ends, 1e-5f);
        EXPECT_FLOAT_EQ(shadedFraction(canopy, towards), 1 - gapFraction(canopy, towards));
        // N d (H − h) sin∠ ÷ ((a·n)(ω·n)), at half the height.
        const float sine = glm::length(glm::cross(canopy.direction, towards)), top = 2 * canopy.direction.z;
        EXPECT_NEAR(canopyOpticalDepth(canopy, towards, 0.5f * top),
                    2 * 0.07f * 0.5f * top * sine / (canopy.direction.z * towards.z), 1e-5f);
    }
}

TEST(HairCanopy, Limits) {
    // No hair above the skin.
    EXPECT_EQ(gapFraction(canopyOf(0, 30), rising(50)), 1);
    EXPECT_EQ(skyTransmittance(canopyOf(0, 30)), 1);
    // Hardly any: its sections alone.
    EXPECT_NEAR(gapFraction(canopyOf(1e-6f, 30), rising(50)), std::exp(-2 * 0.25 * kPi * 0.07 * 0.07 / 0.5),
                1e-5);
    // Along the hairs: their ends alone, however long.
    EXPECT_NEAR(gapFraction(canopyOf(6, 30), rising(30)), std::exp(-2 * 0.25 * kPi * 0.07 * 0.07 / 0.5),
                1e-5);
    // A lamp behind the skin.
    EXPECT_EQ(gapFraction(canopyOf(1, 30), rising(-5)), 0);
    EXPECT_EQ(shadedFraction(canopyOf(1, 30), rising(0)), 1);
    // Hairs flat on the skin.
    EXPECT_TRUE(std::isfinite(canopyOpticalDepth(canopyOf(1, 0), rising(50))));
    EXPECT_EQ(gapFraction(canopyOf(1, 0), rising(50), 0.1f), 1);
}

TEST(HairCanopy, SkyComesThroughAsItsIntegralSays) {
    for (const float riseDegrees : {3.0f, 15.0f, 40.0f, 65.0f, 90.0f})
        for (const float lengthMm : {0.2f, 1.0f, 3.0f, 6.0f, 12.0f, 25.0f}) {
            HairCanopy canopy = canopyOf(lengthMm, riseDegrees);
            canopy.diameterMm = 0.05f;
            constexpr int kRises = 200, kTurns = 120;
            double sum = 0;
            for (int i = 0; i < kRises; ++i)
                for (int j = 0; j < kTurns; ++j) {
                    const float sine = std::sqrt((float(i) + 0.5f) / kRises);  // even by cosine
                    sum += gapFraction(canopy, rising(degreesFromRadians(std::asin(sine)),
                                                      360 * (float(j) + 0.5f) / kTurns));
                }
            EXPECT_NEAR(skyTransmittance(canopy), sum / (kRises * kTurns), 0.012)
                << lengthMm << " mm, rise " << riseDegrees << "°";
        }
}

}  // namespace
}  // namespace stubble
