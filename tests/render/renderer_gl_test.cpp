#include "engine/render/renderer.h"

#include <glad/gl.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "engine/gpu/context.h"
#include "engine/gpu/shader.h"
#include "engine/render/shared_structs.h"
#include "tests/render/patch_scene.h"

namespace stubble {
namespace {

class RendererGLTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto context = GlContext::createHeadless();
        ASSERT_TRUE(context) << context.error().message;
        context_.emplace(*std::move(context));
    }
    static View patchView(int samples) {
        View view;
        view.camera = patchCamera(12, 160, 35);
        view.light = *namedLight("studio");
        view.width = 240, view.height = 160;
        view.samples = samples;
        return view;
    }
    std::optional<GlContext> context_;
};

/// Offset of a member of the uniform block "Frame" as the driver lays it out, or −1.
GLint uniformOffset(GLuint program, const char* name) {
    const GLuint index = glGetProgramResourceIndex(program, GL_UNIFORM, name);
    if (index == GL_INVALID_INDEX) return -1;
    const GLenum property = GL_OFFSET;
    GLint offset = -1;
    glGetProgramResourceiv(program, GL_UNIFORM, index, 1, &property, 1, nullptr, &offset);
    return offset;
}

TEST_F(RendererGLTest, FrameBlockIsLaidOutAlikeInCppAndGlsl) {
    const auto program = loadProgram({"post/fullscreen.vert", "skin/light.frag"});
    ASSERT_TRUE(program) << program.error().message;
    const GLuint block = glGetProgramResourceIndex(program->name(), GL_UNIFORM_BLOCK, "Frame");
    const GLenum property = GL_BUFFER_DATA_SIZE;
    GLint size = 0;
    glGetProgramResourceiv(program->name(), GL_UNIFORM_BLOCK, block, 1, &property, 1, nullptr, &size);
    EXPECT_EQ(size, static_cast<GLint>(sizeof(shared::FrameBlock)));
    using shared::FrameBlock, shared::LightBlock;
    EXPECT_EQ(uniformOffset(program->name(), "frame.eyeMm"), static_cast<GLint>(offsetof(FrameBlock, eyeMm)));
    EXPECT_EQ(uniformOffset(program->name(), "frame.skinAlbedo"),
              static_cast<GLint>(offsetof(FrameBlock, skinAlbedo)));
    EXPECT_EQ(uniformOffset(program->name(), "frame.lights[1].irradiance"),
              static_cast<GLint>(offsetof(FrameBlock, lights) + sizeof(LightBlock) +
                                 offsetof(LightBlock, irradiance)));
}

TEST_F(RendererGLTest, DotsAndStrandsAreLaidOutAlikeInCppAndGlsl) {
    const auto dot = loadProgram({"dots/small.comp"}), strand = loadProgram({"hair/strand.comp"});
    ASSERT_TRUE(dot) << dot.error().message;
    ASSERT_TRUE(strand) << strand.error().message;
    const auto property = [&](const GlProgram& program, const char* name, GLenum what) {
        const GLuint index = glGetProgramResourceIndex(program.name(), GL_BUFFER_VARIABLE, name);
        EXPECT_NE(index, GL_INVALID_INDEX) << name;
        GLint value = -1;
        glGetProgramResourceiv(program.name(), GL_BUFFER_VARIABLE, index, 1, &what, 1, nullptr, &value);
        return value;
    };
    const auto wide = loadProgram({"dots/wide.comp"}, "#define STUBBLE_COARSE 0\n");
    ASSERT_TRUE(wide) << wide.error().message;
    using shared::Dot, shared::DotLobes, shared::Strand;
    EXPECT_EQ(property(*dot, "dots[0].merged", GL_OFFSET), static_cast<GLint>(offsetof(Dot, merged)));
    EXPECT_EQ(property(*dot, "dots[0].xyMm", GL_TOP_LEVEL_ARRAY_STRIDE), static_cast<GLint>(sizeof(Dot)));
    EXPECT_EQ(property(*wide, "dotLobes[0].gaussians[0]", GL_ARRAY_STRIDE),
              static_cast<GLint>(sizeof(glm::uvec2)));
    EXPECT_EQ(property(*wide, "dotLobes[0].gaussians[0]", GL_TOP_LEVEL_ARRAY_STRIDE),
              static_cast<GLint>(sizeof(DotLobes)));
    EXPECT_EQ(property(*strand, "strands[0].shape", GL_OFFSET), static_cast<GLint>(offsetof(Strand, shape)));
    EXPECT_EQ(property(*strand, "strands[0].upper", GL_OFFSET), static_cast<GLint>(offsetof(Strand, upper)));
    EXPECT_EQ(property(*strand, "strands[0].shape", GL_TOP_LEVEL_ARRAY_STRIDE),
              static_cast<GLint>(sizeof(Strand)));
}

