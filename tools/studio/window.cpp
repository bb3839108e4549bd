#include "tools/studio/window.h"

#include <glad/gl.h>
// After the loader: GLFW then brings no OpenGL header of its own.
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tools/studio/key_press.h"
#include "tools/studio/opened_files.h"
#include "tools/studio/probe.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

/// After an event the interface needs a few frames until all of it has taken notice.
constexpr int kFramesAfterEvent = 3;
constexpr int kFramesAfterWake = 2;  // what is new there may measure itself first
constexpr int kMinWidth = 960, kMinHeight = 600;

constexpr int kMarkKey = GLFW_KEY_PAUSE;  // by which a test learns that all it did has arrived

long events = 0;
std::vector<KeyPress> keyPresses;
std::vector<std::filesystem::path> droppedFiles;

void heard() {
    ++events;
    probe::input();
}

/// Counts what people do, before the interface's own callbacks, which call these, hear of it.
void countEvents(GLFWwindow* window) {
    glfwSetCursorPosCallback(window, [](GLFWwindow*, double, double) { heard(); });
    glfwSetCursorEnterCallback(window, [](GLFWwindow*, int) { heard(); });
    glfwSetMouseButtonCallback(window, [](GLFWwindow*, int, int, int) { heard(); });
    glfwSetScrollCallback(window, [](GLFWwindow*, double, double) { heard(); });
    glfwSetKeyCallback(window, [](GLFWwindow*, int key, int, int action, int mods) {
        ++events;
        if (key != kMarkKey)
            probe::input();
        else if (action == GLFW_PRESS)
            probe::mark();
        if (action == GLFW_RELEASE) return;
        keyPresses.push_back({key, (mods & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0,
                              (mods & GLFW_MOD_SHIFT) != 0, (mods & GLFW_MOD_ALT) != 0});
    });
    glfwSetCharCallback(window, [](GLFWwindow*, unsigned) { heard(); });
    glfwSetWindowFocusCallback(window, [](GLFWwindow*, int) { heard(); });
    glfwSetFramebufferSizeCallback(window, [](GLFWwindow*, int, int) { heard(); });
    glfwSetWindowRefreshCallback(window, [](GLFWwindow*) { heard(); });
    glfwSetWindowIconifyCallback(window, [](GLFWwindow*, int) { heard(); });
    glfwSetWindowCloseCallback(window, [](GLFWwindow*) { heard(); });
    glfwSetDropCallback(window, [](GLFWwindow*, int count, const char** paths) {
        heard();
        droppedFiles.insert(droppedFiles.end(), paths, paths + count);
    });
}

/// Before 1.87 the interface library looks at keys once a frame: one that was pressed and let go between two
/// frames would be missed. Such keys are held for this frame; true: they are to be let go in another.
bool holdShortPresses() {
#if IMGUI_VERSION_NUM < 18700
    static std::vector<int> held;
    ImGuiIO& io = ImGui::GetIO();
    for (const int key : held) io.KeysDown[key] = false;
    held.clear();
    for (const KeyPress& press : keyPresses)
        if (press.key >= 0 && press.key < IM_ARRAYSIZE(io.KeysDown) && !io.KeysDown[press.key]) {
            io.KeysDown[press.key] = true;
            held.push_back(press.key);
        }
    return !held.empty();
#else
    return false;
#endif
}

std::string lastGlfwError() {
    const char* text = nullptr;
    glfwGetError(&text);
    return text ? text : "no reason given";
}

}  // namespace

std::vector<KeyPress> takeKeyPresses() {
    return std::exchange(keyPresses, {});
}

std::vector<std::filesystem::path> takeDroppedFiles() {
    return std::exchange(droppedFiles, {});
}

struct Window::Impl {
    GLFWwindow* window = nullptr;
    bool imgui = false;
    DeviceInfo device;
    std::optional<float> wantedScale;
    float scale = 0, pixelsPerUnit = 0;  ///< of the theme in use
    long frames = 0;

    ~Impl() {
        if (imgui) {
            ImGui_ImplOpenGL3_Shutdown();
            ImGui_ImplGlfw_Shutdown();
            ImGui::DestroyContext();
        }
        if (window) glfwDestroyWindow(window);
        glfwTerminate();
    }
    void followScale();
    double draw(const std::function<double()>& frame);
};

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::~Window() = default;
Window::Window(Window&&) noexcept = default;

