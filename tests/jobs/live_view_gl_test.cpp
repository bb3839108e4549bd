#include "engine/render/live_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "engine/gpu/context.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

/// A head full of hairs of 3 mm and of dots between them.
class LiveViewGLTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto loaded = loadHead({});
        ASSERT_TRUE(loaded);
        head_ = std::make_shared<const Head>(std::move(loaded->head));
        Design design;
        design.hair.lengthMm = 3;
        auto scene = bakeScene(head_, design);
        ASSERT_TRUE(scene) << scene.error().message;
        auto context = GlContext::createHeadless();
        ASSERT_TRUE(context) << context.error().message;
        context_.emplace(*std::move(context));
        auto renderer = Renderer::create();
        ASSERT_TRUE(renderer) << renderer.error().message;
        live_.emplace(*std::move(renderer));
        scene_.emplace(*scene);
        view_.camera = *namedCamera("three-quarter", *head_);
        view_.light = *namedLight("studio");
        view_.width = 640, view_.height = 360;
        view_.samples = 3;
    }
    void TearDown() override {
        scene_.reset();
        live_.reset();
        context_.reset();
    }
    std::shared_ptr<const Head> head_;
    std::optional<GlContext> context_;
    std::optional<LiveView> live_;
    std::optional<GpuScene> scene_;
    View view_;
};

TEST_F(LiveViewGLTest, RestBecomesTheStillByteForByte) {
    // A renderer that has drawn nothing else, and a window that is always too slow.
    auto fresh = Renderer::create(), own = Renderer::create();
    ASSERT_TRUE(fresh && own);
    const auto still = fresh->render(*scene_, view_);
    ASSERT_TRUE(still);
    const auto still16 = fresh->image16();
    const auto light = fresh->linearImage();
    live_.emplace(*std::move(own), 1e-3);
    for (int turn = 0; turn < 2; ++turn) {
        View moving = view_;
        moving.camera.eyeMm.x += 20;
        ASSERT_FALSE(live_->next(*scene_, moving)->done);
        const auto coarse = live_->next(*scene_, view_);
        ASSERT_TRUE(coarse);
        EXPECT_LT(coarse->width, view_.width);
        EXPECT_EQ(coarse->width * view_.height, coarse->height * view_.width);
        for (int i = 1; i <= view_.samples; ++i) {
            const auto frame = live_->next(*scene_, view_);
            ASSERT_TRUE(frame);
            EXPECT_EQ(frame->width, view_.width);
            EXPECT_EQ(frame->done, i == view_.samples);
        }
        const auto shown = live_->renderer().image();
        ASSERT_TRUE(shown);
        EXPECT_EQ(shown->pixels, still->pixels);
        EXPECT_EQ(live_->renderer().image16()->pixels, still16->pixels);
        EXPECT_EQ(live_->renderer().linearImage()->pixels, light->pixels);
        // Nothing more to do.
        EXPECT_TRUE(live_->next(*scene_, view_)->done);
        EXPECT_EQ(live_->renderer().subFrames(), view_.samples);
    }
}

TEST_F(LiveViewGLTest, APartBecomesThatOfTheStill) {
    auto fresh = Renderer::create();
    ASSERT_TRUE(fresh);
    const auto still = fresh->render(*scene_, view_);
    ASSERT_TRUE(still);
    for (const PixelRect tile : {PixelRect{0, 0, 256, 360}, PixelRect{320, 0, 320, 360}}) {
        const auto first = live_->next(*scene_, view_, tile);
        ASSERT_TRUE(first);
        EXPECT_FALSE(first->done);
        // What is held of the coarse picture shows all of the part.
        EXPECT_LE(first->held.x * view_.width, tile.x * first->width);
        EXPECT_GE((first->held.x + first->held.width) * view_.width, (tile.x + tile.width) * first->width);
        LiveView::Frame frame;
        for (int i = 1; i <= view_.samples; ++i) frame = *live_->next(*scene_, view_, tile);
        EXPECT_TRUE(frame.done);
        EXPECT_EQ(frame.subFrames, view_.samples);
        EXPECT_LT(frame.held.width, view_.width);  // the rest is not drawn
        const auto shown = live_->renderer().image();
        ASSERT_TRUE(shown);
        ASSERT_EQ(shown->width, tile.width);
        for (int y = 0; y < tile.height; ++y)
            for (int x = 0; x < tile.width; ++x)
                ASSERT_EQ(shown->at(x, y), still->at(tile.x + x, tile.y + y)) << x << ' ' << y;
    }
}

TEST_F(LiveViewGLTest, AMovingPictureGetsCoarserUntilItIsInTheBudget) {
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer);
    LiveView slow(*std::move(renderer), 1e-3), quick(std::move(live_->renderer()), 1e6);
    for (int i = 0; i < 12; ++i) {
        view_.camera.eyeMm.x += 1;
        ASSERT_TRUE(slow.next(*scene_, view_));
        ASSERT_TRUE(quick.next(*scene_, view_));
    }
    EXPECT_EQ(slow.scale(), 0.25);
    EXPECT_EQ(quick.scale(), 1);
}

/// Mean light of squares of `side` pixels, where the picture shows the head.
std::vector<double> squares(const ImageLinear& image, int side) {
    std::vector<double> means;
    for (int y = 0; y + side <= image.height; y += side)
        for (int x = 0; x + side <= image.width; x += side) {
            double sum = 0;
            for (int v = 0; v < side; ++v)
                for (int u = 0; u < side; ++u) sum += double(image.at(x + u, y + v).g);
            means.push_back(sum / (side * side));
        }
    return means;
}

TEST_F(LiveViewGLTest, SomeDotsAndHairsHaveTheToneOfAll) {
    view_.samples = 1;
    View fast = view_;
    fast.fast = true;
    Renderer& renderer = live_->renderer();
    const auto light = [&](const View& view) {
        EXPECT_TRUE(renderer.start(*scene_, view));
        renderer.addSubFrame();
        return *renderer.linearImage();
    };
    const ImageLinear all = light(view_), some = light(fast);
    ASSERT_NE(all.pixels, some.pixels) << "nothing was left out";
    double sumAll = 0, sumSome = 0, squareSum = 0;
    const std::vector<double> a = squares(all, 12), b = squares(some, 12);
    for (std::size_t i = 0; i < a.size(); ++i) {
        sumAll += a[i], sumSome += b[i];
        squareSum += (b[i] / a[i] - 1) * (b[i] / a[i] - 1);
    }
    // Over the picture the same light; in squares of 6 mm about as much.
    EXPECT_NEAR(sumSome / sumAll, 1, 0.002);
    EXPECT_LT(std::sqrt(squareSum / static_cast<double>(a.size())), 0.02);
}

}  // namespace
}  // namespace stubble
