#include "engine/render/shadow_pass.h"

#include "engine/gpu/shader.h"
#include "engine/render/frame_block.h"

namespace stubble {
namespace {

constexpr int kSize = 1024;

}  // namespace

Result<ShadowPass> ShadowPass::create() {
    ShadowPass pass;
    STUBBLE_TRY(pass.program_, loadProgram({"skin/shadow.vert", "skin/shadow.frag"}));
    GLuint name = 0;
    glCreateTextures(GL_TEXTURE_2D_ARRAY, 1, &name);
    pass.map_ = GlTexture(name);
    glTextureStorage3D(name, 1, GL_DEPTH_COMPONENT32F, kSize, kSize, STUBBLE_MAX_LIGHTS);
    glTextureParameteri(name, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTextureParameteri(name, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    for (std::size_t i = 0; i < pass.layers_.size(); ++i) {
        pass.layers_[i] = makeFramebuffer("shadow", {}, 0);
        glNamedFramebufferTextureLayer(pass.layers_[i].name(), GL_DEPTH_ATTACHMENT, name, 0,
                                       static_cast<GLint>(i));
    }
    return pass;
}

void ShadowPass::draw(const GpuScene& scene, const shared::FrameBlock& frame) {
    const bool otherScene = caster_ != scene.shadowHash;
    caster_ = scene.shadowHash;
    glViewport(0, 0, kSize, kSize);
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_STENCIL_TEST);
    glEnable(GL_POLYGON_OFFSET_FILL);
    glPolygonOffset(1.5f, 2.0f);
    glEnable(GL_CULL_FACE);  // what faces the light casts the shadow
    glUseProgram(program_.name());
    glBindVertexArray(scene.shadowMesh.name());
    for (int i = 0; i < frame.size.z; ++i) {
        const auto layer = static_cast<std::size_t>(i);
        const glm::mat4 clip = shadowClipFromWorld(scene, glm::vec3(frame.lights[i].towards));
        if (!otherScene && clip == drawn_[layer]) continue;
        drawn_[layer] = clip;
        glBindFramebuffer(GL_FRAMEBUFFER, layers_[layer].name());
        glClear(GL_DEPTH_BUFFER_BIT);
        glUniformMatrix4fv(0, 1, GL_FALSE, &clip[0][0]);
        glDrawElements(GL_TRIANGLES, scene.shadowIndexCount, GL_UNSIGNED_INT, nullptr);
    }
    if (otherScene)
        for (std::size_t i = static_cast<std::size_t>(frame.size.z); i < drawn_.size(); ++i)
            drawn_[i] = glm::mat4(0);
    glDisable(GL_POLYGON_OFFSET_FILL);
    glDisable(GL_CULL_FACE);
}

}  // namespace stubble
