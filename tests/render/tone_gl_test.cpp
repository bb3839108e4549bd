// Tone must not depend on zoom: what a pixel cannot resolve it must still weigh.
#include <gtest/gtest.h>

#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

/// Mean over the middle of an image, leaving a border free.
glm::dvec3 middleMean(const ImageLinear& image, int border) {
    glm::dvec3 sum(0);
    int count = 0;
    for (int y = border; y < image.height - border; ++y)
        for (int x = border; x < image.width - border; ++x, ++count) sum += glm::dvec3(image.at(x, y));
    return sum / double(count);
}

struct Zoom {
    float pixelsPerMm;
    float tiltDegrees;
};

class ToneGLTest : public RendererTest, public ::testing::WithParamInterface<Zoom> {
  protected:
    static constexpr int kSize = 192, kBorder = 16;
    static constexpr float kDiameterMm = 0.12f;

    glm::dvec3 meanOf(const GpuScene& scene, int scale, glm::vec2 shiftPixels = glm::vec2(0)) {
        const Zoom zoom = GetParam();
        View view;
        view.camera = patchCamera(zoom.pixelsPerMm * float(scale), kSize * scale, zoom.tiltDegrees,
                                  shiftPixels * float(scale));
        view.light = *namedLight("clinic");
        view.width = view.height = kSize * scale;
        view.samples = 1;
        const auto image = renderer_->render(scene, view);
        EXPECT_TRUE(image) << image.error().message;
        return middleMean(*renderer_->linearImage(), kBorder * scale);
    }
    /// Wide enough for the tilted view, sparse enough in the largest to stay quick.
    [[nodiscard]] float patchMm() const { return 2.4f * kSize / GetParam().pixelsPerMm + 6; }
};

TEST_P(ToneGLTest, MeanAgreesWith64TimesSupersampling) {
    const GpuScene scene(patchScene(patchMm(), 140, kDiameterMm, 0.15f));
    const GpuScene bare(patchScene(patchMm(), 1e-3f, kDiameterMm, 0.15f));
    const glm::dvec3 once = meanOf(scene, 1), many = meanOf(scene, 8), without = meanOf(bare, 1);
    for (int k = 0; k < 3; ++k) {
        EXPECT_NEAR(once[k] / many[k], 1, 0.01) << "channel " << k;
        EXPECT_LT(once[k], 0.99 * without[k])
            << "the dots must darken the patch for this test to mean anything";
    }
    RecordProperty("ratio", std::to_string(once.g / many.g));
}

TEST_P(ToneGLTest, DoesNotFlickerOverQuarterPixelMoves) {
    const GpuScene scene(patchScene(patchMm(), 140, kDiameterMm, 0.15f));
    const glm::dvec3 start = meanOf(scene, 1);
    // Moving the window over the patch brings other dots in at its border; a window that moves by less than a
    // pixel in 160 changes by that share of its content, so what is left beyond it is flicker.
    double largest = 0;
    for (const glm::vec2 shift : {glm::vec2(0.25f, 0), glm::vec2(0.5f, 0.25f), glm::vec2(0.75f, 0.5f),
                                  glm::vec2(0, 0.75f), glm::vec2(1, 1)})
        for (int k = 0; k < 3; ++k)
            largest = std::max(largest, std::abs(meanOf(scene, 1, shift)[k] / start[k] - 1));
    EXPECT_LE(largest, 0.005);
    RecordProperty("largestChange", std::to_string(largest));
}

// 3.2 pixels a mm is a whole head at 1080 rows; 83 makes a 0.12 mm dot ten pixels wide.
INSTANTIATE_TEST_SUITE_P(FromWholeHeadToTenPixelsADot, ToneGLTest,
                         ::testing::Values(Zoom{3.2f, 0}, Zoom{8, 0}, Zoom{20, 0}, Zoom{42, 0}, Zoom{83, 0},
                                           Zoom{3.2f, 60}, Zoom{20, 60}),
                         [](const auto& param) {
                             return std::to_string(int(param.param.pixelsPerMm)) + "PixelsPerMmAt" +
                                    std::to_string(int(param.param.tiltDegrees)) + "Degrees";
                         });

}  // namespace
}  // namespace stubble
