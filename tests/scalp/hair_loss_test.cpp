#include "engine/scalp/hair_loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;
using test::vertexNear;

constexpr Norwood kStages[] = {Norwood::none, Norwood::I, Norwood::II, Norwood::III, Norwood::IIIVertex,
                               Norwood::IV,   Norwood::V, Norwood::VI, Norwood::VII};

TEST(HairLoss, NamesGoBothWays) {
    for (const Norwood stage : kStages) EXPECT_EQ(norwoodFromName(norwoodName(stage)), stage);
    EXPECT_EQ(norwoodFromName("VIII"), std::nullopt);
}

TEST(HairLoss, GrowsFromStageToStage) {
    const Head& head = ellipsoidHead();
    std::vector<float> before = hairShare(head, Norwood::none);
    EXPECT_EQ(baldAreaCm2(head, before), 0);
    double area = 0;
    for (const Norwood stage : kStages) {
        if (stage == Norwood::none) continue;
        const std::vector<float> share = hairShare(head, stage);
        for (std::size_t i = 0; i < share.size(); ++i) {
            EXPECT_GE(share[i], 0);
            EXPECT_LE(share[i], before[i]);
            EXPECT_LE(share[i], head.scalpMask[i]);
        }
        EXPECT_GT(baldAreaCm2(head, share), area + 2) << norwoodName(stage);
        area = baldAreaCm2(head, share);
        before = share;
    }
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
