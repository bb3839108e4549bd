#include "engine/treatment/density.h"

#include <gmock/gmock.h>

#include "engine/scalp/hair_loss.h"
#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;

HairlineField everywhereBehind(float featherMm = 8) {
    return {std::vector<float>(ellipsoidHead().mesh.positionsMm.size(), 500.0f), featherMm, 80, 400};
}

std::vector<float> hairOf(float share) {
    std::vector<float> hair = ellipsoidHead().craniumMask;
    for (float& h : hair) h *= share;
    return hair;
}

TEST(Density, OfABareSkullIsItsAreaTimesTheDensity) {
    const Head& head = ellipsoidHead();
    SmpDesign smp;
    smp.densityPerCm2 = 120;
    const double area = integralOverCm2(head.mesh, head.craniumMask);
    for (const float blend : {0.0f, 20.0f}) {
        smp.blendMm = blend;
        const auto bare = treatmentDensity(head, everywhereBehind(), hairOf(0), smp);
        ASSERT_TRUE(bare);
        EXPECT_NEAR(integralOverCm2(head.mesh, *bare) / (120 * area), 1,
                    2e-4);  // the mask's faintest rim stays free
        const auto half = treatmentDensity(head, everywhereBehind(), hairOf(0.5f), smp);
        EXPECT_NEAR(integralOverCm2(head.mesh, *half) / (60 * area), 1, 0.01);
        const auto full = treatmentDensity(head, everywhereBehind(), hairOf(1), smp);
        EXPECT_NEAR(integralOverCm2(head.mesh, *full), 0, 1e-3);
    }
}

TEST(Density, IsZeroBeforeTheLineOnFaceEarsAndNeck) {
    const Head& head = ellipsoidHead();
    const auto hairline = Hairline::build(head, {}, 3);
    ASSERT_TRUE(hairline);
    const HairlineField field = hairlineField(head, *hairline);
    const auto density = treatmentDensity(head, field, hairShare(head, Norwood::VII), {});
    ASSERT_TRUE(density);
    std::size_t treated = 0;
    for (std::size_t i = 0; i < density->size(); ++i) {
        if (field.signedDistanceMm[i] < 0 || head.craniumMask[i] == 0) {
            EXPECT_EQ((*density)[i], 0) << i;
        }
        EXPECT_GE((*density)[i], 0);
        EXPECT_LE((*density)[i], SmpDesign{}.densityPerCm2 * 1.0001f);
        treated += (*density)[i] > 0;
    }
    EXPECT_GT(treated, 1000u);
    for (std::size_t i = test::ellipsoidParts().skullVertices; i < density->size(); ++i)
        EXPECT_EQ((*density)[i], 0);
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
    SmpDesign smp;
    smp.blendMm = 30;
    const auto density = treatmentDensity(head, everywhereBehind(), hair, smp);
    ASSERT_TRUE(density);
    const float top = test::kCentreMm.y + test::kHalfAxesMm.y;
    const auto at = [&](float z) {
        return (*density)[test::vertexNear(
                   head,
                   {0, test::kCentreMm.y + (top - test::kCentreMm.y) * std::sqrt(1 - z * z / 9409), z})] /
               smp.densityPerCm2;
    };
    EXPECT_EQ(at(25), 1);
    EXPECT_EQ(at(-25), 0);
    for (const float z : {3.0f, 6.0f, 9.0f, 12.0f}) EXPECT_NEAR(at(z) + at(-z), 1, 0.12f) << z;
    EXPECT_GT(at(6), 0.55f);
    EXPECT_LT(at(6), 0.98f);
}

TEST(Density, SwitchedOffThereIsNone) {
    SmpDesign smp;
    smp.enabled = false;
    const auto density = treatmentDensity(ellipsoidHead(), everywhereBehind(), hairOf(0), smp);
    ASSERT_TRUE(density);
    for (const float d : *density) EXPECT_EQ(d, 0);
}

TEST(Density, RefusesFieldsOfAnotherHead) {
    const auto density = treatmentDensity(ellipsoidHead(), {}, hairOf(0), {});
    ASSERT_FALSE(density);
    EXPECT_THAT(density.error().message, ::testing::HasSubstr("0 hairline distances"));
}

}  // namespace
}  // namespace stubble
