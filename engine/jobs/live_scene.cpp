#include "engine/jobs/live_scene.h"

#include <chrono>

namespace stubble {

Result<LiveScene> LiveScene::open(std::shared_ptr<const Head> head, const Design& design,
                                  Progress* progress) {
    LiveScene live(std::move(head));
    STUBBLE_CHECK(live.bake(design, progress, true));
    return live;
}

Result<void> LiveScene::set(const Design& design) {
    return bake(design, nullptr, false);
}

Result<void> LiveScene::bake(const Design& design, Progress* progress, bool stored) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    STUBBLE_TRY(Scene scene, sceneBaker_->bake(design, progress));
    const auto baked = Clock::now();
    arrays_ = std::make_shared<const SceneArrays>(arraysBaker_.bake(scene, stored));
    scene_ = std::make_shared<const Scene>(std::move(scene));
    seconds_ = {std::chrono::duration<double>(baked - start).count(),
                std::chrono::duration<double>(Clock::now() - baked).count()};
    return {};
}

}  // namespace stubble
