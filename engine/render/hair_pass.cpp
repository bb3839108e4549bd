#include "engine/render/hair_pass.h"

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr std::int64_t kPixelBytes = 4 * STUBBLE_HAIR_WORDS;
constexpr GLuint kGroup = 64;  // as in shaders/hair/strand.comp

}  // namespace

Result<HairPass> HairPass::create() {
    HairPass pass;
    STUBBLE_TRY(pass.program_, loadProgram({"hair/strand.comp"}));
    return pass;
}

std::int64_t HairPass::maxPixels() {
    GLint64 storageBytes = 0;
    glGetInteger64v(GL_MAX_SHADER_STORAGE_BLOCK_SIZE, &storageBytes);
    return storageBytes / kPixelBytes;
}

void HairPass::draw(const GpuScene& scene, const shared::FrameBlock& frame, GLuint depthMmMap,
                    GLuint shadowMap) {
    if (frame.size.x != width_ || frame.size.y != height_) {
        width_ = frame.size.x, height_ = frame.size.y;
        sums_ = makeEmptyBuffer(
            "hair sums", static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * kPixelBytes);
    }
    // As for the dots' sums: llvmpipe 22 clears them under the last sub-frame's hands otherwise.
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
    glClearNamedBufferData(sums_.name(), GL_R32I, GL_RED_INTEGER, GL_INT, nullptr);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT | GL_TEXTURE_FETCH_BARRIER_BIT);
    bindSums();
    glBindTextureUnit(2, depthMmMap);
    glBindTextureUnit(3, shadowMap);
    if (scene.strandCount > 0) {
        glUseProgram(program_.name());
        glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, scene.strands.name());
        glUniform1ui(0, scene.strandCount);
        glDispatchCompute((scene.strandCount + kGroup - 1) / kGroup, 1, 1);
    }
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
}

void HairPass::bindSums() const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 5, sums_.name());
}

}  // namespace stubble
