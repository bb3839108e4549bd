// Uploads of edits: only what has changed goes to the device, and the frame is that of a fresh upload.
#include "engine/render/gpu_scene.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>

#include "engine/gpu/context.h"
#include "engine/render/arrays_baker.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene_baker.h"

namespace stubble {
namespace {

TEST(GpuSceneGLTest, AnUpdateDrawsAsAFreshUpload) {
    const auto head = std::make_shared<const Head>(loadHead(HeadSource{}).value().head);
    auto context = GlContext::createHeadless();
    ASSERT_TRUE(context) << context.error().message;
    auto renderer = Renderer::create(), other = Renderer::create();
    ASSERT_TRUE(renderer && other);
    View view;
    view.camera = *namedCamera("three-quarter", *head);
    view.light = *namedLight("studio");
    view.width = 320, view.height = 240;
    view.samples = 1;

    Design design;
    design.hair.lengthMm = 3;
    design.hair.densityPerCm2 = 30;
    design.smp.densityPerCm2 = 60;
    SceneBaker baker(head);
    ArraysBaker arraysBaker;
    std::optional<GpuScene> live;
    std::optional<ImageRgb8> last;
    std::uint64_t lastId = 0;
    const std::vector<std::function<void(Design&)>> edits = {
        [](Design&) {},
        [](Design& d) { d.hairline.heightMm = 85; },
        [](Design& d) {
            d.smp.strokes.push_back({{glm::vec2(0, 0.4f)}, 12, -1, 0.2f});
        },
        [](Design& d) { d.hair.lengthMm = 6; },
        [](Design& d) { d.skin.monk = 7; },
        [](Design& d) {
            d.skin.scars = {Scar{.points = {{0.1f, 0.5f}}, .widthMm = 15, .paleness = 1}};
        },
        [](Design& d) { d.skin.scars.clear(); },
        [](Design& d) { d.time.days = 2500; },
        [](Design& d) { d.smp.enabled = false, d.hair.densityPerCm2 = 0; },
        [](Design& d) { d.smp.enabled = true; },
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        edits[i](design);
        const auto scene = baker.bake(design);
        ASSERT_TRUE(scene) << scene.error().message;
        const SceneArrays arrays = arraysBaker.bake(*scene);
        if (live)
            live->update(arrays);
        else
            live.emplace(arrays);
        const auto updated = renderer->render(*live, view);
        ASSERT_TRUE(updated);
        const auto fresh = other->render(GpuScene(arrays), view);
        ASSERT_TRUE(fresh);
        EXPECT_EQ(updated->pixels, fresh->pixels) << "edit " << i;
        EXPECT_NE(live->id, lastId) << "a view would not be drawn anew";
        lastId = live->id;
        if (last) {
            EXPECT_NE(updated->pixels, last->pixels) << "edit " << i << " does not show";
        }
        last = *updated;
    }
}

TEST(GpuSceneGLTest, AnUpdateKeepsWhatIsThere) {
    const auto head = std::make_shared<const Head>(loadHead(HeadSource{}).value().head);
    auto context = GlContext::createHeadless();
    ASSERT_TRUE(context) << context.error().message;
    Design design;
    design.hair.densityPerCm2 = 30;
    design.smp.densityPerCm2 = 60;
    SceneBaker baker(head);
    ArraysBaker arraysBaker;
    GpuScene live(arraysBaker.bake(baker.bake(design).value()));
    const GLuint mesh = live.mesh.name(), strands = live.strands.name(), tails = live.tails.name();
    const GLuint dots = live.dots.name(), count = live.dotCount;
    design.smp.strokes.push_back({{glm::vec2(0)}, 12, -1, 0.2f});
    live.update(arraysBaker.bake(baker.bake(design).value()));
    EXPECT_EQ(live.mesh.name(), mesh);
    EXPECT_EQ(live.strands.name(), strands);
    EXPECT_EQ(live.tails.name(), tails) << "written to in part";
    EXPECT_NE(live.dots.name(), dots);
    EXPECT_LT(live.dotCount, count);
}

}  // namespace
}  // namespace stubble
