#include "engine/scalp/hair_loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;
using test::vertexNear;

/// Interpolated at a place of the chart.
float shareAt(const Head& head, const SkullTracer& tracer, std::span<const float> share, glm::vec2 chart) {
    const auto hit = tracer.hitFrom(head.chart.centreMm(), head.chart.directionFromChart(chart));
    if (!hit) return -1;
    const glm::uvec3 t = head.mesh.triangles[hit->point.triangle];
    const glm::vec3 b = hit->point.barycentric;
    return b.x * share[t.x] + b.y * share[t.y] + b.z * share[t.z];
}

std::vector<Norwood> everyStage() {
    std::vector<Norwood> stages;
    for (int i = 0; i < kNorwoodCount; ++i) stages.push_back(static_cast<Norwood>(i));
    return stages;
}

TEST(Norwood, NamesGoBothWays) {
    for (const Norwood stage : everyStage()) EXPECT_EQ(norwoodFromName(norwoodName(stage)), stage);
    EXPECT_EQ(norwoodFromName("VIII"), std::nullopt);
    EXPECT_EQ(norwoodFromName("iiia"), std::nullopt);
}

TEST(Norwood, BothSeriesEndInVII) {
    const auto seriesFrom = [](Norwood stage) {
        std::string names(norwoodName(stage));
        while (nextStage(stage) != stage) names += ' ' + std::string(norwoodName(stage = nextStage(stage)));
        return names;
    };
    EXPECT_EQ(seriesFrom(Norwood::none), "none I II III IIIVertex IV V VI VII");
    EXPECT_EQ(seriesFrom(Norwood::IIa), "IIa IIIa IVa Va VI VII");
}

TEST(HairLoss, GrowsFromStageToStage) {
    const Head& head = ellipsoidHead();
    EXPECT_EQ(baldAreaCm2(head, hairShare(head, Norwood::none)), 0);
    for (const Norwood stage : everyStage()) {
        const std::vector<float> share = hairShare(head, stage);
        for (std::size_t i = 0; i < share.size(); ++i) {
            ASSERT_GE(share[i], 0);
            ASSERT_LE(share[i], head.scalpMask[i]);
        }
        if (nextStage(stage) == stage) continue;
        const std::vector<float> later = hairShare(head, nextStage(stage));
        for (std::size_t i = 0; i < share.size(); ++i) ASSERT_LE(later[i], share[i]) << norwoodName(stage);
        EXPECT_GT(baldAreaCm2(head, later), baldAreaCm2(head, share) + 2) << norwoodName(stage);
    }
}

TEST(HairLoss, MovesOnBetweenStagesWithoutAStepBack) {
    const Head& head = ellipsoidHead();
    for (const Norwood stage : everyStage()) {
        SCOPED_TRACE(norwoodName(stage));
        std::vector<float> before = hairShare(head, stage);
        const std::vector<float> end = hairShare(head, nextStage(stage));
        const double whole = baldAreaCm2(head, end) - baldAreaCm2(head, before);
        constexpr int kSteps = 5;
        for (int step = 1; step <= kSteps; ++step) {
            const std::vector<float> share =
                hairShare(head, {.norwood = stage, .norwoodProgress = static_cast<float>(step) / kSteps});
            for (std::size_t i = 0; i < share.size(); ++i) ASSERT_LE(share[i], before[i] + 1e-6f);
            // No step of five is most of the way: it can be played.
            EXPECT_LE(baldAreaCm2(head, share) - baldAreaCm2(head, before), 0.75 * whole) << step;
            before = share;
        }
        EXPECT_EQ(before, end);
    }
}

TEST(HairLoss, MovesOnBetweenStagesWithoutAJump) {
    const Head& head = ellipsoidHead();
    constexpr float kLittle = 1e-4f;
    for (const Norwood stage : {Norwood::none, Norwood::III, Norwood::V, Norwood::Va})
        for (const float asymmetry : {0.0f, -0.7f})
            for (const float progress : {0.0f, 0.4f, 1 - kLittle}) {
                HairLoss loss{.norwood = stage, .norwoodProgress = progress, .lossAsymmetry = asymmetry};
                const std::vector<float> here = hairShare(head, loss);
                loss.norwoodProgress += kLittle;
                const std::vector<float> there = hairShare(head, loss);
                for (std::size_t i = 0; i < here.size(); ++i)
                    ASSERT_NEAR(here[i], there[i], 0.005f) << norwoodName(stage) << ' ' << progress;
            }
}

