#include "engine/render/sub_frames.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

struct Moments {
    glm::dvec2 mean{0};
    double variance = 0;  ///< of either axis
    int count = 0;
};

Moments momentsOf(int samples, bool dotsAlone) {
    Moments m;
    for (int i = 0; i < samples; ++i) {
        if (dotsAlone && !drawsDots(i)) continue;
        const glm::dvec2 offset(subFrameOffset(i, samples));
        m.mean += offset, m.variance += 0.5 * glm::dot(offset, offset), ++m.count;
    }
    m.mean /= m.count, m.variance /= m.count;
    return m;
}

TEST(SubFrames, DoNotShiftThePicture) {
    for (const int samples : {1, 2, 3, 4, 7, 8, 16, 64, 257})
        EXPECT_LT(glm::length(momentsOf(samples, false).mean), 1e-5) << samples;
    for (const int samples : {2, 4, 8, 16, 64}) {
        const Moments dots = momentsOf(samples, true);
        EXPECT_LT(glm::length(dots.mean), 1e-5) << samples;
        EXPECT_EQ(dots.count, samples == 2 ? 2 : samples / 2) << samples;
    }
}

TEST(SubFrames, FilterAsOnePixelForAnyNumber) {
    EXPECT_EQ(splatFilterVariance(1), kPixelFilterVariance);
    EXPECT_EQ(subFrameOffset(0, 1), glm::vec2(0));
    // Quantiles in the middles of equal shares leave out a little of the far tail.
    for (const int samples : {8, 16, 64, 256}) {
        const double all = momentsOf(samples, false).variance + double(splatFilterVariance(samples)),
                     dots = momentsOf(samples, true).variance + double(splatFilterVariance(samples));
        EXPECT_NEAR(all, kPixelFilterVariance, 0.04) << samples;
        EXPECT_NEAR(dots, kPixelFilterVariance, 0.05) << samples;
    }
    EXPECT_LT(splatFilterVariance(64), splatFilterVariance(16));
}

TEST(SubFrames, LampsPointsFillTheirDisc) {
    double meanSquare = 0;
    for (int i = 0; i < 64; ++i) {
        const double r = glm::length(discPoint(i, 64, 0.3f));
        EXPECT_LE(r, 1);
        meanSquare += r * r / 64;
    }
    EXPECT_NEAR(meanSquare, 0.5, 1e-4);
}

}  // namespace
}  // namespace stubble
