#include "engine/render/display_pass.h"

#include <array>
#include <string>

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr std::array<GLenum, 3> kFormats = {GL_RGBA8, GL_RGBA16, GL_RGBA32F};
constexpr std::array<std::string_view, 3> kDefines = {"#define STUBBLE_LEVELS 255\n",
                                                      "#define STUBBLE_LEVELS 65535\n", ""};

/// Whether the backdrop of two views is the same, pixel for pixel.
bool showSameBackdrop(const View& a, const View& b) {
    return a.width == b.width && a.height == b.height && a.light.backdropCentre == b.light.backdropCentre &&
           a.light.backdropEdge == b.light.backdropEdge && a.light.exposure == b.light.exposure;
}

glm::ivec4 unionOf(glm::ivec4 a, glm::ivec4 b) {
    const glm::ivec2 low = glm::min(glm::ivec2(a), glm::ivec2(b)),
                     high =
                         glm::max(glm::ivec2(a) + glm::ivec2(a.z, a.w), glm::ivec2(b) + glm::ivec2(b.z, b.w));
    return {low, high - low};
}

}  // namespace

Result<DisplayPass> DisplayPass::create() {
    DisplayPass pass;
    GLuint array = 0;
    glCreateVertexArrays(1, &array);
    pass.empty_ = GlVertexArray(array);
    return pass;
}

Result<GLuint> DisplayPass::draw(const View& view, const Target& target, const GlTexture& sum, int subFrames,
                                 DisplayDepth depth, DisplayTargets& kept) {
    const auto which = static_cast<std::size_t>(depth);
    DisplayTarget& display = kept[which];
    GlProgram& program = programs_[which];
    if (!program) {
        STUBBLE_TRY(program, loadProgram({"post/fullscreen.vert", "post/display.frag"}, kDefines[which]));
    }
    glm::ivec4 region(0, 0, target.size);
    if (!display.view) {
        display.texture = makeTexture("display", kFormats[which], target.size.x, target.size.y);
        display.framebuffer = makeFramebuffer("display", {display.texture.name()}, 0);
    } else if (showSameBackdrop(*display.view, view) && display.target.corner == target.corner) {
        region = unionOf(display.target.box, target.box);
    }
    display.view = view, display.target = target;
    glBindFramebuffer(GL_FRAMEBUFFER, display.framebuffer.name());
    glViewport(0, 0, target.size.x, target.size.y);
    glEnable(GL_SCISSOR_TEST);
    glScissor(region.x, region.y, region.z, region.w);
    glUseProgram(program.name());
    glUniform2f(0, view.light.exposure, static_cast<float>(subFrames));
    glBindTextureUnit(0, sum.name());
    glBindVertexArray(empty_.name());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glDisable(GL_SCISSOR_TEST);
    return display.texture.name();
}

}  // namespace stubble
