#include "engine/gpu/context.h"

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

TEST(GlContext, RefusesADeviceThatIsNotThere) {
    const auto context = GlContext::createHeadless({.eglDevice = 999});
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, ExitCode::usage);
    EXPECT_EQ(context.error().message.find("--egl-device 999: EGL lists "), 0u);
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
