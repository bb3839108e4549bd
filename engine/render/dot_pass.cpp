#include "engine/render/dot_pass.h"

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr int kCell = 4;                 // as in shaders/dots/splat.comp
constexpr std::int64_t kLossBytes = 16;  // of a pixel's four sums, shaders/dots/splat.comp

void clearToZero(const GlBuffer& buffer) {
    glClearNamedBufferData(buffer.name(), GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT, nullptr);
}

}  // namespace

Result<DotPass> DotPass::create() {
    DotPass pass;
    STUBBLE_TRY(pass.splat_, loadProgram({"dots/splat.comp"}));
    return pass;
}

std::int64_t DotPass::maxPixels() {
    GLint64 storageBytes = 0;
    glGetInteger64v(GL_MAX_SHADER_STORAGE_BLOCK_SIZE, &storageBytes);
    return storageBytes / kLossBytes;
}

void DotPass::resize(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width, height_ = height;
    const auto cells = [](int size) { return static_cast<std::size_t>((size + kCell - 1) / kCell); };
    fineLoss_ = makeEmptyBuffer(
        "fine loss", static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * kLossBytes);
    coarseLoss_ = makeEmptyBuffer("coarse loss", cells(width) * cells(height) * 12);
}

void DotPass::draw(const GpuScene& scene, GLuint depthMmMap, int width, int height) {
    resize(width, height);
    // The last sub-frame still reads these sums: llvmpipe 22 clears them under its hands unless told to
    // finish first.
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
    clearToZero(fineLoss_);
    clearToZero(coarseLoss_);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT | GL_TEXTURE_FETCH_BARRIER_BIT);
    glUseProgram(splat_.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, scene.splats.name());
    bindSums();
    glBindTextureUnit(2, depthMmMap);
    glUniform1ui(0, scene.splatCount);
    glDispatchCompute((scene.splatCount + 63) / 64, 1, 1);
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
}

void DotPass::bindSums() const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, fineLoss_.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 3, coarseLoss_.name());
}

}  // namespace stubble
