#include "engine/jobs/open_scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

namespace stubble {
namespace {

Design sparse() {
    Design design;
    design.smp.densityPerCm2 = 10;
    design.hair.densityPerCm2 = 10;
    return design;
}

Result<View> frontView(const Head& head) {
    View view;
    view.camera = *namedCamera("front", head);
    view.light = *namedLight("studio");
    view.width = 160, view.height = 120, view.samples = 2;
    return view;
}

TEST(OpenSceneGLTest, ShowsWhatIsMadeOneAfterAnother) {
    std::optional<ImageRgb8> opened;
    {
        auto open = openScene({}, sparse(), frontView);
        ASSERT_TRUE(open) << open.error().message;
        const auto image = open->renderer.render(open->gpu, open->view);
        ASSERT_TRUE(image);
        opened = *image;
        const OpeningSeconds& s = open->seconds;
        for (const double stage : {s.head, s.bake, s.arrays, s.context, s.programs, s.speck, s.upload})
            EXPECT_GT(stage, 0);
        EXPECT_GE(s.all, s.context + s.programs + s.speck + s.upload);
        EXPECT_GE(s.all, s.head + s.bake + s.arrays + s.upload);
    }
    const auto head = std::make_shared<const Head>(loadHead({})->head);
    const auto scene = bakeScene(head, sparse());
    ASSERT_TRUE(scene);
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context);
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer);
    const auto image = renderer->render(GpuScene(*scene), *frontView(*head));
    ASSERT_TRUE(image);
    EXPECT_TRUE(image->pixels == opened->pixels);
}

TEST(OpenSceneGLTest, ErrorsOfEitherSideComeBack) {
    EXPECT_THAT(openScene({"builtin:nobody", "", {}}, sparse(), frontView).error().message,
                ::testing::HasSubstr("builtin:nobody"));
    const auto noView = [](const Head&) -> Result<View> { return fail(ExitCode::usage, "no view"); };
    EXPECT_EQ(openScene({}, sparse(), noView).error().message, "no view");
    Design impossible = sparse();
    impossible.smp.count = 100'000'000;
    EXPECT_THAT(openScene({}, impossible, frontView).error().message, ::testing::HasSubstr("smp.count"));
    ContextOptions noDevice;
    noDevice.eglDevice = 1000;
    EXPECT_EQ(openScene({}, sparse(), frontView, nullptr, noDevice).error().code, ExitCode::usage);
}

/// Notes what it is told; one call at a time is the promise.
class Listener : public Progress {
  public:
    void report(double done, std::string_view) override {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        EXPECT_TRUE(lock.owns_lock()) << "two calls at once";
        EXPECT_GE(done, last_);
        last_ = done;
    }
    [[nodiscard]] double last() const { return last_; }

  private:
    std::mutex mutex_;
    double last_ = 0;
};

TEST(OpenSceneGLTest, ProgressNeverFalls) {
    Listener listener;
    ASSERT_TRUE(openScene({}, sparse(), frontView, &listener));
    EXPECT_EQ(listener.last(), 1);
}

}  // namespace
}  // namespace stubble
