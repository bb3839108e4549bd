#include "engine/scalp/hairline.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/scalp/chart_curve.h"
#include "engine/scalp/skull_guides.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;
using ::testing::HasSubstr;

HairlineDesign smooth(HairlineStyle style, float heightMm = 80) {
    HairlineDesign design;
    design.style = style;
    design.heightMm = heightMm;
    design.irregularityMm = 0;
    return design;
}

Hairline built(const HairlineDesign& design, std::uint64_t seed = 1) {
    auto hairline = Hairline::build(ellipsoidHead(), design, seed);
    EXPECT_TRUE(hairline) << hairline.error().message;
    return *std::move(hairline);
}

/// Height Y of the line where it passes x over the forehead.
float heightAt(const Hairline& hairline, float x) {
    float best = -1e9f;
    const auto& line = hairline.lineMm();
    for (std::size_t i = 1; i < line.size(); ++i)
        if ((line[i - 1].x - x) * (line[i].x - x) <= 0) best = std::max(best, line[i].y);
    return best;
}

constexpr HairlineStyle kAll[] = {HairlineStyle::natural,    HairlineStyle::broken,  HairlineStyle::defined,
                                  HairlineStyle::feathered,  HairlineStyle::receded, HairlineStyle::faded,
                                  HairlineStyle::edgeUp,     HairlineStyle::rounded, HairlineStyle::straight,
                                  HairlineStyle::widowsPeak, HairlineStyle::winged};

TEST(Hairline, NamesGoBothWays) {
    for (const HairlineStyle style : kAll) EXPECT_EQ(hairlineStyleFromName(hairlineStyleName(style)), style);
    EXPECT_EQ(hairlineStyleFromName("mullet"), std::nullopt);
}

TEST(Hairline, StandsAtTheHeightAsked) {
    for (const HairlineStyle style : kAll)
        for (const float height : {55.0f, 70.0f, 80.0f, 100.0f})
            EXPECT_NEAR(built(smooth(style, height)).midpointHeightMm(), height, 1)
                << hairlineStyleName(style);
}

TEST(Hairline, TemplesStandOnTheCanthusVerticals) {
    const Head& head = ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const glm::vec3 canthus = head.landmarks[Landmark::canthusLeft];
    for (const HairlineStyle style : kAll) {
        const Hairline hairline = built(smooth(style));
        EXPECT_NEAR(hairline.templesMm()[0].x, canthus.x, 0.01f);
        EXPECT_NEAR(hairline.templesMm()[1].x, -canthus.x, 0.01f);
        // The frontotemporal angle is kept: the line turns there by at least 25° within 2 × 20 mm.
        const auto& line = hairline.lineMm();
        std::size_t corner = 0;
        for (std::size_t i = 0; i < line.size(); ++i)
            if (glm::distance(line[i], hairline.templesMm()[0]) <
                glm::distance(line[corner], hairline.templesMm()[0]))
                corner = i;
        const glm::vec3 in = glm::normalize(line[corner] - line[corner - 45]);
        const glm::vec3 out = glm::normalize(line[corner + 45] - line[corner]);
        EXPECT_LT(glm::dot(in, out), std::cos(0.43f)) << hairlineStyleName(style);
    }
}

TEST(Hairline, StylesDifferAsTheirNamesSay) {
    const Hairline natural = built(smooth(HairlineStyle::natural));
    const auto back = [](const Hairline& h) { return -h.templesMm()[0].z; };
    EXPECT_GT(back(built(smooth(HairlineStyle::receded))), back(natural) + 15);
    EXPECT_LT(back(built(smooth(HairlineStyle::rounded))), back(natural) - 6);
    EXPECT_GT(back(built(smooth(HairlineStyle::winged))), back(natural) + 8);

    const Hairline peak = built(smooth(HairlineStyle::widowsPeak));
    EXPECT_GT(heightAt(peak, 14) - heightAt(peak, 0), 3);
    EXPECT_LT(std::abs(heightAt(natural, 14) - heightAt(natural, 0)), 1.5f);

    const Hairline straight = built(smooth(HairlineStyle::straight));
    for (float x = -40; x <= 40; x += 8) EXPECT_NEAR(heightAt(straight, x), heightAt(straight, 0), 1.5f) << x;

    EXPECT_LT(built(smooth(HairlineStyle::edgeUp)).featherMm(),
              built(smooth(HairlineStyle::defined)).featherMm());
    EXPECT_LT(built(smooth(HairlineStyle::defined)).featherMm(), natural.featherMm());
    EXPECT_GT(built(smooth(HairlineStyle::faded)).featherMm(),
              built(smooth(HairlineStyle::feathered)).featherMm());
}

TEST(Hairline, DistanceIsMeasuredOnTheSkin) {
    const Head& head = ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const SkullGuides guides(head.landmarks, head.chart, tracer);
    const Hairline hairline = built(smooth(HairlineStyle::straight));
    // Straight across in front, so up the midline the shortest way is the midline itself.
    for (const float behind : {-30.0f, -10.0f, -2.0f, 2.0f, 10.0f, 25.0f}) {
        const auto place = tracer.positionMm(guides.aboveGlabella(80 + behind));
        ASSERT_TRUE(place);
        EXPECT_NEAR(hairline.signedDistanceMm(*place), behind, 0.3f + 0.02f * std::abs(behind));
    }
    EXPECT_LT(hairline.signedDistanceMm(head.landmarks[Landmark::glabella]), -60);
    EXPECT_LT(hairline.signedDistanceMm(head.landmarks[Landmark::menton]),
              hairline.signedDistanceMm(head.landmarks[Landmark::nasion]));
    EXPECT_GT(hairline.signedDistanceMm(head.landmarks[Landmark::inion]), 100);
}

