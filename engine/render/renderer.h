#pragma once
// A frame as a function of a scene and a view. Window, still and measurement share it.
//
// Passes of a sub-frame, in order: shadows → surface → dots → hair → light → scatter → shade → resolve → hair
// over the rim; after any number of sub-frames: display.

#include <functional>
#include <memory>
#include <string_view>

#include "engine/core/image.h"
#include "engine/core/result.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/view.h"

namespace stubble {

/// Holds programs and targets; use on the thread that owns the context.
class Renderer {
  public:
    static Result<Renderer> create();
    ~Renderer();
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;

    /// All sub-frames of a view: start, addSubFrame, image. Display-referred, sRGB-encoded. The same scene,
    /// view and driver give the same bytes.
    Result<ImageRgb8> render(const GpuScene& scene, const View& view);

    /// Begins a picture, or the part `tile` of one: its pixels are those of the whole picture, byte for byte.
    /// The scene must stay until the next start.
    Result<void> start(const GpuScene& scene, const View& view);
    Result<void> start(const GpuScene& scene, const View& view, const PixelRect& tile);
    /// Adds the next of the view's sub-frames. Call it view.samples times at most after start.
    void addSubFrame();
    /// Sub-frames since start.
    [[nodiscard]] int subFrames() const;

    // Of the sub-frames added so far, one at least: the picture or tile of the last start.

    Result<ImageRgb8> image();
    Result<ImageRgb16> image16();
    /// Linear radiance before exposure and tone curve.
    Result<ImageLinear> linearImage();
    /// As `image`, left in a texture of at least its size, lower left corner first, until the next call.
    Result<GLuint> texture();
    /// What `texture` holds of the picture, y from the bottom: the tile and some pixels around it.
    [[nodiscard]] PixelRect textureRect() const;

    /// Share of each pixel that hairs cover, 0 to 1, in the last sub-frame, of which there must be one.
    [[nodiscard]] Image<float> hairCoverage() const;
    /// Most pixels that head and hair may cover in one picture or tile.
    static std::int64_t maxCoveredPixels();

    /// Calls `listener` with the name of each pass as it begins, with "" after the last of a sub-frame or of
    /// display; for those who time them.
    void listenToPasses(std::function<void(std::string_view)> listener);

  private:
    struct Impl;
    explicit Renderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stubble
