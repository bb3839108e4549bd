#pragma once
// A window with an OpenGL 4.5 core context and the interface in it. It draws only when asked to.

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "engine/gpu/context.h"

struct GLFWwindow;

namespace stubble {

/// Seconds until a frame that nothing asks for.
inline constexpr double kNever = std::numeric_limits<double>::infinity();

struct WindowOptions {
    int width = 1280, height = 800;  ///< of the window, as the desktop counts
    std::optional<float> scale;      ///< pixels a point; unset: the display's
};

/// One at a time, on the main thread.
class Window {
  public:
    /// Fails with ExitCode::noOpenGl and what the desktop said.
    static Result<Window> open(const WindowOptions& options);
    ~Window();
    Window(Window&&) noexcept;
    Window& operator=(Window&&) = delete;

    /// Sleeps until something happens, then draws a frame; `frame` tells after how many seconds it wants the
    /// next without any event: 0 at once, or kNever. Ends when the window is to be closed and `mayClose`
    /// agrees, or when `mustEnd`. Fails (noOpenGl) when the graphics driver has lost all that was given to
    /// it.
    Result<void> run(const std::function<double()>& frame, const std::function<bool()>& mayClose,
                     const std::function<bool()>& mustEnd);
    /// Ends `run` after this frame, if `mayClose` agrees.
    void close();
    void setTitle(const std::string& title);
    /// Larger or smaller text and controls, from the next frame on; the scale that is then wanted
    /// (WindowOptions::scale).
    float scaleBy(float factor);

    [[nodiscard]] const DeviceInfo& device() const;
    /// Pixels to a coordinate of the interface.
    [[nodiscard]] float pixelsPerUnit() const;
    /// From any thread: draw a frame soon.
    static void wake();

  private:
    struct Impl;
    explicit Window(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stubble
