#include <gtest/gtest.h>

#include "engine/scalp/hair_loss.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

// docs/sources.md, hair: 40, 80, 130, 200 and 300 cm².
TEST(HairLossOnTheBuiltInHead, LeavesTheBaldAreasItWasSizedTo) {
    const auto loaded = loadHead(HeadSource{});
    ASSERT_TRUE(loaded) << loaded.error().message;
    const std::pair<Norwood, double> expected[] = {
        {Norwood::III, 40}, {Norwood::IV, 80}, {Norwood::V, 130}, {Norwood::VI, 200}, {Norwood::VII, 300}};
    for (const auto& [stage, cm2] : expected) {
        const double area = baldAreaCm2(loaded->head, hairShare(loaded->head, stage));
        EXPECT_NEAR(area / cm2, 1, 0.1) << norwoodName(stage);
        RecordProperty(std::string(norwoodName(stage)) + " cm2", std::to_string(area));
    }
}

}  // namespace
}  // namespace stubble
