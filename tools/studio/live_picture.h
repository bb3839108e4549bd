#pragma once
// One design's picture, or a part of it, on the screen.

#include <optional>

#include "engine/render/gpu_scene.h"
#include "engine/render/live_view.h"

namespace stubble {

/// Use on the thread that owns the context.
class LivePicture {
  public:
    LivePicture(Renderer renderer, double budgetMs) : live_(std::move(renderer), budgetMs) {}

    void show(const SceneArrays& arrays);
    [[nodiscard]] bool hasScene() const { return scene_.has_value(); }
    /// Null before the first `show`.
    [[nodiscard]] const GpuScene* scene() const { return scene_ ? &*scene_ : nullptr; }
    LiveView& live() { return live_; }
    [[nodiscard]] const LiveView& live() const { return live_; }

    /// What is wanted now, in the view's pixels. True: it is not what is there, `draw` must come.
    bool want(const View& view, const PixelRect& tile);
    /// A moving picture of what is wanted or, of what has not changed, a sub-frame more.
    Result<void> draw();
    [[nodiscard]] bool done() const { return frame_.done; }
    [[nodiscard]] int subFrames() const { return frame_.subFrames; }

    /// Into the current ImGui window: columns `fromX` to `toX` of the picture, whose upper left corner lies
    /// at `corner` and whose size is `size`, all in interface coordinates.
    void paint(glm::vec2 corner, glm::vec2 size, float fromX, float toX) const;

  private:
    LiveView live_;
    std::optional<GpuScene> scene_;
    View view_;
    PixelRect tile_;
    LiveView::Frame frame_;
    bool stale_ = true;
};

}  // namespace stubble
