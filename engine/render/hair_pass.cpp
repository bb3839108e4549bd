#include "engine/render/hair_pass.h"

#include <cmath>
#include <vector>

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
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_BUFFER_UPDATE_BARRIER_BIT);
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

Image<float> HairPass::coverage() const {
    Image<float> image(width_, height_);
    std::vector<std::int32_t> words(image.pixels.size() * STUBBLE_HAIR_WORDS);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    glGetNamedBufferSubData(sums_.name(), 0, static_cast<GLsizeiptr>(4 * words.size()), words.data());
    std::size_t word = 0;
    for (int y = height_ - 1; y >= 0; --y)
        for (int x = 0; x < width_; ++x, word += STUBBLE_HAIR_WORDS)
            image.at(x, y) =
                1 - std::exp(-static_cast<float>(words[word]) / static_cast<float>(STUBBLE_HAIR_SCALE));
    return image;
}

void HairPass::bindSums() const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 5, sums_.name());
}

}  // namespace stubble
