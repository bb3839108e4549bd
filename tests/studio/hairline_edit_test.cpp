#include "tools/studio/hairline_edit.h"

#include <gtest/gtest.h>

#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

const HairlinePoints kLine = {{0.9f, 0.1f},   {0.5f, 0.4f},  {0.2f, 0.55f}, {0, 0.6f},
                              {-0.2f, 0.55f}, {-0.5f, 0.4f}, {-0.9f, 0.1f}};

const Head& mannequin() {
    static const Head head = loadHead({})->head;
    return head;
}

bool isMirrored(const HairlinePoints& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        const glm::vec2 other = points[points.size() - 1 - i];
        if (glm::distance(points[i], {-other.x, other.y}) > 1e-5f) return false;
    }
    return true;
}

TEST(HairlineEdit, OppositePointsFindEachOtherAcrossTheMidline) {
    EXPECT_EQ(oppositePoint(kLine, 1), 5u);
    EXPECT_EQ(oppositePoint(kLine, 5), 1u);
    EXPECT_EQ(oppositePoint(kLine, 3), 3u);  // its own
    HairlinePoints uneven = kLine;
    uneven[1] = {0.5f, 0.2f};
    EXPECT_EQ(oppositePoint(uneven, 5), std::nullopt);
    EXPECT_EQ(oppositePoint(uneven, 2), 4u);
}

TEST(HairlineEdit, MovingAPointWithItsOppositeKeepsTheLineSymmetric) {
    const HairlinePoints moved = pointMoved(kLine, 1, {0.55f, 0.48f}, oppositePoint(kLine, 1), 0);
    EXPECT_EQ(moved[1], glm::vec2(0.55f, 0.48f));
    EXPECT_TRUE(isMirrored(moved));
    const HairlinePoints middle = pointMoved(kLine, 3, {0.05f, 0.65f}, 3, 0);
    EXPECT_EQ(middle[3], glm::vec2(0, 0.65f));
    const HairlinePoints alone = pointMoved(kLine, 1, {0.55f, 0.48f}, std::nullopt, 0);
    EXPECT_EQ(alone[5], kLine[5]);
    EXPECT_FALSE(isMirrored(alone));
}

TEST(HairlineEdit, NeighboursComeAlongEverLess) {
    const glm::vec2 to = kLine[3] + glm::vec2(0, 0.1f);
    const HairlinePoints moved = pointMoved(kLine, 3, to, 3, 0.6f);
    EXPECT_EQ(moved[3], to);
    EXPECT_TRUE(isMirrored(moved));
    const auto way = [&](std::size_t i) { return glm::distance(moved[i], kLine[i]); };
    EXPECT_GT(way(2), 0.05f);
    EXPECT_LT(way(2), 0.1f);
    EXPECT_GT(way(1), 0);
    EXPECT_LT(way(1), way(2));
    EXPECT_EQ(way(0), 0);  // beyond the reach
    // No spike: the line bends less at the point than where it goes alone.
    const auto bend = [](const HairlinePoints& line) {
        return glm::length(line[2] + line[4] - 2.0f * line[3]);
    };
    EXPECT_LT(bend(moved), 0.5f * bend(pointMoved(kLine, 3, to, 3, 0)));
}

TEST(HairlineEdit, EachSidesNeighboursGoWithTheirOwn) {
    const glm::vec2 to = kLine[2] + glm::vec2(-0.1f, 0.06f);
    const HairlinePoints moved = pointMoved(kLine, 2, to, oppositePoint(kLine, 2), 0.6f);
    const float oneWay = (pointMoved(kLine, 2, to, std::nullopt, 0.6f)[3].y - kLine[3].y) / 0.06f;
    EXPECT_EQ(moved[2], to);
    EXPECT_TRUE(isMirrored(moved));
    EXPECT_EQ(moved[3].x, 0);  // the midline's point stays on it, and goes with both
    EXPECT_NEAR(moved[3].y - kLine[3].y, 0.06f * (1 - (1 - oneWay) * (1 - oneWay)), 1e-4f);
    EXPECT_LT(oneWay, 0.9f);
    EXPECT_LT(moved[1].x, kLine[1].x);
    EXPECT_GT(moved[5].x, kLine[5].x);
    // One side alone takes the other along only as far as the line leads there.
    const HairlinePoints alone = pointMoved(kLine, 2, to, std::nullopt, 0.3f);
    EXPECT_LT(alone[3].x, 0);
    EXPECT_EQ(alone[5], kLine[5]);
}