TEST(HairLoss, OneSideIsAheadByTheAmountTold) {
    const Head& head = ellipsoidHead();
    const std::vector<float> even = hairShare(head, Norwood::VI),
                             right = hairShare(head, {.norwood = Norwood::VI, .lossAsymmetry = 1}),
                             left = hairShare(head, {.norwood = Norwood::VI, .lossAsymmetry = -1});
    double lostRight = 0, lostLeft = 0;
    for (std::size_t i = 0; i < even.size(); ++i) {
        EXPECT_LE(right[i], even[i]);
        // The chart's x is positive on the head's own right.
        const float side = head.chartPositions[i].x;
        ASSERT_TRUE(side > 0 || right[i] == even[i]);
        ASSERT_TRUE(side < 0 || left[i] == even[i]);
        lostRight += even[i] - right[i], lostLeft += even[i] - left[i];
    }
    EXPECT_GT(lostRight, 0);
    EXPECT_NEAR(lostLeft / lostRight, 1, 0.02);
    // Where the border runs from front to back it has moved by 12 mm.
    const SkullTracer tracer(head.mesh, head.chart);
    constexpr float kY = -0.2f;
    const auto borderX = [&](const std::vector<float>& share) {
        float x = 0.1f;
        for (; x < 0.9f; x += 0.001f)
            if (shareAt(head, tracer, share, {x, kY}) > 0.5f) break;
        return x;
    };
    const std::vector<glm::vec2> between = {{borderX(even), kY}, {borderX(right), kY}};
    EXPECT_NEAR(lengthMm(tracer.trace(between, false)), 12, 1);
    EXPECT_EQ(hairShare(head, {.norwood = Norwood::none, .lossAsymmetry = 1}), head.scalpMask)
        << "no loss has no side";
}

TEST(HairLoss, LudwigThinsTheTopAndKeepsTheFrontLine) {
    const Head& head = ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const auto at = [&](float grade, glm::vec2 chart) {
        const std::vector<float> share = hairShare(head, {.norwood = Norwood::none, .ludwig = grade});
        return share[vertexNear(head, *tracer.positionMm(chart))];
    };
    EXPECT_NEAR(at(1, {0, 0}), 0.7f, 0.01f);
    EXPECT_NEAR(at(2, {0, 0}), 0.35f, 0.01f);
    EXPECT_EQ(at(3, {0, 0}), 0);
    for (const glm::vec2 kept :
         {glm::vec2(0, 0.46f), glm::vec2(0.6f, 0), glm::vec2(-0.5f, -0.4f), glm::vec2(0, -0.8f)})
        EXPECT_EQ(at(3, kept), 1) << kept.x << ' ' << kept.y;
    std::vector<float> before = head.scalpMask;
    for (float grade = 0; grade <= 3; grade += 0.05f) {
        const std::vector<float> share = hairShare(head, {.norwood = Norwood::none, .ludwig = grade});
        for (std::size_t i = 0; i < share.size(); ++i) {
            ASSERT_LE(share[i], before[i]);
            ASSERT_GE(share[i], before[i] - 0.03f);
        }
        before = share;
    }
}

TEST(HairLoss, DiffuseLossIsTheSameEverywhere) {
    const Head& head = ellipsoidHead();
    const std::vector<float> share = hairShare(head, {.norwood = Norwood::IV, .diffuseLoss = 0.4f});
    const std::vector<float> before = hairShare(head, Norwood::IV);
    for (std::size_t i = 0; i < share.size(); ++i) ASSERT_FLOAT_EQ(share[i], 0.6f * before[i]);
}

