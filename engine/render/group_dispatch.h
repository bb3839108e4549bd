#pragma once
// Runs a splatting program over the groups that may be seen.

#include <glad/gl.h>

#include <span>

#include "engine/gpu/objects.h"

namespace stubble {

/// Use on the thread that owns the context.
class GroupDispatch {
  public:
    /// One work group of the current program for each; it finds the group's index in the buffer at binding 6.
    void dispatch(std::span<const std::uint32_t> groups) {
        if (groups.empty()) return;
        if (groups.size() > room_) {
            room_ = groups.size();
            list_ = makeEmptyBuffer("visible groups", room_ * sizeof(std::uint32_t), GL_DYNAMIC_STORAGE_BIT);
        }
        glNamedBufferSubData(list_.name(), 0, static_cast<GLsizeiptr>(groups.size_bytes()), groups.data());
        glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
        glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 6, list_.name());
        glDispatchCompute(static_cast<GLuint>(groups.size()), 1, 1);
    }

  private:
    GlBuffer list_;
    std::size_t room_ = 0;
};

}  // namespace stubble
