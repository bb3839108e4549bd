#include "engine/render/skin_pass.h"

#include <string>

#include "engine/gpu/shader.h"
#include "engine/render/relief.h"
#include "engine/render/surface_pass.h"

namespace stubble {
namespace {

void bindTextures(std::initializer_list<GLuint> textures) {
    GLuint unit = 0;
    for (const GLuint texture : textures) glBindTextureUnit(unit++, texture);
}

}  // namespace

Result<SkinPass> SkinPass::create() {
    SkinPass pass;
    STUBBLE_TRY(pass.halfMask_, loadProgram({"post/fullscreen.vert", "skin/half_mask.frag"}));
    STUBBLE_TRY(pass.light_, loadProgram({"post/fullscreen.vert", "skin/light.frag"}));
    STUBBLE_TRY(pass.scatter_, loadProgram({"post/fullscreen.vert", "skin/scatter.frag"}));
    STUBBLE_TRY(pass.overBackdrop_, loadProgram({"post/fullscreen.vert", "hair/over_backdrop.frag"}));
    GLuint array = 0;
    glCreateVertexArrays(1, &array);
    pass.empty_ = GlVertexArray(array);
    return pass;
}

Result<void> SkinPass::prepare(const GpuScene& scene, float nearestPixelMm) {
    constexpr float kReliefSeenMm = 0.18f;  // width of a pixel below which plateaus of 0.5 mm show
    features_ = (nearestPixelMm < kReliefSeenMm ? kRelief : 0) | (scene.scars ? kScars : 0);
    if ((features_ & kRelief) && !relief_) relief_ = makeRelief();
    if (resolve_[features_]) return {};
    const std::string scars = features_ & kScars ? "#define STUBBLE_SCARS\n" : "";
    const std::string bare = "#define STUBBLE_BARE\n";
    const std::string kind =
        features_ & kRelief ? "#define STUBBLE_RELIEF\n" + scars : "#define STUBBLE_FAR\n";
    STUBBLE_TRY(resolve_[features_], loadProgram({"post/fullscreen.vert", "skin/resolve.frag"}, kind));
    STUBBLE_TRY(resolveBare_[features_],
                loadProgram({"post/fullscreen.vert", "skin/resolve.frag"}, kind + bare));
    if (!(features_ & kRelief)) {
        STUBBLE_TRY(shade_[features_], loadProgram({"post/fullscreen.vert", "skin/shade.frag"}, scars));
    }
    return {};
}

void SkinPass::fullscreen(const GlProgram& program, const GlFramebuffer& target) const {
    glBindFramebuffer(GL_FRAMEBUFFER, target.name());
    glUseProgram(program.name());
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

void SkinPass::bindScars(const GlProgram& program, const GpuScene& scene) {
    if (!scene.scars) return;
    DotPass::bindTailMap(program, scene);
    glBindTextureUnit(9, scene.scars->texture.name());
    glProgramUniform4fv(program.name(), 7, 1, &scene.scars->window[0]);
    glProgramUniform3fv(program.name(), 8, 1, &scene.paleAlbedo[0]);
}

void SkinPass::draw(const GpuScene& scene, const shared::FrameBlock& frame, const Inputs& inputs, bool first,
                    const std::function<void(std::string_view)>& begins) const {
    const FrameTargets& t = inputs.targets;
    const SurfaceMaps& surface = t.surface;
    const glm::ivec4 box = frame.box;
    glBindVertexArray(empty_.name());
    glViewport(0, 0, t.halfWidth, t.halfHeight);
    const int left = box.x / 2, bottom = box.y / 2;
    glScissor(left, bottom, (box.x + box.z + 1) / 2 - left, (box.y + box.w + 1) / 2 - bottom);
    bindTextures({surface.normalOpenness.name(), surface.tint.name(), surface.depthMm.name(),
                  inputs.shadowMap, surface.lampsThrough.name()});
    begins("light");
    // Where a half-size pixel has no skin its depth is 0, and no pass looks at it.
    constexpr std::array<float, 4> kNoSkin = {0, 0, 0, 0};
    constexpr GLint kUnmarked = 0;
    // All of them, not the head's box alone: the blur looks beyond it.
    glDisable(GL_SCISSOR_TEST);
    for (const GlFramebuffer* target : {&t.light, &t.shade})
        glClearNamedFramebufferfv(target->name(), GL_COLOR, 0, kNoSkin.data());
    glClearNamedFramebufferiv(t.mask.name(), GL_STENCIL, 0, &kUnmarked);
    glEnable(GL_SCISSOR_TEST);
    glEnable(GL_STENCIL_TEST);
    glStencilFunc(GL_ALWAYS, 1, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    fullscreen(halfMask_, t.mask);
    glStencilFunc(GL_EQUAL, 1, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    fullscreen(light_, t.light);
    begins("scatter");
    for (std::size_t axis = 0; axis < 2; ++axis) {
        glBindTextureUnit(0, t.irradiance[axis].name());
        glProgramUniform1i(scatter_.name(), 0, static_cast<GLint>(axis));
        fullscreen(scatter_, t.scatter[axis]);
    }
    bindTextures({t.irradiance[0].name(), surface.tint.name(), surface.normalOpenness.name(), 0,
                  surface.depthMm.name(), t.lit.name(), relief_.name(), inputs.mottling});
    if (!(features_ & kRelief)) {
        begins("shade");
        bindScars(shade_[features_], scene);
        fullscreen(shade_[features_], t.shade);
        bindTextures({t.irradiance[1].name(), 0, 0, 0, surface.depthMm.name(), t.shine.name()});
    }
    glViewport(0, 0, t.width, t.height);
    glScissor(box.x, box.y, box.z, box.w);
    begins("resolve");
    // Skin with dots, skin without and what is no skin are all of the box: the first sub-frame needs no
    // cleared sum.
    if (!first) glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE);
    resolve(scene, inputs);
    begins("hair over the rim");
    glStencilFunc(GL_EQUAL, 0, 0xff);
    fullscreen(overBackdrop_, t.resolve);
    glDisable(GL_BLEND);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
}

void SkinPass::resolve(const GpuScene& scene, const Inputs& inputs) const {
    inputs.hair.bindSums();
    for (const bool bare : {false, true}) {
        const GlProgram& program = bare ? resolveBare_[features_] : resolve_[features_];
        if (!bare) inputs.dots.bindSums(program, scene);
        if (features_ & kRelief) bindScars(program, scene);
        glStencilFunc(GL_EQUAL, bare ? kBareStencil : kDottedStencil, 0xff);
        fullscreen(program, inputs.targets.resolve);
    }
}

}  // namespace stubble
