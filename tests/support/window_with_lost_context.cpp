// Goes before the real libglfw.so.3 (LD_PRELOAD): once the file that STUBBLE_LOSES_CONTEXT names is there,
// OpenGL says that the driver was reset, as after a crash of a graphics card that this machine may not have.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace {

using Function = void (*)();

unsigned resetStatus() {
    constexpr unsigned kNoError = 0, kInnocentContextReset = 0x8254;
    const char* const file = std::getenv("STUBBLE_LOSES_CONTEXT");
    return file && ::access(file, F_OK) == 0 ? kInnocentContextReset : kNoError;
}

}  // namespace

extern "C" Function glfwGetProcAddress(const char* name) {
    if (std::strcmp(name, "glGetGraphicsResetStatus") == 0) return reinterpret_cast<Function>(resetStatus);
    static const auto real =
        reinterpret_cast<Function (*)(const char*)>(dlsym(RTLD_NEXT, "glfwGetProcAddress"));
    return real(name);
}
