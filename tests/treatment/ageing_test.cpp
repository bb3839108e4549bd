#include "engine/treatment/ageing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stubble {
namespace {

constexpr std::array<PigmentBase, kPigmentBaseCount> kBases = {PigmentBase::carbon, PigmentBase::warmBlack,
                                                               PigmentBase::coolGrey, PigmentBase::brown};
const PutDot kWellPut = {.diameterMm = 0.15f, .depthMm = 0.14f, .loadPercent = 0.6f};
const PutDot kTooDeep = {.diameterMm = 0.15f, .depthMm = 0.6f, .loadPercent = 0.6f};

AgedDot after(float days, const PutDot& dot = kWellPut, int laser = 0,
              PigmentBase base = PigmentBase::carbon) {
    return Ageing({.days = days, .laserSessions = laser}, base, 1).of(dot, 0);
}

/// Pigment there, as load times area.
float amount(const AgedDot& dot) {
    return dot.loadPercent * dot.diameterMm * dot.diameterMm;
}

/// Of what was put in.
float share(const AgedDot& dot, const PutDot& put = kWellPut) {
    return amount(dot) / (put.loadPercent * put.diameterMm * put.diameterMm);
}

struct Expected {
    float days;
    float leastAmount, mostAmount;      ///< of pigment and crust, relative to what was put in
    float leastDiameter, mostDiameter;  ///< mm
    float leastRed, mostRed, leastCrust, mostCrust;
    const char* source;
};

TEST(Ageing, TheDotOnTheDaysThatPractitionersTellOf) {
    const Expected table[] = {
        {0, 0.99f, 1.01f, 0.20f, 0.25f, 0.99f, 1, 0, 0.01f, "fresh up to 0.25 mm (claim)"},
        {1, 0.95f, 1.3f, 0.20f, 0.25f, 0.9f, 1, 0.05f, 0.5f, "reddest on the first day (claim)"},
        {3, 1.2f, 1.6f, 0.20f, 0.25f, 0.3f, 0.7f, 0.95f, 1, "dark; redness fades on days 2–4 (claim)"},
        {7, 0.75f, 0.95f, 0.15f, 0.22f, 0, 0.05f, 0.05f, 0.3f, "red a week; most loss on days 3–10 (claim)"},
        {10, 0.6f, 0.75f, 0.15f, 0.17f, 0, 0.02f, 0, 0.05f, "crusts gone by day 7–10 (claim)"},
        {30, 0.5f, 0.7f, 0.145f, 0.155f, 0, 0.01f, 0, 0.001f, "30–50 % lost, settled at a month"},
        {365, 0.45f, 0.6f, 0.15f, 0.16f, 0, 0, 0, 0, "half-life of 5–8 years"},
        {2000, 0.27f, 0.38f, 0.16f, 0.19f, 0, 0, 0, 0, "5.5 years of a half-life of 5–8, spread"},
    };
    for (const Expected& row : table) {
        const AgedDot dot = after(row.days);
        SCOPED_TRACE(testing::Message() << "day " << row.days << ": " << row.source);
        EXPECT_GE(share(dot), row.leastAmount);
        EXPECT_LE(share(dot), row.mostAmount);
        EXPECT_GE(dot.diameterMm, row.leastDiameter);
        EXPECT_LE(dot.diameterMm, row.mostDiameter);
        EXPECT_GE(dot.erythema, row.leastRed);
        EXPECT_LE(dot.erythema, row.mostRed + 1e-3f);
        EXPECT_GE(dot.crust, row.leastCrust);
        EXPECT_LE(dot.crust, row.mostCrust + 1e-6f);
    }
}

TEST(Ageing, LosesThirtyToFiftyPercentByDayThirtyOverTheGoodDepths) {
    for (const float depthMm : {0.10f, 0.14f, 0.20f, 0.30f}) {
        const PutDot dot = {.depthMm = depthMm};
        EXPECT_FLOAT_EQ(share(after(0, dot), dot), 1) << depthMm;
        EXPECT_GE(share(after(30, dot), dot), 0.5f) << depthMm;
        EXPECT_LE(share(after(30, dot), dot), 0.7f) << depthMm;
    }
    EXPECT_NEAR(share(after(30)), 0.6f, 0.01f) << "40 % where well placed";
    EXPECT_GT(share(after(3)) - share(after(10)), 0.5f * (share(after(0)) - share(after(30))));
    const PutDot shallow = {.depthMm = 0.05f};
    EXPECT_LT(share(after(30, shallow), shallow), 0.5f) << "too shallow sheds more";
}

TEST(Ageing, FreshDotsAreDarkerLargerAndNearerTheSurface) {
    for (const PutDot& dot : {kWellPut, kTooDeep}) {
        const AgedDot healed = after(30, dot);
        for (const float days : {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) {
            EXPECT_GT(amount(after(days, dot)), 1.2f * amount(healed)) << days;
            EXPECT_LT(after(days, dot).depthMm, healed.depthMm) << days;
        }
        EXPECT_NEAR(healed.depthMm, dot.depthMm, 0.001f) << "healed pigment lies where the design has it";
    }
    for (const float days : {0.0f, 1.0f, 2.0f, 3.0f}) EXPECT_GT(after(days).diameterMm, 0.2f) << days;
    float peakDay = 0;
    for (float days = 0; days < 15; days += 0.1f)
        if (after(days).crust > after(peakDay).crust) peakDay = days;
    EXPECT_GE(peakDay, 2);
    EXPECT_LE(peakDay, 4);
}

TEST(Ageing, PigmentOnlyGoesOnceTheCrustHasAndRednessAlways) {
    for (const PigmentBase base : kBases)
        for (const PutDot& dot : {kWellPut, kTooDeep, PutDot{0.03f, 0.05f, 0.05f}, PutDot{0.8f, 1.5f, 7.5f}})
            for (const int laser : {0, 1, 10}) {
                AgedDot before = after(0, dot, laser, base);
                for (float days = 0.25f; days < 7500; days += days < 40 ? 0.25f : 10) {
                    const AgedDot now = after(days, dot, laser, base);
                    ASSERT_LE(now.erythema, before.erythema) << days;
                    if (days > 10) {
                        ASSERT_LT(amount(now), amount(before)) << days;
                    }
                    if (days > 90) {
                        ASSERT_GE(now.diameterMm, before.diameterMm) << days;
                    }
                    // Nothing jumps: a quarter of a day, then ten days.
                    ASSERT_NEAR(amount(now) / amount(before), 1, 0.13f) << days;
                    ASSERT_NEAR(now.diameterMm, before.diameterMm, 0.013f) << days;
                    ASSERT_NEAR(now.depthMm, before.depthMm, 0.02f + 0.05f * dot.depthMm) << days;
                    before = now;
                }
            }
}

// Half-life 5–8 years of what has healed; iron oxides less.
TEST(Ageing, FadesByHalfInYears) {
    const float healed = amount(after(40));
    EXPECT_GT(amount(after(5 * 365.25f)), 0.5f * healed);
    EXPECT_LT(amount(after(8 * 365.25f)), 0.5f * healed);
    const auto carbon = after(2000), brown = after(2000, kWellPut, 0, PigmentBase::brown);
    EXPECT_LT(brown.loadPercent, carbon.loadPercent);
    EXPECT_EQ(brown.diameterMm, carbon.diameterMm);
}

TEST(Ageing, TooDeepSpreadsWithoutLosingPigment) {
    // 0.3–0.6 mm, a working default; over weeks.
    EXPECT_GT(after(90, kTooDeep).diameterMm, 0.3f);
    EXPECT_LT(after(90, kTooDeep).diameterMm, 0.6f);
    EXPECT_LT(after(10, kTooDeep).diameterMm, after(90, kTooDeep).diameterMm - 0.1f);
    EXPECT_LT(after(90, {.depthMm = 0.3f}).diameterMm, 0.155f) << "0.3 mm is still well done";
    float narrower = 0;
    for (float depthMm = 0.05f; depthMm <= 1.5f; depthMm += 0.01f) {
        const PutDot dot = {.depthMm = depthMm};
        const AgedDot now = after(90, dot);
        ASSERT_GE(now.diameterMm, narrower) << depthMm;
        ASSERT_LE(now.diameterMm, 0.6f) << depthMm;
        narrower = now.diameterMm;
        // Blow-out alone: what was shed does not depend on the diameter, so a dot that starts at the widest
        // and cannot spread keeps the load to compare with.
        const AgedDot held = after(90, {.diameterMm = 0.8f, .depthMm = depthMm});
        ASSERT_NEAR(amount(now) / (0.15f * 0.15f), amount(held) / (0.8f * 0.8f), 1e-5f) << depthMm;
    }
}

TEST(Ageing, EachLaserSessionClearsMoreButNeverAll) {
    const AgedDot none = after(365);
    float before = amount(none);
    for (int n = 1; n <= 10; ++n) {
        const AgedDot dot = after(365, kWellPut, n);
        ASSERT_LT(amount(dot), before) << n;
        ASSERT_LT(dot.loadPercent, after(365, kWellPut, n - 1).loadPercent) << n;
        ASSERT_GT(dot.diameterMm, none.diameterMm) << "the remainder is scattered";
        ASSERT_GE(amount(dot), 0.05f * amount(none)) << "grey remains";
        before = amount(dot);
    }
    const float first = 1 - amount(after(365, kWellPut, 1)) / amount(none);
    EXPECT_GE(first, 0.5f) << "50–70 % a session";
    EXPECT_LE(first, 0.7f);
}

TEST(Ageing, EarlierSessionsAreOlderByTheGap) {
    const Ageing ageing({.days = 2, .sessionGapDays = 14}, PigmentBase::carbon, 3);
    for (int session = 0; session < 3; ++session) {
        const AgedDot dot = ageing.of(kWellPut, session), alone = after(2 + 14.0f * (2 - session));
        EXPECT_EQ(dot.loadPercent, alone.loadPercent);
        EXPECT_EQ(dot.erythema, alone.erythema);
        EXPECT_EQ(dot.diameterMm, alone.diameterMm);
    }
    EXPECT_GT(ageing.of(kWellPut, 2).erythema, 0.8f);
    EXPECT_LT(ageing.of(kWellPut, 1).erythema, 0.01f);
}

TEST(Ageing, StaysInRangeForAllThatADesignMaySay) {
    for (const float days : {0.0f, 0.001f, 3.0f, 7.0f, 30.0f, 7300.0f})
        for (const float gap : {7.0f, 30.0f})
            for (const int laser : {0, 10})
                for (const PigmentBase base : kBases) {
                    const Ageing ageing({days, gap, laser}, base, 6);
                    for (const float diameterMm : {0.03f, 0.15f, 0.8f})
                        for (const float depthMm : {0.05f, 0.3f, 1.5f})
                            for (const float load : {0.005f, 7.5f})
                                for (const int session : {0, 5}) {
                                    const AgedDot dot = ageing.of({diameterMm, depthMm, load}, session);
                                    ASSERT_GE(dot.diameterMm, diameterMm);
                                    ASSERT_LE(dot.diameterMm, 0.8f);
                                    ASSERT_GE(dot.depthMm, 0.0499f);
                                    ASSERT_LE(dot.depthMm, depthMm + 1e-6f);
                                    ASSERT_GT(dot.loadPercent, 0);
                                    ASSERT_LE(dot.loadPercent, 1.5f * load);
                                    ASSERT_GE(dot.erythema, 0);
                                    ASSERT_LE(dot.erythema, 1);
                                    ASSERT_GE(dot.crust, 0);
                                    ASSERT_LE(dot.crust, 1);
                                }
                }
}

}  // namespace
}  // namespace stubble
