#include "engine/render/hair_pass.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr std::int64_t kPixelBytes = 4 * STUBBLE_HAIR_WORDS;

std::size_t bytesOf(const shared::FrameBlock& frame) {
    return static_cast<std::size_t>(std::max(frame.box.z * frame.box.w, 1)) * kPixelBytes;
}

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
                    GLuint shadowMap, int stride) {
    frame_ = frame;
    const std::size_t bytes = bytesOf(frame);
    if (bytes > room_) {
        room_ = bytes;
        sums_ = makeEmptyBuffer("hair sums", room_);
    }
    // As for the dots' sums: llvmpipe 22 clears them under the last sub-frame's hands otherwise.
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_BUFFER_UPDATE_BARRIER_BIT);
    glClearNamedBufferSubData(sums_.name(), GL_R32I, 0, static_cast<GLsizeiptr>(bytes), GL_RED_INTEGER,
                              GL_INT, nullptr);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT | GL_TEXTURE_FETCH_BARRIER_BIT);
    bindSums();
    glBindTextureUnit(2, depthMmMap);
    glBindTextureUnit(3, shadowMap);
    if (scene.strandCount > 0) {
        glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, scene.strands.name());
        // What rises over the rim of a skull does so by its length.
        constexpr float kRimRadiusMm = 70, kRounding = 0.03f;
        const float leastFacing = -kRounding - std::sqrt(2 * scene.longestHairMm / kRimRadiusMm);
        glProgramUniform1f(program_.name(), 1, leastFacing);
        constexpr float kMarginPixels = 8;
        groups_.dispatch(program_,
                         visibleGroups(scene.strandGroups,
                                       GroupCuller(frame, scene.longestHairMm, kMarginPixels, leastFacing)),
                         scene.strandCount, static_cast<GLuint>(stride),
                         static_cast<GLuint>(frame.size.w % stride));
    }
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
}

Image<float> HairPass::coverage() const {
    const glm::ivec4 box = frame_.box;
    Image<float> image(frame_.size.x, frame_.size.y);
    std::vector<std::int32_t> words(bytesOf(frame_) / sizeof(std::int32_t));
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    glGetNamedBufferSubData(sums_.name(), 0, static_cast<GLsizeiptr>(4 * words.size()), words.data());
    std::size_t word = 0;
    for (int y = 0; y < box.w; ++y)
        for (int x = 0; x < box.z; ++x, word += STUBBLE_HAIR_WORDS)
            image.at(box.x + x, frame_.size.y - 1 - box.y - y) =
                1 - std::exp(-static_cast<float>(words[word]) / static_cast<float>(STUBBLE_HAIR_SCALE));
    return image;
}

void HairPass::bindSums() const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 5, sums_.name());
}

}  // namespace stubble
