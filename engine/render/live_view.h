#pragma once
// What a window shows: a coarser picture while something moves, the full one, ever smoother, while nothing
// does.

#include <optional>

#include "engine/render/renderer.h"

namespace stubble {

/// Use on the thread that owns the context.
class LiveView {
  public:
    /// Of a moving frame `budgetMs` may go into rendering; the window needs some more to show it.
    explicit LiveView(Renderer renderer, double budgetMs = 33)
        : renderer_(std::move(renderer)), budgetMs_(budgetMs) {}

    struct Frame {
        GLuint texture = 0;         ///< lower left corner first; until the next call
        int width = 0, height = 0;  ///< of the picture: those of the view, or less while it moves
        bool done = false;          ///< at rest with all its sub-frames: it will not change by itself
        PixelRect held;             ///< Renderer::textureRect: of the picture, what the texture holds
        int subFrames = 0;          ///< of the picture at rest; 0: it moves
    };
    /// One sub-frame more of a view that has not changed since the last call; else one of the new view, with
    /// as many pixels as the budget allows. At rest the picture becomes that of Renderer::render, byte for
    /// byte. The scene must stay until the next call.
    Result<Frame> next(const GpuScene& scene, const View& view);
    /// The same of a part of the picture, in the view's pixels; another part counts as another view.
    Result<Frame> next(const GpuScene& scene, const View& view, const PixelRect& tile);

    /// From now on: where several views move together, each has its share.
    void setBudget(double budgetMs) { budgetMs_ = budgetMs; }

    /// Pixels of a moving picture's side ÷ the view's.
    [[nodiscard]] double scale() const;
    /// For reading what was drawn last; what else it draws, the next frame does not know of.
    Renderer& renderer() { return renderer_; }

  private:
    Result<Frame> moving(const GpuScene& scene, const View& view, const PixelRect& tile);
    void adaptTo(double ms);

    Renderer renderer_;
    double budgetMs_;
    std::size_t step_ = 2;  ///< of kScales
    int dear_ = 0;          ///< frames over the budget, one after another
    std::optional<View> view_;
    PixelRect tile_;
    std::uint64_t scene_ = 0;  ///< its GpuScene::id
    const GpuScene* place_ = nullptr;
    bool resting_ = false;
    Frame frame_;
};

}  // namespace stubble