TEST_F(RendererGLTest, SameFrameSameBytesForAnyRunRendererAndThreadCount) {
    const Scene scene = patchScene(30, 200, 0.14f, 0.15f);
    const GpuScene gpuScene(scene);
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer);
    const auto first = renderer->render(gpuScene, patchView(4));
    ASSERT_TRUE(first);
    for (int run = 0; run < 19; ++run) {
        const auto again = renderer->render(gpuScene, patchView(4));
        ASSERT_TRUE(again);
        ASSERT_EQ(first->pixels, again->pixels) << "run " << run;
    }
    const tbb::global_control oneThread(tbb::global_control::max_allowed_parallelism, 1);
    auto other = Renderer::create();
    const GpuScene otherScene(scene);
    const auto elsewhere = other->render(otherScene, patchView(4));
    ASSERT_TRUE(elsewhere);
    EXPECT_EQ(first->pixels, elsewhere->pixels);
}

TEST_F(RendererGLTest, DotsOnTheFarSideStayHidden) {
    Scene scene = patchScene(30, 100, 0.3f, 0.12f);
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer);
    View view = patchView(1);
    Scene bare = scene;
    bare.impressions = {};
    const auto without = renderer->render(GpuScene(bare), view);
    for (glm::vec3& normal : scene.impressions.normals) normal = -normal;
    const auto turned = renderer->render(GpuScene(scene), view);
    EXPECT_EQ(without->pixels, turned->pixels);
    for (glm::vec3& normal : scene.impressions.normals) normal = -normal;
    for (glm::vec3& position : scene.impressions.positionsMm) position.z -= 12;  // 12 mm behind the skin
    const auto behind = renderer->render(GpuScene(scene), view);
    EXPECT_EQ(without->pixels, behind->pixels);
}

TEST_F(RendererGLTest, ScatteringKeepsEnergyOnAnEvenPatch) {
    // Under an even sky an unshadowed white patch gives back its albedo times the sky, shine aside.
    GpuScene gpuScene(patchScene(60, 1e-3f, 0.1f, 0.15f));
    gpuScene.skinAlbedo = glm::vec3(0.5f);
    auto renderer = Renderer::create();
    View view = patchView(1);
    view.camera = patchCamera(8, 160, 0);
    view.light = LightRig{};
    view.light.sky = view.light.side = view.light.ground = glm::vec3(1);
    ASSERT_TRUE(renderer->render(gpuScene, view));
    const glm::vec3 middle = renderer->linearImage()->at(120, 80);
    // Diffuse 0.5 plus half of what the surface reflects, uneven blood within 8 %.
    for (int k = 0; k < 3; ++k) {
        EXPECT_GE(middle[k], 0.47f);
        EXPECT_LE(middle[k], 0.55f);
    }
}

TEST_F(RendererGLTest, LightFromTheCameraLeavesNoSpecks) {
    // Where half-way vector and view coincide, a cosine rounds past one: no pixel may turn black or not
    // finite by that.
    Scene scene = patchScene(60, 1e-3f, 0.1f, 0.15f);
    const GpuScene gpuScene(scene);
    auto renderer = Renderer::create();
    View view = patchView(4);
    view.light = LightRig{};
    view.light.lights = {{0, 0, 2, glm::vec3(0.8f)}};
    for (const float tilt : {0.0f, 7.0f, 20.0f, 33.0f}) {
        view.camera = patchCamera(8, view.height, tilt);
        ASSERT_TRUE(renderer->render(gpuScene, view));
        const ImageLinear image = *renderer->linearImage();
        for (int y = 10; y < view.height - 10; ++y)
            for (int x = 10; x < view.width - 10; ++x)
                ASSERT_GT(image.at(x, y).g, 0.2f) << tilt << ": " << x << ", " << y;
    }
}

TEST_F(RendererGLTest, RefusesImpossibleSizes) {
    auto renderer = Renderer::create();
    const GpuScene scene(patchScene(10, 100, 0.1f, 0.15f));
    View view = patchView(1);
    view.width = 0;
    EXPECT_EQ(renderer->render(scene, view).error().code, ExitCode::usage);
    view.width = view.height = 16384;
    view.camera.eyeMm = {0, 0, 20};  // the patch fills the picture
    const std::int64_t most = Renderer::maxCoveredPixels();
    if (most < std::int64_t{16384} * 16384) {
        EXPECT_EQ(
            renderer->start(scene, view).error().message,
            "picture of 16384 x 16384 pixels: the head covers 16384 x 16384, this graphics driver takes at "
            "most " +
                std::to_string(most) + " pixels at once");
    }
    view.width = view.height = 100;
    EXPECT_EQ(renderer->start(scene, view, {50, 0, 51, 100}).error().message,
              "tile of 51 x 100 pixels at 50, 0: not in a picture of 100 x 100");
}

}  // namespace
}  // namespace stubble
