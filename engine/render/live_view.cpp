#include "engine/render/live_view.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace stubble {
namespace {

/// Few, so that textures can be kept.
constexpr std::array kScales = {1.0, 0.75, 0.5, 0.375, 0.25};

int scaled(int pixels, double scale) {
    return std::max(static_cast<int>(std::lround(pixels * scale)), 1);
}

}  // namespace

double LiveView::scale() const {
    return kScales[step_];
}

void LiveView::adaptTo(double ms) {
    // One dear frame may be a program's first.
    dear_ = ms > budgetMs_ ? dear_ + 1 : 0;
    if (dear_ == 2 && step_ + 1 < kScales.size()) ++step_, dear_ = 0;
    if (step_ == 0) return;
    // About half of a frame's cost goes by its dots, hairs and triangles, half by its pixels.
    const double finer = kScales[step_ - 1] / kScales[step_];
    constexpr double kRoom = 0.8;  // or it would soon be too dear again
    if (ms * (0.5 + 0.5 * finer * finer) < kRoom * budgetMs_) --step_;
}

Result<LiveView::Frame> LiveView::moving(const GpuScene& scene, const View& view) {
    View coarse = view;
    coarse.width = scaled(view.width, scale()), coarse.height = scaled(view.height, scale());
    coarse.samples = 1;
    coarse.fast = true;
    const auto start = std::chrono::steady_clock::now();
    STUBBLE_CHECK(renderer_.start(scene, coarse));
    renderer_.addSubFrame();
    STUBBLE_TRY(const GLuint texture, renderer_.texture());
    glFinish();
    adaptTo(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    return Frame{texture, coarse.width, coarse.height, false};
}

Result<LiveView::Frame> LiveView::next(const GpuScene& scene, const View& view) {
    const bool same = view_ == view && scene_ == scene.id && place_ == &scene;
    if (same && frame_.done) return frame_;
    if (!same) {
        view_ = view, scene_ = scene.id, place_ = &scene;
        resting_ = false;
        STUBBLE_TRY(frame_, moving(scene, view));
        return frame_;
    }
    if (!resting_) {
        STUBBLE_CHECK(renderer_.start(scene, view));
        resting_ = true;
    }
    renderer_.addSubFrame();
    STUBBLE_TRY(const GLuint texture, renderer_.texture());
    frame_ = {texture, view.width, view.height, renderer_.subFrames() >= view.samples};
    return frame_;
}

}  // namespace stubble
