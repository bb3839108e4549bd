#include "engine/gpu/context.h"

// First: it brings the EGL types that the system headers would define otherwise.
#include <glad/egl.h>
#include <glad/gl.h>
#include <gtest/gtest.h>

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

TEST(GlContext, OffersOpenGl45AndSaysHow) {
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context) << context.error().message;
    GLint major = 0, minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    EXPECT_GE(10 * major + minor, 45);
    ASSERT_FALSE(context->attempts().empty());
    EXPECT_NE(context->attempts().back().find(context->device().renderer), std::string::npos);
}

TEST(GlContext, AnothersContextIsTakenAsItIs) {
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context);
    const auto device =
        useCurrentContext([](const char* name) { return eglGetProcAddress(name); }, "a window");
    ASSERT_TRUE(device) << device.error().message;
    EXPECT_EQ(device->renderer, context->device().renderer);
    EXPECT_EQ(device->software, context->device().software);
    EXPECT_EQ(device->platform, "a window");
    EXPECT_EQ(glGetError(), GLenum{GL_NO_ERROR});
}

TEST(GlContext, RefusesADeviceThatIsNotThere) {
    const auto context = GlContext::createHeadless({.eglDevice = 999});
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, ExitCode::usage);
    EXPECT_EQ(context.error().message.find("--egl-device 999: EGL lists "), 0u);
}

TEST(GlContext, RefusesANegativeDevice) {
    const auto context = GlContext::createHeadless({.eglDevice = -1});
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, ExitCode::usage);
}

TEST(GlContext, EveryDeviceThatAProbeCallsUsableCanBeChosen) {
    const std::vector<EglDevice> devices = probeEglDevices();
    ASSERT_FALSE(devices.empty());
    EXPECT_FALSE(devices.back().index) << "the surfaceless platform is no device of the list";
    int usable = 0;
    for (std::size_t i = 0; i + 1 < devices.size(); ++i) {
        ASSERT_EQ(devices[i].index, static_cast<int>(i));
        const auto context = GlContext::createHeadless({.eglDevice = devices[i].index});
        ASSERT_EQ(context.has_value(), devices[i].device.has_value());
        if (!context) continue;
        ++usable;
        EXPECT_EQ(context->device().platform, devices[i].name);
        EXPECT_EQ(context->device().renderer, devices[i].device->renderer);
    }
    EXPECT_GT(usable, 0);
}

TEST(GlContext, RequiringAGraphicsCardRefusesTheProcessorByName) {
    bool hasCard = false;
    std::string found;
    for (const EglDevice& device : probeEglDevices()) {
        hasCard = hasCard || (device.device && !device.device->software);
        if (device.device) found = device.device->renderer;
    }
    const auto context = GlContext::createHeadless({.requireGpu = true});
    ASSERT_EQ(context.has_value(), hasCard);
    if (context) {
        EXPECT_FALSE(context->device().software);
        return;
    }
    EXPECT_EQ(context.error().code, ExitCode::noOpenGl);
    const std::string& message = context.error().message;
    EXPECT_EQ(message.find(
                  "--require-gpu: no graphics card with OpenGL 4.5 core was found; tried:\n  EGL device 0: "),
              0u)
        << message;
    EXPECT_NE(message.find(found + ", software"), std::string::npos) << message;
}

TEST(GlContext, CanBeMadeAgainAfterItIsGone) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(GlContext::createHeadless());
}

TEST(Shader, FaultsNameFileAndReason) {
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context);
    const auto missing = loadProgram({"none.comp"});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("shaders/none.comp: cannot be read"), std::string::npos);
    const auto broken = loadProgram({"dots/small.comp"}, "#define kSmallSigma oops oops\n");
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().message.find("shaders/dots/small.comp: does not compile"), std::string::npos);
}

TEST(GlObject, MovesAndFrees) {
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context);
    GLuint name = 0;
    {
        GlBuffer first = makeEmptyBuffer("test", 16);
        name = first.name();
        const GlBuffer second = std::move(first);
        EXPECT_EQ(second.name(), name);
        EXPECT_TRUE(glIsBuffer(name));
    }
    EXPECT_FALSE(glIsBuffer(name));
}

}  // namespace
}  // namespace stubble
