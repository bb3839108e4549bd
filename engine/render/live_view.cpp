#include "engine/render/live_view.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <utility>

namespace stubble {
namespace {

/// Few, so that textures can be kept.
constexpr std::array kScales = {1.0, 0.75, 0.5, 0.375, 0.25};

int scaled(int pixels, double scale) {
    return std::max(static_cast<int>(std::lround(pixels * scale)), 1);
}

/// The pixels of a picture of other sides that show all of the tile.
PixelRect scaled(const PixelRect& tile, const View& from, const View& to) {
    const auto range = [](int start, int length, int whole, int wanted) {
        const std::int64_t low = std::int64_t{start} * wanted / whole;
        const std::int64_t high = (std::int64_t{start + length} * wanted + whole - 1) / whole;
        return std::pair(static_cast<int>(low), static_cast<int>(std::max(high - low, std::int64_t{1})));
    };
    const auto [x, width] = range(tile.x, tile.width, from.width, to.width);
    const auto [y, height] = range(tile.y, tile.height, from.height, to.height);
    return {x, y, width, height};
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

Result<LiveView::Frame> LiveView::moving(const GpuScene& scene, const View& view, const PixelRect& tile) {
    View coarse = view;
    coarse.width = scaled(view.width, scale()), coarse.height = scaled(view.height, scale());
    coarse.samples = 1;
    coarse.fast = true;
    const auto start = std::chrono::steady_clock::now();
    STUBBLE_CHECK(renderer_.start(scene, coarse, scaled(tile, view, coarse)));
    renderer_.addSubFrame();
    STUBBLE_TRY(const GLuint texture, renderer_.texture());
    glFinish();
    adaptTo(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    return Frame{texture, coarse.width, coarse.height, false, renderer_.textureRect(), 0};
}

Result<LiveView::Frame> LiveView::next(const GpuScene& scene, const View& view) {
    return next(scene, view, {0, 0, view.width, view.height});
}

Result<LiveView::Frame> LiveView::next(const GpuScene& scene, const View& view, const PixelRect& tile) {
    const bool same = view_ == view && tile_ == tile && scene_ == scene.id && place_ == &scene;
    if (same && frame_.done) return frame_;
    if (!same) {
        view_ = view, tile_ = tile, scene_ = scene.id, place_ = &scene;
        resting_ = false;
        STUBBLE_TRY(frame_, moving(scene, view, tile));
        return frame_;
    }
    if (!resting_) {
        STUBBLE_CHECK(renderer_.start(scene, view, tile));
        resting_ = true;
    }
    renderer_.addSubFrame();
    STUBBLE_TRY(const GLuint texture, renderer_.texture());
    frame_ = {texture,
              view.width,
              view.height,
              renderer_.subFrames() >= view.samples,
              renderer_.textureRect(),
              renderer_.subFrames()};
    return frame_;
}

}  // namespace stubble
