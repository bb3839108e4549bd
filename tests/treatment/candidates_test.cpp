#include "engine/treatment/candidates.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

TEST(Candidates, StandOnTheCraniumOnlyAtTheirDensity) {
    const Head& head = ellipsoidHead();
    const auto ranked = sampleCandidates(head, 3, 30);
    ASSERT_TRUE(ranked);
    const Candidates candidates(head, *ranked, 3);
    EXPECT_NEAR(candidates.maxDensityPerCm2(), 30, 0.3);
    EXPECT_GT(candidates.region.areaMm2, 100 * integralOverCm2(head.mesh, head.craniumMask));
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const glm::uvec3 t = head.mesh.triangles[candidates.points[i].triangle];
        EXPECT_GT(head.craniumMask[t.x] + head.craniumMask[t.y] + head.craniumMask[t.z], 0);
        EXPECT_EQ(candidates.positionsMm[i], positionMmAt(head.mesh, candidates.points[i]));
        if (i > 0) {
            EXPECT_GT(candidates.densityPerCm2(i), candidates.densityPerCm2(i - 1));
        }
    }
    EXPECT_NEAR(candidates.densityPerCm2(candidates.size() / 3), 10, 0.15);
}

TEST(Candidates, HaveNormalDeviatesOfTheirSeed) {
    const Head& head = ellipsoidHead();
    const auto ranked = sampleCandidates(head, 3, 30);
    ASSERT_TRUE(ranked);
    const Candidates candidates(head, *ranked, 3), other(head, *ranked, 4);
    const auto count = static_cast<double>(candidates.size());
    double mixed = 0;
    for (int which = 0; which < 3; ++which) {
        double sum = 0, squares = 0;
        for (const auto& deviates : candidates.deviates) {
            const double value = double(kDeviateUnit) * deviates[which];
            EXPECT_LE(std::abs(value), 3.0001);
            sum += value, squares += value * value;
        }
        EXPECT_NEAR(sum / count, 0, 0.03);
        EXPECT_NEAR(squares / count, 0.987, 0.03);  // cut at three deviations
    }
    for (const auto& deviates : candidates.deviates)
        mixed += double(kDeviateUnit) * deviates[0] * kDeviateUnit * deviates[1];
    EXPECT_NEAR(mixed / count, 0, 0.03);
    EXPECT_NE(candidates.deviates, other.deviates);
}

TEST(Candidates, RefuseAHeadWithoutCranium) {
    Head head = ellipsoidHead();
    head.name = "nobody";
    head.craniumMask.assign(head.craniumMask.size(), 0.0f);
    EXPECT_EQ(sampleCandidates(head, 1).error().message, "head \"nobody\": has no skin of the cranium");
    head.craniumMask.pop_back();
    EXPECT_THAT(sampleCandidates(head, 1).error().message,
                ::testing::StartsWith("candidates: 29525 values of the cranium's mask for 29526 vertices"));
}

}  // namespace
}  // namespace stubble