TEST(HairlineEdit, AMoveThatWouldSpoilTheLineStopsOnTheWay) {
    // Across the midline and beyond its opposite, over a neighbour, off the chart.
    for (const glm::vec2 to : {glm::vec2(-0.7f, 0.4f), kLine[2], glm::vec2(0.6f, 5)})
        for (const auto opposite : {std::optional<std::size_t>(5), std::optional<std::size_t>()}) {
            for (const float reach : {0.0f, kFollowReach, 1.0f}) {
                const HairlinePoints moved = pointMoved(kLine, 1, to, opposite, reach);
                EXPECT_TRUE(checkHairlinePoints(moved)) << to.x << ' ' << to.y;
                EXPECT_NE(moved[1], kLine[1]);
            }
        }
    const HairlinePoints end = pointMoved(kLine, 0, {-0.5f, -0.4f}, std::nullopt, 0);
    EXPECT_TRUE(checkHairlinePoints(end));
    EXPECT_GT(end[0].x, 0);
    EXPECT_LT(end[0].x, 0.05f);
}

TEST(HairlineEdit, ANewPointStandsOnTheLineInItsSpan) {
    const auto added = pointAdded(kLine, {0.36f, 0.5f}, false);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->index, 2u);
    EXPECT_EQ(added->points.size(), kLine.size() + 1);
    EXPECT_NEAR(glm::distance(added->points[2], {0.36f, 0.5f}), 0, 0.05);
    EXPECT_NEAR(midpointY(added->points), midpointY(kLine), 0.01);
}

TEST(HairlineEdit, ANewPointComesWithItsOppositeWhereTheLineIsSymmetric) {
    for (const float x : {0.36f, -0.36f}) {
        const auto added = pointAdded(kLine, {x, 0.5f}, true);
        ASSERT_TRUE(added);
        EXPECT_EQ(added->points.size(), kLine.size() + 2);
        EXPECT_TRUE(isMirrored(added->points));
        EXPECT_GT(added->points[added->index].x * x, 0) << "the index is that of the asked-for point";
        EXPECT_TRUE(checkHairlinePoints(added->points));
    }
    // Of one on the midline there is one only; here one stands there already.
    EXPECT_FALSE(pointAdded(kLine, {0.001f, 0.6f}, true));
}

TEST(HairlineEdit, PointsAreRemovedUntilALineCouldNotBeOne) {
    const auto both = pointRemoved(kLine, 1, true);
    ASSERT_TRUE(both);
    EXPECT_EQ(both->size(), kLine.size() - 2);
    EXPECT_TRUE(isMirrored(*both));
    const auto one = pointRemoved(kLine, 3, true);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->size(), kLine.size() - 1);
    const HairlinePoints four = {kLine[0], kLine[2], kLine[4], kLine[6]};
    EXPECT_FALSE(pointRemoved(four, 1, false));
    const HairlinePoints oneOnTheLeft = {kLine[0], kLine[1], kLine[2], kLine[3], kLine[6]};
    EXPECT_FALSE(pointRemoved(oneOnTheLeft, 4, false));
}

TEST(HairlineEdit, AStylesLineGoesUpAsAWholeAndComesBackExactly) {
    const SkullGuides& guides = skullOf(mannequin())->guides();
    HairlineDesign design;
    const HairlinePoints points = *hairlinePoints(mannequin(), design);
    const auto raised = lineRaised(points, guides, 92);
    ASSERT_TRUE(raised);
    EXPECT_NEAR(guides.arcAboveGlabellaMm(midpointY(*raised)), 92, 0.5);
    EXPECT_EQ(raised->front(), points.front());  // the sideburn's foot
    auto back = *raised;
    for (const float heightMm : {61.0f, 104.0f, 70.0f}) back = *lineRaised(back, guides, heightMm);
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_LT(glm::distance(back[i], points[i]), 0.004f) << i;
}

TEST(HairlineEdit, PointsOfItsOwnTellTheirHeight) {
    const SkullGuides& guides = skullOf(mannequin())->guides();
    HairlineDesign design;
    design.heightMm = 70;
    const HairlinePoints points = *hairlinePoints(mannequin(), design);
    const HairlineDesign own = withPoints(
        design, pointMoved(points, points.size() / 2, guides.aboveGlabella(80), std::nullopt, 0), guides);
    EXPECT_NEAR(own.heightMm, 80, 1);
    EXPECT_EQ(own.points.size(), points.size());
}

TEST(HairlineEdit, DrawnPointsFollowAHeightAndGiveWayToAStyle) {
    const SkullGuides& guides = skullOf(mannequin())->guides();
    HairlineDesign drawn = withPoints({}, *hairlinePoints(mannequin(), {}), guides);
    drawn.heightMm = 85;
    HairlineDesign higher = drawn;
    letPointsFollow(higher, "hairline.heightMm", guides);
    ASSERT_FALSE(higher.points.empty());
    EXPECT_NEAR(guides.arcAboveGlabellaMm(midpointY(higher.points)), 85, 0.5);
    HairlineDesign other = drawn;
    letPointsFollow(other, "hairline.featherMm", guides);
    EXPECT_EQ(other, drawn);
    letPointsFollow(other, "hairline.style", guides);
    EXPECT_TRUE(other.points.empty());
}

}  // namespace
}  // namespace stubble
