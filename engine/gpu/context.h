#pragma once
// An OpenGL 4.5 core context: a headless one by EGL, or one that a window has made.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

struct DeviceInfo {
    std::string renderer;   ///< GL_RENDERER
    std::string vendor;     ///< GL_VENDOR
    std::string version;    ///< GL_VERSION
    std::string platform;   ///< "EGL device 0", "EGL surfaceless"
    bool software = false;  ///< it runs on the processor
};

struct ContextOptions {
    std::optional<int> eglDevice =
        {};                   ///< index into EGL's list; unset: the first that works, hardware first
    bool requireGpu = false;  ///< refuses what runs on the processor
};

/// Current on the thread that made it until destroyed. One at a time.
class GlContext {
  public:
    /// Tries EGL's devices one by one, then the surfaceless platform. Fails with ExitCode::noOpenGl and a
    /// message that lists every attempt, or with usage where the list has no such device.
    static Result<GlContext> createHeadless(const ContextOptions& options = {});
    ~GlContext();
    GlContext(GlContext&&) noexcept;
    // Making another drops the current one's display: take this one away first.
    GlContext& operator=(GlContext&&) = delete;

    [[nodiscard]] const DeviceInfo& device() const;
    /// One line for each way that was tried, the successful one last.
    [[nodiscard]] const std::vector<std::string>& attempts() const;

  private:
    struct Impl;
    explicit GlContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Finds an OpenGL function by its name.
using GlFunctionFinder = void (*(*)(const char*))();

/// Readies the engine for a context that another library has made current on this thread; what the engine
/// makes in it must go before it does. Fails with ExitCode::noOpenGl where it is older than 4.5.
Result<DeviceInfo> useCurrentContext(GlFunctionFinder find, std::string_view platform);

/// A device of EGL's list, or the surfaceless platform, tried on its own.
struct EglDevice {
    std::optional<int> index;   ///< what ContextOptions::eglDevice takes; unset: the surfaceless platform
    std::string name;           ///< as DeviceInfo::platform
    Result<DeviceInfo> device;  ///< or why it cannot be used
};

/// Makes and drops a context on each. Not while a GlContext lives. Empty without an EGL library.
std::vector<EglDevice> probeEglDevices();

/// By GL_RENDERER: llvmpipe, softpipe, SwiftShader and others that need no graphics card.
bool isSoftwareRenderer(std::string_view renderer);

}  // namespace stubble