TEST(HairLoss, TheVariantKeepsTheCrownAndLeavesNoIsland) {
    const Head& head = ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const auto at = [&](Norwood stage, glm::vec2 chart) {
        return hairShare(head, stage)[vertexNear(head, *tracer.positionMm(chart))];
    };
    const glm::vec2 crown(0, -0.39f), forelock(0, 0.38f), top(0, 0);
    for (const Norwood stage : {Norwood::IIa, Norwood::IIIa, Norwood::IVa, Norwood::Va})
        EXPECT_EQ(at(stage, crown), 1) << norwoodName(stage);
    EXPECT_EQ(at(Norwood::III, forelock), 1);
    EXPECT_EQ(at(Norwood::IIIa, forelock), 0);
    EXPECT_EQ(at(Norwood::IIIa, top), 1);
    EXPECT_EQ(at(Norwood::Va, top), 0);
}

// The ellipsoid is no head, so its areas are only roughly a head's: docs/sources.md gives 40, 80, 130, 200
// and 300 cm².
TEST(HairLoss, AreasAreOfTheRightSize) {
    const Head& head = ellipsoidHead();
    const std::pair<Norwood, double> expected[] = {
        {Norwood::III, 40}, {Norwood::IV, 80}, {Norwood::V, 130}, {Norwood::VI, 200}, {Norwood::VII, 300}};
    for (const auto& [stage, cm2] : expected)
        EXPECT_NEAR(baldAreaCm2(head, hairShare(head, stage)) / cm2, 1, 0.25) << norwoodName(stage);
}

TEST(HairLoss, PatternsAreNorwoods) {
    const Head& head = ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const auto at = [&](const std::vector<float>& share, glm::vec2 chart) {
        const auto place = tracer.positionMm(chart);
        return place ? share[vertexNear(head, *place)] : -1;
    };
    const glm::vec2 crown(0, -0.39f), bridge(0, -0.08f), side(0.65f, -0.3f), nape(0, -0.95f);
    const std::vector<float> three = hairShare(head, Norwood::III);
    EXPECT_EQ(at(three, crown), 1);
    EXPECT_EQ(at(hairShare(head, Norwood::IIIVertex), crown), 0);
    const std::vector<float> five = hairShare(head, Norwood::V);
    EXPECT_EQ(at(five, crown), 0);
    EXPECT_EQ(at(five, bridge), 1);
    EXPECT_EQ(at(hairShare(head, Norwood::VI), bridge), 0);
    const std::vector<float> seven = hairShare(head, Norwood::VII);
    EXPECT_EQ(at(seven, bridge), 0);
    EXPECT_EQ(at(seven, side), 1);
    EXPECT_EQ(at(seven, nape), 1);
}

TEST(HairLoss, WreathOfStageSevenIsFiveToEightCentimetresHigh) {
    const Head& head = ellipsoidHead();
    const std::vector<float> share = hairShare(head, Norwood::VII);
    // Up the back's midline.
    const SkullTracer tracer(head.mesh, head.chart);
    std::vector<glm::vec3> wreath;
    for (float radius = 1.5f; radius > 0.2f; radius -= 0.004f) {
        const auto hit = tracer.hitFrom(head.chart.centreMm(), head.chart.directionFromChart({0, -radius}));
        ASSERT_TRUE(hit);
        const glm::uvec3 t = head.mesh.triangles[hit->point.triangle];
        const glm::vec3 b = hit->point.barycentric;
        if (b.x * share[t.x] + b.y * share[t.y] + b.z * share[t.z] > 0.5f) wreath.push_back(hit->positionMm);
    }
    EXPECT_GE(lengthMm(wreath), 50);
    EXPECT_LE(lengthMm(wreath), 80);
}

TEST(HairLoss, IsSymmetricOnASymmetricHead) {
    const Head& head = ellipsoidHead();
    const std::vector<float> share = hairShare(head, Norwood::V);
    const std::size_t skull = test::ellipsoidParts().skullVertices;
    for (std::size_t i = 0; i < skull; ++i) EXPECT_NEAR(share[i], share[test::mirrorOf(i)], 0.03f);
}

}  // namespace
}  // namespace stubble
