// What the skin's textures are made of, and that a damaged copy on disk is made anew.
#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "engine/render/mottling.h"
#include "engine/render/relief.h"
#include "tests/cache_folder.h"

namespace stubble {
namespace {

TEST(SkinTextures, MeanSquareSlopeOfTheReliefIsTheOneWrittenDown) {
    const CacheFolder cache;
    double sum = 0;
    const std::vector<glm::vec4> slopes = reliefSlopes();
    for (const glm::vec4& slope : slopes) sum += double(slope.z);
    const double mean = sum / static_cast<double>(slopes.size());
    // Exponentials differ between processors in their last bits.
    EXPECT_NEAR(mean / double(kReliefMeanSquareSlope), 1, 1e-5);
}

TEST(SkinTextures, ReliefOnDiskIsTheComputedOneWhateverHappensToTheFile) {
    const CacheFolder cache;
    const auto computed = reliefSlopes();
    cache.expectRebuilt("relief", [&] { EXPECT_TRUE(reliefSlopes() == computed); });
}

TEST(SkinTextures, MottlingOnDiskIsTheComputedOneWhateverHappensToTheFile) {
    const CacheFolder cache;
    const auto computed = mottlingTexels();
    cache.expectRebuilt("mottling", [&] { EXPECT_TRUE(mottlingTexels() == computed); });
}

}  // namespace
}  // namespace stubble
