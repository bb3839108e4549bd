// A stand-in for libEGL.so.1 whose list begins with a device that cannot be opened, as a machine's may whose
// cards another user owns. All else goes to the real library (STUBBLE_REAL_EGL).
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>

#include <cstring>
#include <utility>

namespace {

int deadDevice = 0;  // its address is the device
EGLint fault = EGL_SUCCESS;

EGLDeviceEXT dead() {
    return &deadDevice;
}

template <typename Function>
Function real(const char* name) {
    static void* const library = dlopen(STUBBLE_REAL_EGL, RTLD_LAZY | RTLD_LOCAL);
    using GetProcAddress = void (*(*)(const char*))();
    const auto get = reinterpret_cast<GetProcAddress>(dlsym(library, "eglGetProcAddress"));
    if (void* symbol = dlsym(library, name)) return reinterpret_cast<Function>(symbol);
    return reinterpret_cast<Function>(get(name));
}

EGLBoolean queryDevices(EGLint most, EGLDeviceEXT* devices, EGLint* count) {
    if (!real<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT")(devices ? most - 1 : 0,
                                                               devices ? devices + 1 : nullptr, count))
        return EGL_FALSE;
    if (devices) devices[0] = dead();
    ++*count;
    return EGL_TRUE;
}

const char* queryDeviceString(EGLDeviceEXT device, EGLint name) {
    constexpr EGLint kRenderNodeFile = 0x3377;
    if (device != dead())
        return real<PFNEGLQUERYDEVICESTRINGEXTPROC>("eglQueryDeviceStringEXT")(device, name);
    if (name == EGL_EXTENSIONS) return "EGL_EXT_device_drm EGL_EXT_device_drm_render_node";
    return name == kRenderNodeFile ? "/dev/dri/renderD999" : nullptr;
}

EGLDisplay getPlatformDisplay(EGLenum platform, void* native, const EGLint* attributes) {
    if (native != dead())
        return real<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT")(platform, native,
                                                                                 attributes);
    fault = EGL_BAD_ACCESS;
    return EGL_NO_DISPLAY;
}

EGLint getError() {
    if (fault == EGL_SUCCESS) return real<PFNEGLGETERRORPROC>("eglGetError")();
    return std::exchange(fault, EGL_SUCCESS);
}

}  // namespace

extern "C" __eglMustCastToProperFunctionPointerType eglGetProcAddress(const char* name) {
    using Any = __eglMustCastToProperFunctionPointerType;
    if (std::strcmp(name, "eglQueryDevicesEXT") == 0) return reinterpret_cast<Any>(queryDevices);
    if (std::strcmp(name, "eglQueryDeviceStringEXT") == 0) return reinterpret_cast<Any>(queryDeviceString);
    if (std::strcmp(name, "eglGetPlatformDisplayEXT") == 0) return reinterpret_cast<Any>(getPlatformDisplay);
    if (std::strcmp(name, "eglGetError") == 0) return reinterpret_cast<Any>(getError);
    return real<Any>(name);
}
