#include "engine/render/speck.h"

#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

using SpeckGLTest = RendererTest;

TEST_F(SpeckGLTest, LeavesNoTraceInWhatIsDrawnNext) {
    const Scene scene = patchScene(30, 80, 0.12f, 0.15f);
    View view;
    view.light = *namedLight("studio");
    view.width = 320, view.height = 200, view.samples = 2;
    const GpuScene gpu(scene);
    for (const float pixelsPerMm : {4.0f, 30.0f}) {  // without relief, and with it and wide dots
        view.camera = patchCamera(pixelsPerMm, view.height, 30);
        auto fresh = Renderer::create();
        ASSERT_TRUE(fresh);
        const auto expected = fresh->render(gpu, view);
        ASSERT_TRUE(expected);
        auto warmed = Renderer::create();
        ASSERT_TRUE(warmed);
        for (const bool scars : {false, true}) {
            drawSpeck(*warmed, view, {0, 0, view.width, view.height}, scene.head->mesh, scars);
            EXPECT_EQ(warmed->subFrames(), 1) << "the speck was not drawn";
            const auto after = warmed->render(gpu, view);
            ASSERT_TRUE(after);
            EXPECT_TRUE(after->pixels == expected->pixels) << pixelsPerMm << " pixels a mm, scars " << scars;
        }
    }
}

}  // namespace
}  // namespace stubble