Result<Window> Window::open(const WindowOptions& options) {
    auto impl = std::make_unique<Impl>();
    if (!glfwInit()) return fail(ExitCode::noOpenGl, "no window: {}", lastGlfwError());
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 4);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 5);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_LOSE_CONTEXT_ON_RESET);  // to hear of a driver's reset
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "stubble-studio");
    impl->window = glfwCreateWindow(options.width, options.height, "Stubble", nullptr, nullptr);
    if (!impl->window) return fail(ExitCode::noOpenGl, "no window with OpenGL 4.5 core: {}", lastGlfwError());
    glfwMakeContextCurrent(impl->window);
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(impl->window, kMinWidth, kMinHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
    STUBBLE_TRY(impl->device, useCurrentContext(glfwGetProcAddress, "window"));
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a window at rest draws nothing
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    countEvents(impl->window);
    ImGui_ImplGlfw_InitForOpenGL(impl->window, true);
    ImGui_ImplOpenGL3_Init("#version 450 core");
    impl->imgui = true;
    impl->wantedScale = options.scale;
    impl->followScale();
    return Window(std::move(impl));
}

void Window::Impl::followScale() {
    float content = 1, contentY = 1;
    glfwGetWindowContentScale(window, &content, &contentY);
    int width = 0, height = 0, pixelWidth = 0, pixelHeight = 0;
    glfwGetWindowSize(window, &width, &height);
    glfwGetFramebufferSize(window, &pixelWidth, &pixelHeight);
    // Where a desktop counts in points, coordinates already are; else they are pixels.
    const float perUnit = width > 0 && pixelWidth > 0
                              ? static_cast<float>(pixelWidth) / static_cast<float>(width)
                              : std::max(pixelsPerUnit, 1.0f);
    const float wanted = wantedScale.value_or(content) / perUnit;
    if (wanted == scale && perUnit == pixelsPerUnit) return;
    const bool again = scale > 0;
    scale = wanted, pixelsPerUnit = perUnit;
    applyTheme(scale, pixelsPerUnit);
    if (again) {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
}

double Window::Impl::draw(const std::function<double()>& frame) {
    followScale();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    const bool heldKeys = holdShortPresses();
    ImGui::NewFrame();
    const double next = frame();
    ImGui::Render();
    int width = 0, height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    const ImVec4 back = ImGui::ColorConvertU32ToFloat4(colour::kWindow);
    glClearColor(back.x, back.y, back.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
    ++frames;
    return heldKeys ? 0 : next;
}

Result<void> Window::run(const std::function<double()>& frame, const std::function<bool()>& mayClose,
                         const std::function<bool()>& mustEnd) {
    int settling = kFramesAfterEvent;
    double next = 0;
    for (;;) {
        if (glfwWindowShouldClose(impl_->window)) {
            if (mayClose()) return {};
            glfwSetWindowShouldClose(impl_->window, GLFW_FALSE);
            settling = kFramesAfterEvent;
        }
        const long before = events;
        if (settling > 0 || next <= 0)
            glfwPollEvents();
        else if (next < kNever)
            glfwWaitEventsTimeout(next);
        else
            glfwWaitEvents();
        if (mustEnd()) return {};
        if (events != before)
            settling = kFramesAfterEvent;
        else if (next > 0 && settling == 0)
            settling = kFramesAfterWake;
        // What nobody sees is not drawn.
        if (glfwGetWindowAttrib(impl_->window, GLFW_ICONIFIED)) {
            settling = 0, next = kNever;
            continue;
        }
        next = impl_->draw(frame);
        if (glGetGraphicsResetStatus() != GL_NO_ERROR)
            return fail(ExitCode::noOpenGl,
                        "the graphics driver was reset and lost the window's contents; unsaved work is kept: "
                        "start the studio again");
        if (next <= 0)
            settling = std::max(settling, kFramesAfterWake);
        else if (settling > 0)
            --settling;
        probe::shown(impl_->frames, settling == 0 && next == kNever);
    }
}

void Window::close() {
    glfwSetWindowShouldClose(impl_->window, GLFW_TRUE);
}

void Window::setTitle(const std::string& title) {
    glfwSetWindowTitle(impl_->window, title.c_str());
}

float Window::scaleBy(float factor) {
    constexpr float kLeast = 0.5f, kMost = 4;
    const float now = impl_->wantedScale.value_or(impl_->scale * impl_->pixelsPerUnit);
    impl_->wantedScale = std::clamp(now * factor, kLeast, kMost);
    return *impl_->wantedScale;
}

const DeviceInfo& Window::device() const {
    return impl_->device;
}

float Window::pixelsPerUnit() const {
    return impl_->pixelsPerUnit;
}

void Window::wake() {
    glfwPostEmptyEvent();
}

}  // namespace stubble
