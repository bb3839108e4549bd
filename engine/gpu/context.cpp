#include "engine/gpu/context.h"

// glad/egl.h comes first: it brings the EGL types that the system headers would define otherwise.
#include <glad/egl.h>
#include <glad/gl.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace stubble {

namespace {

struct Candidate {
    std::optional<int> index;
    std::string name;
    EGLenum platform;
    void* nativeDisplay;
    bool software;     ///< by what EGL says before a context is made
    std::string file;  ///< the device's file, when EGL names it
};

bool hasWord(const char* list, const char* word) {
    if (!list) return false;
    const std::size_t length = std::strlen(word);
    for (const char* at = std::strstr(list, word); at; at = std::strstr(at + length, word))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) return true;
    return false;
}

Candidate deviceCandidate(int index, EGLDeviceEXT device) {
    constexpr EGLint kRenderNodeFile = 0x3377;  // EGL_EXT_device_drm_render_node
    Candidate candidate{index, fmt::format("EGL device {}", index), EGL_PLATFORM_DEVICE_EXT, device, false,
                        {}};
    if (!eglQueryDeviceStringEXT) return candidate;
    const char* extensions = eglQueryDeviceStringEXT(device, EGL_EXTENSIONS);
    candidate.software = hasWord(extensions, "EGL_MESA_device_software");
    const char* file = nullptr;
    if (hasWord(extensions, "EGL_EXT_device_drm_render_node"))
        file = eglQueryDeviceStringEXT(device, kRenderNodeFile);
    if (!file && hasWord(extensions, "EGL_EXT_device_drm"))
        file = eglQueryDeviceStringEXT(device, EGL_DRM_DEVICE_FILE_EXT);
    if (file) candidate.file = file;
    return candidate;
}

std::vector<Candidate> listCandidates() {
    std::vector<Candidate> candidates;
    std::array<EGLDeviceEXT, 64> devices{};
    EGLint count = 0;
    if (eglQueryDevicesEXT && eglQueryDevicesEXT(devices.size(), devices.data(), &count))
        for (int i = 0; i < count; ++i)
            candidates.push_back(deviceCandidate(i, devices[static_cast<std::size_t>(i)]));
    candidates.push_back(
        {{}, "EGL surfaceless", EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, true, {}});
    return candidates;
}

std::string eglErrorText(const char* call) {
    constexpr std::array<const char*, 15> kNames = {
        "EGL_SUCCESS",       "EGL_NOT_INITIALIZED", "EGL_BAD_ACCESS",        "EGL_BAD_ALLOC",
        "EGL_BAD_ATTRIBUTE", "EGL_BAD_CONFIG",      "EGL_BAD_CONTEXT",       "EGL_BAD_CURRENT_SURFACE",
        "EGL_BAD_DISPLAY",   "EGL_BAD_MATCH",       "EGL_BAD_NATIVE_PIXMAP", "EGL_BAD_NATIVE_WINDOW",
        "EGL_BAD_PARAMETER", "EGL_BAD_SURFACE",     "EGL_CONTEXT_LOST"};
    const EGLint error = eglGetError();
    if (error == EGL_SUCCESS) return fmt::format("{} found nothing", call);
    const auto place = static_cast<std::size_t>(error - EGL_SUCCESS);
    return place < kNames.size() ? fmt::format("{} failed with {}", call, kNames[place])
                                 : fmt::format("{} failed with EGL error {:#x}", call, error);
}

/// Empty on success, else what failed.
std::string openDisplay(const Candidate& candidate, EGLDisplay& display, EGLContext& context) {
    display = eglGetPlatformDisplayEXT
                  ? eglGetPlatformDisplayEXT(candidate.platform, candidate.nativeDisplay, nullptr)
                  : EGL_NO_DISPLAY;
    if (display == EGL_NO_DISPLAY) return eglErrorText("eglGetPlatformDisplayEXT");
    EGLint major = 0, minor = 0;
    if (!eglInitialize(display, &major, &minor)) return eglErrorText("eglInitialize");
    gladLoaderLoadEGL(display);
    if (!eglBindAPI(EGL_OPENGL_API)) return eglErrorText("eglBindAPI(OpenGL)");
    const EGLint configAttributes[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint configCount = 0;
    eglChooseConfig(display, configAttributes, &config, 1, &configCount);
    const EGLint contextAttributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                                        4,
                                        EGL_CONTEXT_MINOR_VERSION,
                                        5,
                                        EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                        EGL_NONE};
    context =
        eglCreateContext(display, configCount > 0 ? config : nullptr, EGL_NO_CONTEXT, contextAttributes);
    if (context == EGL_NO_CONTEXT) return eglErrorText("eglCreateContext(OpenGL 4.5 core)");
    if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
        return eglErrorText("eglMakeCurrent");
    if (!gladLoaderLoadGL()) return "loading the OpenGL functions failed";
    return {};
}

std::string glText(GLenum name) {
    const auto* text = reinterpret_cast<const char*>(glGetString(name));
    return text ? text : "";
}

