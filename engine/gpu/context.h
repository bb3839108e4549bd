#pragma once
// A headless OpenGL 4.5 core context, by EGL.

#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

struct DeviceInfo {
    std::string renderer;  ///< GL_RENDERER
    std::string vendor;    ///< GL_VENDOR
    std::string version;   ///< GL_VERSION
    std::string platform;  ///< "EGL device 0", "EGL surfaceless"
    bool software = false;
};

struct ContextOptions {
    int eglDevice = -1;  ///< index into EGL's device list; −1: the first that works, hardware before software
};

/// Current on the thread that made it until destroyed. One at a time.
class GlContext {
  public:
    /// Tries EGL's devices one by one, then the surfaceless platform. Fails with ExitCode::noOpenGl and a
    /// message that lists every attempt.
    static Result<GlContext> createHeadless(const ContextOptions& options = {});
    ~GlContext();
    GlContext(GlContext&&) noexcept;
    GlContext& operator=(GlContext&&) noexcept;

    [[nodiscard]] const DeviceInfo& device() const;
    /// One line for each way that was tried, the successful one last.
    [[nodiscard]] const std::vector<std::string>& attempts() const;

  private:
    struct Impl;
    explicit GlContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Whether the current context draws on the processor.
bool isSoftwareRenderer();

/// What EGL offers, for `stubble info`: one line a device.
std::vector<std::string> listEglDevices();

}  // namespace stubble
