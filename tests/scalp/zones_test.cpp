#include "engine/scalp/zones.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/scalp/surface_curve.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

TEST(Zones, NamesGoBothWays) {
    for (int i = 0; i < kZoneCount; ++i)
        EXPECT_EQ(zoneFromName(zoneName(static_cast<Zone>(i))), static_cast<Zone>(i));
    EXPECT_EQ(zoneName(Zone::frontEdge), "front edge");
    EXPECT_EQ(zoneKey(Zone::frontEdge), "frontEdge");
    EXPECT_EQ(zoneKey(Zone::midScalp), "midScalp");
    EXPECT_EQ(zoneMeaning(Zone::crown), "around the whorl");
    EXPECT_EQ(zoneFromName("chin"), std::nullopt);
}

TEST(Zones, KnowThePlaces) {
    EXPECT_EQ(zoneAt({0, 0.5f}, -1), Zone::outside);
    EXPECT_EQ(zoneAt({0, 0.45f}, 4), Zone::frontEdge);
    EXPECT_EQ(zoneAt({0.1f, 0.4f}, 15), Zone::transition);
    EXPECT_EQ(zoneAt({0, 0.15f}, 40), Zone::forelock);
    EXPECT_EQ(zoneAt({0.2f, -0.05f}, 70), Zone::midScalp);
    EXPECT_EQ(zoneAt({0, -0.4f}, 100), Zone::crown);
    EXPECT_EQ(zoneAt({-0.7f, 0.3f}, 5), Zone::temples);
    EXPECT_EQ(zoneAt({0.8f, -0.1f}, 60), Zone::sides);
    EXPECT_EQ(zoneAt({0, -0.95f}, 150), Zone::nape);
}

TEST(Zones, AreasAddUpToTheSkull) {
    const Head& head = test::ellipsoidHead();
    const auto hairline = Hairline::build(head, {}, 1);
    ASSERT_TRUE(hairline);
    const auto areas = zoneAreasCm2(head, hairlineField(head, *hairline));
    EXPECT_NEAR(std::accumulate(areas.begin(), areas.end(), 0.0),
                integralOverCm2(head.mesh, head.craniumMask), 0.01);
    EXPECT_EQ(areas[static_cast<std::size_t>(Zone::scar)], 0);
    for (int i = 0; i < kZoneCount; ++i)
        if (static_cast<Zone>(i) != Zone::scar) {
            EXPECT_GT(areas[i], 3) << zoneName(static_cast<Zone>(i));
        }
}

}  // namespace
}  // namespace stubble
