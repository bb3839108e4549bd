#include "engine/treatment/density.h"

#include <gtest/gtest.h>

#include "engine/scalp/hair_loss.h"
#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

std::vector<float> hairOf(float share) {
    std::vector<float> hair = ellipsoidHead().craniumMask;
    for (float& h : hair) h *= share;
    return hair;
}

TEST(Density, MissingHairOfABareSkullIsItsArea) {
    const Head& head = ellipsoidHead();
    const double area = integralOverCm2(head.mesh, head.craniumMask);
    const auto missingCm2 = [&](float share, float blendMm) {
        std::vector<float> missing = missingHair(head, hairOf(share), blendMm);
        for (std::size_t i = 0; i < missing.size(); ++i) missing[i] *= head.craniumMask[i];
        return integralOverCm2(head.mesh, missing);
    };
    for (const float blendMm : {0.0f, 20.0f}) {
        EXPECT_NEAR(missingCm2(0, blendMm) / area, 1, 2e-4);  // the mask's faintest rim stays free
        EXPECT_NEAR(missingCm2(0.5f, blendMm) / area, 0.5, 0.005);
        EXPECT_NEAR(missingCm2(1, blendMm), 0, 1e-3);
    }
}

TEST(Density, NoHairIsMissingOnFaceEarsAndNeck) {
    const Head& head = ellipsoidHead();
    const std::vector<float> missing = missingHair(head, hairShare(head, Norwood::VII), 15);
    std::size_t bald = 0;
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (head.craniumMask[i] == 0) {
            EXPECT_EQ(missing[i], 0) << i;
        }
        EXPECT_GE(missing[i], 0);
        EXPECT_LE(missing[i], 1.0001f);
        bald += missing[i] > 0;
    }
    EXPECT_GT(bald, 1000u);
    for (std::size_t i = test::ellipsoidParts().skullVertices; i < missing.size(); ++i)
        EXPECT_EQ(missing[i], 0);
}

TEST(Density, RisesBehindTheLine) {
    SmpDesign smp;
    smp.frontDensity = 0.6f;
    smp.gradientMm = 40;
    EXPECT_EQ(hairlineShare(-0.1f, 8, smp), 0);
    EXPECT_EQ(hairlineShare(0, 8, smp), 0);
    EXPECT_NEAR(hairlineShare(8, 8, smp), 0.6f + 0.4f * (0.04f * 2.6f), 1e-5f);
    EXPECT_EQ(hairlineShare(40, 8, smp), 1);
    EXPECT_EQ(hairlineShare(60, 8, smp), 1);
    for (float d = 0; d < 45; d += 0.5f) EXPECT_LE(hairlineShare(d, 8, smp), hairlineShare(d + 0.5f, 8, smp));
    smp.gradientMm = 0;
    EXPECT_EQ(hairlineShare(0.01f, 0, smp), 1);  // no feather, no gradient: a sharp edge
}

TEST(Density, BlendIsSymmetricAboutTheBorderOfHair) {
    const Head& head = ellipsoidHead();
    // Hair on the back half, a sharp border in the plane z = 0 across the top.
    std::vector<float> hair = head.craniumMask;
    for (std::size_t i = 0; i < hair.size(); ++i) hair[i] *= head.mesh.positionsMm[i].z < 0 ? 1.0f : 0.0f;
    const std::vector<float> missing = missingHair(head, hair, 30);
    const float top = test::kCentreMm.y + test::kHalfAxesMm.y;
    const auto at = [&](float z) {
        return missing[test::vertexNear(
            head, {0, test::kCentreMm.y + (top - test::kCentreMm.y) * std::sqrt(1 - z * z / 9409), z})];
    };
    EXPECT_EQ(at(25), 1);
    EXPECT_EQ(at(-25), 0);
    for (const float z : {3.0f, 6.0f, 9.0f, 12.0f}) EXPECT_NEAR(at(z) + at(-z), 1, 0.12f) << z;
    EXPECT_GT(at(6), 0.55f);
    EXPECT_LT(at(6), 0.98f);
}

}  // namespace
}  // namespace stubble
