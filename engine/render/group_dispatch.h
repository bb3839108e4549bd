#pragma once
// Runs a splatting program over the groups that may be seen.

#include <glad/gl.h>

#include <span>

#include "engine/gpu/objects.h"

namespace stubble {

/// Use on the thread that owns the context.
class GroupDispatch {
  public:
    /// Runs `program` for every `stride`-th of the records in `groups`, from number `phase` below it on
    /// (shaders/common/splat_groups.glsl). `records`: how many there are in all.
    void dispatch(const GlProgram& program, std::span<const std::uint32_t> groups, GLuint records,
                  GLuint stride = 1, GLuint phase = 0) {
        if (groups.empty()) return;
        if (groups.size() > room_) {
            room_ = groups.size();
            list_ = makeEmptyBuffer("visible groups", room_ * sizeof(std::uint32_t), GL_DYNAMIC_STORAGE_BIT);
        }
        glNamedBufferSubData(list_.name(), 0, static_cast<GLsizeiptr>(groups.size_bytes()), groups.data());
        glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
        const auto count = static_cast<GLuint>(groups.size());
        glUseProgram(program.name());
        glProgramUniform4ui(program.name(), 10, records, count, stride, phase);
        glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 6, list_.name());
        glDispatchCompute((count + stride - 1) / stride, 1, 1);
    }

  private:
    GlBuffer list_;
    std::size_t room_ = 0;
};

}  // namespace stubble