/// Why a device's file does not open for this user, in brackets; empty when it does or EGL named none.
std::string fileFault(const std::string& file) {
    if (file.empty() || ::access(file.c_str(), R_OK | W_OK) == 0) return {};
    return fmt::format(" ({}: {})", file, std::strerror(errno));
}

std::string outcomeText(const Result<DeviceInfo>& device) {
    if (!device) return device.error().message;
    return device->renderer + (device->software ? ", software" : "");
}

/// A display with a context, current on this thread until it goes.
class Connection {
  public:
    Connection() = default;
    ~Connection() {
        if (display_ == EGL_NO_DISPLAY) return;
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
        eglTerminate(display_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    /// Once. Says what it runs on, or what failed.
    Result<DeviceInfo> open(const Candidate& candidate) {
        const std::string fault = openDisplay(candidate, display_, context_);
        if (!fault.empty()) return fail(ExitCode::noOpenGl, "{}{}", fault, fileFault(candidate.file));
        const std::string renderer = glText(GL_RENDERER);
        return DeviceInfo{renderer, glText(GL_VENDOR), glText(GL_VERSION), candidate.name,
                          isSoftwareRenderer(renderer)};
    }

  private:
    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

}  // namespace

struct GlContext::Impl {
    Connection connection;
    DeviceInfo device;
    std::vector<std::string> attempts;
};

bool isSoftwareRenderer(std::string_view renderer) {
    constexpr std::array<std::string_view, 5> kNames = {"llvmpipe", "softpipe", "SwiftShader",
                                                        "Software Rasterizer", "Microsoft Basic Render"};
    return std::ranges::any_of(kNames, [&](auto name) { return renderer.find(name) != renderer.npos; });
}

GlContext::GlContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GlContext::~GlContext() = default;
GlContext::GlContext(GlContext&&) noexcept = default;
const DeviceInfo& GlContext::device() const {
    return impl_->device;
}
const std::vector<std::string>& GlContext::attempts() const {
    return impl_->attempts;
}

Result<GlContext> GlContext::createHeadless(const ContextOptions& options) {
    if (!gladLoaderLoadEGL(EGL_NO_DISPLAY))
        return fail(ExitCode::noOpenGl,
                    "no OpenGL: the EGL library could not be loaded (Debian package libegl1)");
    std::vector<Candidate> candidates = listCandidates();
    if (options.eglDevice) {
        const int count = static_cast<int>(candidates.size()) - 1;
        if (*options.eglDevice < 0 || *options.eglDevice >= count)
            return fail(ExitCode::usage, "--egl-device {}: EGL lists {} device{}, counted from 0",
                        *options.eglDevice, count, count == 1 ? "" : "s");
        candidates = {candidates[static_cast<std::size_t>(*options.eglDevice)]};
    }
    std::ranges::stable_sort(candidates, {}, &Candidate::software);
    std::vector<std::string> attempts;
    for (const Candidate& candidate : candidates) {
        auto impl = std::make_unique<Impl>();
        const Result<DeviceInfo> device = impl->connection.open(candidate);
        attempts.push_back(candidate.name + ": " + outcomeText(device));
        if (!device || (options.requireGpu && device->software)) continue;
        impl->device = *device;
        impl->attempts = std::move(attempts);
        return GlContext(std::move(impl));
    }
    std::string list;
    for (const std::string& attempt : attempts) list += "\n  " + oneLine(attempt);
    const char* wanted = options.requireGpu ? "--require-gpu: no graphics card with OpenGL 4.5 core was found"
                                            : "no OpenGL 4.5 core context could be made";
    // Not fail(): what it fills in stands on one line.
    return tl::unexpected(Error{ExitCode::noOpenGl, fmt::format("{}; tried:{}", wanted, list)});
}

Result<DeviceInfo> useCurrentContext(GlFunctionFinder find, std::string_view platform) {
    const int version = gladLoadGL(find);
    if (version == 0) return fail(ExitCode::noOpenGl, "{}: loading the OpenGL functions failed", platform);
    const std::string renderer = glText(GL_RENDERER);
    if (GLAD_VERSION_MAJOR(version) * 10 + GLAD_VERSION_MINOR(version) < 45)
        return fail(ExitCode::noOpenGl, "{}: {} offers OpenGL {}.{}, expected 4.5", platform, renderer,
                    GLAD_VERSION_MAJOR(version), GLAD_VERSION_MINOR(version));
    return DeviceInfo{renderer, glText(GL_VENDOR), glText(GL_VERSION), std::string(platform),
                      isSoftwareRenderer(renderer)};
}

std::vector<EglDevice> probeEglDevices() {
    std::vector<EglDevice> devices;
    if (!gladLoaderLoadEGL(EGL_NO_DISPLAY)) return devices;
    for (const Candidate& candidate : listCandidates())
        devices.push_back({candidate.index, candidate.name, Connection().open(candidate)});
    return devices;
}

}  // namespace stubble
