#include "engine/gpu/context.h"

// glad/egl.h comes first: it brings the EGL types that the system headers would define otherwise.
#include <glad/egl.h>
#include <glad/gl.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace stubble {

struct GlContext::Impl {
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;
    DeviceInfo device;
    std::vector<std::string> attempts;
    ~Impl() {
        if (display == EGL_NO_DISPLAY) return;
        eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
        eglTerminate(display);
    }
};

namespace {

struct Candidate {
    std::string name;
    EGLenum platform;
    void* nativeDisplay;
    bool software;
};

bool hasWord(const char* list, const char* word) {
    if (!list) return false;
    const std::size_t length = std::strlen(word);
    for (const char* at = std::strstr(list, word); at; at = std::strstr(at + length, word))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) return true;
    return false;
}

std::vector<Candidate> listCandidates() {
    std::vector<Candidate> candidates;
    if (eglQueryDevicesEXT) {
        EGLDeviceEXT devices[32];
        EGLint count = 0;
        if (eglQueryDevicesEXT(32, devices, &count)) {
            for (EGLint i = 0; i < count; ++i) {
                const char* extensions =
                    eglQueryDeviceStringEXT ? eglQueryDeviceStringEXT(devices[i], EGL_EXTENSIONS) : nullptr;
                const bool software = hasWord(extensions, "EGL_MESA_device_software");
                candidates.push_back({fmt::format("EGL device {}{}", i, software ? " (software)" : ""),
                                      EGL_PLATFORM_DEVICE_EXT, devices[i], software});
            }
        }
    }
    candidates.push_back({"EGL surfaceless", EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, true});
    return candidates;
}

std::string eglErrorText(const char* call) {
    return fmt::format("{} failed with EGL error {:#x}", call, eglGetError());
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

}  // namespace

GlContext::GlContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GlContext::~GlContext() = default;
GlContext::GlContext(GlContext&&) noexcept = default;
GlContext& GlContext::operator=(GlContext&&) noexcept = default;
const DeviceInfo& GlContext::device() const {
    return impl_->device;
}
const std::vector<std::string>& GlContext::attempts() const {
    return impl_->attempts;
}

bool isSoftwareRenderer() {
    const std::string renderer = glText(GL_RENDERER);
    return renderer.find("llvmpipe") != std::string::npos || renderer.find("softpipe") != std::string::npos ||
           renderer.find("SwiftShader") != std::string::npos;
}

Result<GlContext> GlContext::createHeadless(const ContextOptions& options) {
    if (!gladLoaderLoadEGL(EGL_NO_DISPLAY))
        return fail(ExitCode::noOpenGl,
                    "no OpenGL: the EGL library could not be loaded (Debian package libegl1)");
    std::vector<Candidate> candidates = listCandidates();
    if (options.eglDevice >= 0) {
        if (static_cast<std::size_t>(options.eglDevice) + 1 >= candidates.size())
            return fail(ExitCode::usage, "--egl-device {}: EGL lists {} devices, counted from 0",
                        options.eglDevice, candidates.size() - 1);
        candidates = {candidates[static_cast<std::size_t>(options.eglDevice)]};
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.software < b.software; });
    std::vector<std::string> attempts;
    for (const Candidate& candidate : candidates) {
        auto impl = std::make_unique<Impl>();
        const std::string fault = openDisplay(candidate, impl->display, impl->context);
        if (!fault.empty()) {
            attempts.push_back(candidate.name + ": " + fault);
            continue;
        }
        impl->device = {glText(GL_RENDERER), glText(GL_VENDOR), glText(GL_VERSION), candidate.name, false};
        impl->device.software = isSoftwareRenderer();
        attempts.push_back(candidate.name + ": " + impl->device.renderer);
        impl->attempts = std::move(attempts);
        return GlContext(std::move(impl));
    }
    std::string list;
    for (const std::string& attempt : attempts) list += "\n  " + attempt;
    return fail(ExitCode::noOpenGl, "no OpenGL 4.5 core context could be made; tried:{}", list);
}

std::vector<std::string> listEglDevices() {
    std::vector<std::string> lines;
    if (!gladLoaderLoadEGL(EGL_NO_DISPLAY)) return lines;
    for (const Candidate& candidate : listCandidates()) lines.push_back(candidate.name);
    return lines;
}

}  // namespace stubble