TEST(Hairline, IsSymmetricOnASymmetricHeadWithoutIrregularity) {
    const Head& head = ellipsoidHead();
    const std::size_t skull = test::ellipsoidParts().skullVertices;
    for (const HairlineStyle style : {HairlineStyle::natural, HairlineStyle::edgeUp, HairlineStyle::broken}) {
        const HairlineField field = hairlineField(head, built(smooth(style)));
        for (std::size_t i = 0; i < skull; i += 3)
            EXPECT_NEAR(field.signedDistanceMm[i], field.signedDistanceMm[test::mirrorOf(i)], 0.15f);
    }
}

TEST(Hairline, IrregularityMovesTheEdgeBySoMuch) {
    HairlineDesign design = smooth(HairlineStyle::natural);
    const Hairline plain = built(design);
    design.irregularityMm = 2;
    const Hairline waved = built(design, 5), again = built(design, 5), other = built(design, 6);
    double squares = 0, largest = 0, differs = 0;
    for (const glm::vec3& p : plain.lineMm()) {
        const double shift = waved.signedDistanceMm(p);
        squares += shift * shift;
        largest = std::max(largest, std::abs(shift));
        differs = std::max(differs, std::abs(shift - other.signedDistanceMm(p)));
        EXPECT_EQ(waved.signedDistanceMm(p), again.signedDistanceMm(p));
    }
    const double rms = std::sqrt(squares / static_cast<double>(plain.lineMm().size()));
    EXPECT_GT(rms, 0.3);
    EXPECT_LT(rms, 2);
    EXPECT_LT(largest, 2 * 1.5 * 2);
    EXPECT_GT(differs, 0.5);
    // Far off nothing moves.
    const glm::vec3 vertex = ellipsoidHead().landmarks[Landmark::inion];
    EXPECT_EQ(plain.signedDistanceMm(vertex), waved.signedDistanceMm(vertex));
}

TEST(Hairline, BrokenHasGapsAndEdgeUpHasNone) {
    HairlineDesign design = smooth(HairlineStyle::broken);
    design.irregularityMm = 1.6f;
    const Hairline broken = built(design);
    design.style = HairlineStyle::edgeUp;
    const Hairline sharp = built(design);
    float deepest = 0;
    for (const glm::vec3& p : broken.lineMm()) deepest = std::min(deepest, broken.signedDistanceMm(p));
    EXPECT_LT(deepest, -3);
    for (const glm::vec3& p : sharp.lineMm()) EXPECT_NEAR(sharp.signedDistanceMm(p), 0, 0.05f);
}

TEST(Hairline, IsTheSameOnAHeadPutTogetherByHand) {
    Head head = ellipsoidHead();
    head.skull = nullptr;
    const auto hairline = Hairline::build(head, {}, 4);
    ASSERT_TRUE(hairline);
    EXPECT_EQ(hairline->lineMm(), built({}, 4).lineMm());
}

TEST(Hairline, TakesAPersonsPoints) {
    HairlineDesign design = smooth(HairlineStyle::natural);
    const auto derived = hairlinePoints(ellipsoidHead(), design);
    ASSERT_TRUE(derived);
    design.points = *derived;
    design.heightMm = 40;  // points win
    EXPECT_NEAR(built(design).midpointHeightMm(), 80, 1);
    for (glm::vec2& p : design.points)
        if (std::abs(p.x) < 0.3f) p.y += 0.05f;
    EXPECT_LT(built(design).midpointHeightMm(), 78);
}

TEST(Hairline, RefusesBadPoints) {
    const auto message = [](std::vector<glm::vec2> points) {
        HairlineDesign design;
        design.points = std::move(points);
        const auto result = Hairline::build(ellipsoidHead(), design, 1);
        return result ? std::string() : result.error().message;
    };
    const std::vector<glm::vec2> good = {{0.9f, 0.1f}, {0.4f, 0.5f}, {-0.4f, 0.5f}, {-0.9f, 0.1f}};
    EXPECT_EQ(message(good), "");
    EXPECT_THAT(message({{0.5f, 0}, {0, 0.5f}, {-0.5f, 0}}),
                HasSubstr("hairline.points: 3 points; expected 4"));
    auto bad = good;
    bad[2].y = NAN;
    EXPECT_THAT(message(bad), HasSubstr("hairline.points[2]: not finite"));
    bad = good;
    bad[1] = {1.2f, 1.2f};
    EXPECT_THAT(message(bad), HasSubstr("hairline.points[1]: (1.2, 1.2) lies 1.697 from the vertex"));
    bad = good;
    bad[1] = bad[0];
    EXPECT_THAT(message(bad), HasSubstr("hairline.points[1]: the same place"));
    EXPECT_THAT(message({good.rbegin(), good.rend()}), HasSubstr("from the head's right"));
    EXPECT_THAT(message({{0.9f, 0.1f}, {-0.4f, 0.5f}, {-0.3f, 0.9f}, {0.4f, 0.2f}, {-0.9f, 0.1f}}),
                HasSubstr("crosses"));
}

}  // namespace
}  // namespace stubble
