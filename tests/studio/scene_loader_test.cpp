#include "tools/studio/scene_loader.h"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/scene/scene.h"

namespace stubble {
namespace {

std::optional<Result<LoadedScene>> waitFor(SceneLoader& loader) {
    for (int i = 0; i < 6000; ++i) {
        if (auto result = loader.take()) return result;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::nullopt;
}

TEST(SceneLoader, GivesWhatTheEngineBakes) {
    std::atomic<int> wakes = 0;
    SceneLoader loader([&] { ++wakes; });
    Design design;
    design.smp.densityPerCm2 = 60;
    loader.request(design, {});
    const auto result = waitFor(loader);
    ASSERT_TRUE(result && *result);
    EXPECT_GT(wakes, 0);
    const auto head = loadHead({});
    ASSERT_TRUE(head);
    const auto scene = bakeScene(std::make_shared<Head>(head->head), design);
    ASSERT_TRUE(scene);
    EXPECT_EQ((*result)->scene->impressions.size(), scene->impressions.size());
    EXPECT_EQ((*result)->scene->follicles.size(), scene->follicles.size());
    EXPECT_EQ((*result)->arrays->dots->size(), SceneArrays::of(*scene).dots->size());
    EXPECT_TRUE((*result)->head->rays->firstHit({0, 500, 0}, {0, -1, 0}));
}

TEST(SceneLoader, OfManyRequestsTheNewestCounts) {
    SceneLoader loader([] {});
    Design design;
    std::size_t last = 0;
    for (const float density : {20.0f, 40.0f, 60.0f, 80.0f}) {
        design.smp.densityPerCm2 = density;
        loader.request(design, {});
    }
    int results = 0;
    for (int i = 0; i < 6000 && (loader.state().busy || results == 0); ++i) {
        if (const auto result = loader.take()) {
            ASSERT_TRUE(*result);
            last = (*result)->scene->impressions.size();
            ++results;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (const auto result = loader.take()) last = (*result)->scene->impressions.size();
    loader.request(design, {});
    const auto again = waitFor(loader);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ(last, (*again)->scene->impressions.size());
    EXPECT_LE(results, 2);
}

TEST(SceneLoader, TellsWhyAHeadCannotBeRead) {
    SceneLoader loader([] {});
    loader.request({}, {.head = "/no/such/head.ply", .landmarks = {}, .import = {}});
    const auto result = waitFor(loader);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_NE(result->error().message.find("head.ply"), std::string::npos);
    loader.request({}, {});  // and goes on
    const auto next = waitFor(loader);
    ASSERT_TRUE(next);
    EXPECT_TRUE(*next);
}

TEST(SceneLoader, CancelledWorkGivesNothing) {
    SceneLoader loader([] {});
    loader.request({}, {});
    loader.cancel();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_FALSE(loader.take());
    EXPECT_FALSE(loader.state().busy);
}

TEST(SceneLoader, WorkThatWasCancelledIsNotTakenForWhatIsAskedNext) {
    SceneLoader loader([] {});
    loader.request({}, {.head = "/no/such/head.ply", .landmarks = {}, .import = {}});
    loader.cancel();
    Design design;
    design.smp.densityPerCm2 = 30;
    loader.request(design, {});
    const auto result = waitFor(loader);
    ASSERT_TRUE(result);
    ASSERT_TRUE(*result) << result->error().message;
    EXPECT_EQ((*result)->head->source.head, "builtin:mannequin");
}

TEST(SceneLoader, ReadsAHeadAnewWhenAsked) {
    SceneLoader loader([] {});
    loader.request({}, {});
    const auto first = waitFor(loader);
    ASSERT_TRUE(first && *first);
    loader.request({}, {});
    const auto same = waitFor(loader);
    ASSERT_TRUE(same && *same);
    EXPECT_EQ((*same)->head, (*first)->head);
    loader.request({}, {}, true);
    const auto anew = waitFor(loader);
    ASSERT_TRUE(anew && *anew);
    EXPECT_NE((*anew)->head, (*first)->head);
}

}  // namespace
}  // namespace stubble
