#include "engine/render/dot_pass.h"

#include <algorithm>
#include <array>

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr std::int64_t kLossBytes = 4 * STUBBLE_LOSS_WORDS;

void clearToZero(const GlBuffer& buffer, std::size_t bytes) {
    glClearNamedBufferSubData(buffer.name(), GL_R32I, 0, static_cast<GLsizeiptr>(bytes), GL_RED_INTEGER,
                              GL_INT, nullptr);
}

std::size_t area(int width, int height) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

int cells(int pixels) {
    return (pixels + STUBBLE_COARSE_CELL - 1) / STUBBLE_COARSE_CELL;
}

/// Distance from the eye to the scene's box, mm.
float nearestMm(const GpuScene& scene, glm::vec3 eyeMm) {
    return glm::distance(eyeMm, glm::clamp(eyeMm, scene.boundsMinMm, scene.boundsMaxMm));
}

}  // namespace

Result<DotPass> DotPass::create() {
    DotPass pass;
    STUBBLE_TRY(pass.small_, loadProgram({"dots/small.comp"}));
    STUBBLE_TRY(pass.wide_[0], loadProgram({"dots/wide.comp"}, "#define STUBBLE_COARSE 0\n"));
    STUBBLE_TRY(pass.wide_[1], loadProgram({"dots/wide.comp"}, "#define STUBBLE_COARSE 1\n"));
    STUBBLE_TRY(pass.refine_, loadProgram({"dots/refine.comp"}));
    return pass;
}

std::int64_t DotPass::maxPixels() {
    GLint64 storageBytes = 0;
    glGetInteger64v(GL_MAX_SHADER_STORAGE_BLOCK_SIZE, &storageBytes);
    return storageBytes / kLossBytes;
}

void DotPass::resize(const shared::FrameBlock& frame) {
    fineBytes_ = std::max(area(frame.box.z, frame.box.w), std::size_t{1}) * kLossBytes;
    if (fineBytes_ > fineRoom_) {
        fineRoom_ = fineBytes_;
        fineLoss_ = makeEmptyBuffer("fine loss", fineRoom_);
    }
    const int width = frame.size.x, height = frame.size.y;
    if (width == width_ && height == height_) return;
    width_ = width, height_ = height;
    coarseBytes_ = area(cells(width), cells(height)) * 12;
    coarseLoss_ = makeEmptyBuffer("coarse loss", coarseBytes_);
    refined_ = makeTexture("refined loss", GL_RGBA16F, 2 * cells(width), 2 * cells(height));
}

void DotPass::draw(const GpuScene& scene, const shared::FrameBlock& frame, GLuint depthMmMap,
                   float mostError) {
    resize(frame);
    // Off the picture's middle a millimetre spans more pixels than focal length over distance, by the ray's
    // length for a depth of one, squared at most.
    const glm::vec2 corner = 0.5f * glm::vec2(frame.tile.z, frame.tile.w) / frame.eyeMm.w;
    const float pixelsPerMm = frame.eyeMm.w * (1 + glm::dot(corner, corner)) /
                              std::max(nearestMm(scene, glm::vec3(frame.eyeMm)), 1.0f);
    hasCoarse_ = scene.widestSigmaMm * pixelsPerMm > STUBBLE_COARSE_FROM_SIGMA;

    // The last sub-frame still reads these sums: llvmpipe 22 clears them under its hands unless told to
    // finish first.
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_BUFFER_UPDATE_BARRIER_BIT);
    clearToZero(fineLoss_, fineBytes_);
    if (hasCoarse_) clearToZero(coarseLoss_, coarseBytes_);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT | GL_TEXTURE_FETCH_BARRIER_BIT);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, fineLoss_.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 3, coarseLoss_.name());
    glBindTextureUnit(2, depthMmMap);
    if (scene.dotCount > 0) drawDots(scene, frame, mostError);
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
    if (!hasCoarse_) return;
    glUseProgram(refine_.name());
    glBindImageTexture(0, refined_.name(), 0, GL_FALSE, 0, GL_WRITE_ONLY, GL_RGBA16F);
    const auto groups = [&](int size) { return static_cast<GLuint>((2 * cells(size) + 7) / 8); };
    glDispatchCompute(groups(width_), groups(height_), 1);
    glMemoryBarrier(GL_TEXTURE_FETCH_BARRIER_BIT);
}

void DotPass::drawDots(const GpuScene& scene, const shared::FrameBlock& frame, float mostError) {
    constexpr std::array<GLuint, 4> kNoneListed = {0, 1, 1, 0};  // as WideDots in shaders/dots/dot.glsl
    if (wideRoom_ < scene.dotCount) {
        wideRoom_ = scene.dotCount;
        wideDots_ = makeEmptyBuffer("wide dots", sizeof kNoneListed + 4 * std::size_t{wideRoom_},
                                    GL_DYNAMIC_STORAGE_BIT);
    }
    glNamedBufferSubData(wideDots_.name(), 0, sizeof kNoneListed, kNoneListed.data());
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 4, wideDots_.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, scene.dots.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 7, scene.dotLobes.name());
    // As small.comp looks for a dot's reach, and as project.glsl hides what is seen edge on.
    constexpr float kReachSigmas = 7, kReachPixels = 8 * STUBBLE_COARSE_CELL + 4, kLeastFacing = 0.03f;
    const GroupCuller culler(frame, kReachSigmas * scene.widestSigmaMm, kReachPixels, kLeastFacing);
    glProgramUniform1ui(small_.name(), 0, scene.dotCount);
    const auto records = static_cast<GLuint>(scene.dotTree.groups.size() * kSplatGroup);
    groups_.dispatch(small_, visibleDotGroups(scene.dotTree, culler, frame, mostError), records);
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_COMMAND_BARRIER_BIT);
    glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, wideDots_.name());
    for (std::size_t coarse = 0; coarse < (hasCoarse_ ? 2 : 1); ++coarse) {
        glUseProgram(wide_[coarse].name());
        glDispatchComputeIndirect(0);
    }
}

void DotPass::bindSums(const GlProgram& resolve, const GpuScene& scene) const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, fineLoss_.name());
    glBindTextureUnit(3, refined_.name());
    glBindTextureUnit(8, scene.tails.name());
    glProgramUniform1i(resolve.name(), 0, hasCoarse_);
    bindTailMap(resolve, scene);
    glProgramUniform4fv(resolve.name(), 5, 1, &scene.tailWindow[0]);
    glProgramUniform3fv(resolve.name(), 6, 1, &scene.reachable[0]);
}

void DotPass::bindTailMap(const GlProgram& program, const GpuScene& scene) {
    const TailMap& map = scene.tailMap;
    glProgramUniformMatrix3fv(program.name(), 1, 1, GL_FALSE, &map.mapFromWorld[0][0]);
    glProgramUniform4f(program.name(), 4, map.centreMm.x, map.centreMm.y, map.centreMm.z, map.radiusMm);
}

}  // namespace stubble
