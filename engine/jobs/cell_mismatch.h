#pragma once
// How well designs on one head are told from natural scalps, one after another.

#include <memory>
#include <optional>

#include "engine/jobs/live_scene.h"
#include "engine/jobs/mismatch.h"

namespace stubble {

/// What `stubble mismatch` measures in its window, at each design's own hair length. Use on the thread that
/// owns the context, which must outlive it.
class CellMismatch {
  public:
    CellMismatch(std::shared_ptr<const Head> head, MismatchSight sight)
        : head_(std::move(head)), sight_(std::move(sight)) {}

    /// `gpu` shows `scene`. Fails (badInput) where no hair was lost or the camera sees none of that skin.
    Result<MismatchMeasure> measure(Renderer& renderer, const Scene& scene, const GpuScene& gpu);

  private:
    std::shared_ptr<const Head> head_;
    MismatchSight sight_;
    std::optional<LiveScene> natural_;
    std::optional<GpuScene> naturalGpu_;
};

}  // namespace stubble
