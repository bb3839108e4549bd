#pragma once
// A design that is being edited, as what its window draws: each edit does over only what it touches.

#include <memory>

#include "engine/render/arrays_baker.h"
#include "engine/scene/scene_baker.h"

namespace stubble {

/// Use on one thread at a time, any one; needs no context. What it gives out stays as it is.
class LiveScene {
  public:
    /// Fails as bakeScene does. `progress` may be null.
    static Result<LiveScene> open(std::shared_ptr<const Head> head, const Design& design,
                                  Progress* progress = nullptr);

    /// Makes it this design's. Fails as bakeScene does; it is then still the one from before.
    Result<void> set(const Design& design);

    /// The bytes of a fresh bakeScene.
    [[nodiscard]] std::shared_ptr<const Scene> scene() const { return scene_; }
    /// The bytes of a fresh SceneArrays::of; parts that stayed have the Shared::id they had
    /// (GpuScene::update).
    [[nodiscard]] std::shared_ptr<const SceneArrays> arrays() const { return arrays_; }

    /// Where the time of the last design went.
    struct Seconds {
        double bake = 0, arrays = 0;
    };
    [[nodiscard]] Seconds seconds() const { return seconds_; }

  private:
    explicit LiveScene(std::shared_ptr<const Head> head)
        : sceneBaker_(std::make_unique<SceneBaker>(std::move(head))) {}
    Result<void> bake(const Design& design, Progress* progress, bool stored);

    std::unique_ptr<SceneBaker> sceneBaker_;
    ArraysBaker arraysBaker_;
    std::shared_ptr<const Scene> scene_;
    std::shared_ptr<const SceneArrays> arrays_;
    Seconds seconds_;
};

}  // namespace stubble
