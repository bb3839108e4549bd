#pragma once
// A frame as a function of a scene and a view. Window, still and measurement share it.

#include <functional>
#include <memory>
#include <string_view>

#include "engine/core/image.h"
#include "engine/core/result.h"
#include "engine/render/camera.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/light.h"

namespace stubble {

struct View {
    Camera camera;
    LightRig light;
    int width = 1920, height = 1080;
    int samples = 8;  ///< sub-frames: edges, soft shadows and scattering get smoother; 1 to 4096
};

/// Holds programs and targets; use on the thread that owns the context.
class Renderer {
  public:
    static Result<Renderer> create();
    ~Renderer();
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;

    /// Display-referred, sRGB-encoded. The same scene, view and driver give the same bytes.
    Result<ImageRgb8> render(const GpuScene& scene, const View& view);
    /// Linear radiance before exposure and tone curve, of the last rendered view.
    [[nodiscard]] ImageLinear linearImage() const;
    /// Share of each pixel that hairs cover, 0 to 1, in the last sub-frame that drew them.
    [[nodiscard]] Image<float> hairCoverage() const;
    /// Calls `listener` with the name of each pass as it begins, with "" after the last; for those who time
    /// them.
    void listenToPasses(std::function<void(std::string_view)> listener);

  private:
    struct Impl;
    explicit Renderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stubble
