#pragma once
// Move-only owners of OpenGL objects. All need a current context for their whole life.

#include <glad/gl.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace stubble {

/// Owns a GL name; `Traits::destroy(name)` frees it.
template <typename Traits>
class GlObject {
  public:
    GlObject() = default;
    explicit GlObject(GLuint name) : name_(name) {}
    ~GlObject() { reset(); }
    GlObject(GlObject&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
    GlObject& operator=(GlObject&& other) noexcept {
        if (this != &other) {
            reset();
            name_ = std::exchange(other.name_, 0);
        }
        return *this;
    }
    [[nodiscard]] GLuint name() const { return name_; }
    explicit operator bool() const { return name_ != 0; }

  private:
    void reset() {
        if (name_) Traits::destroy(std::exchange(name_, 0));
    }
    GLuint name_ = 0;
};

struct BufferTraits {
    static void destroy(GLuint name) { glDeleteBuffers(1, &name); }
};
struct TextureTraits {
    static void destroy(GLuint name) { glDeleteTextures(1, &name); }
};
struct FramebufferTraits {
    static void destroy(GLuint name) { glDeleteFramebuffers(1, &name); }
};
struct VertexArrayTraits {
    static void destroy(GLuint name) { glDeleteVertexArrays(1, &name); }
};
struct ProgramTraits {
    static void destroy(GLuint name) { glDeleteProgram(name); }
};
struct ShaderTraits {
    static void destroy(GLuint name) { glDeleteShader(name); }
};

using GlBuffer = GlObject<BufferTraits>;
using GlTexture = GlObject<TextureTraits>;
using GlFramebuffer = GlObject<FramebufferTraits>;
using GlVertexArray = GlObject<VertexArrayTraits>;
using GlProgram = GlObject<ProgramTraits>;
using GlShader = GlObject<ShaderTraits>;

/// Immutable storage, filled now.
template <typename T>
GlBuffer makeBuffer(std::string_view label, std::span<const T> data, GLbitfield flags = 0) {
    GLuint name = 0;
    glCreateBuffers(1, &name);
    // A buffer of size 0 is an error in GL; an empty array still needs something to bind.
    const std::size_t bytes = data.size_bytes() > 0 ? data.size_bytes() : sizeof(T);
    glNamedBufferStorage(name, static_cast<GLsizeiptr>(bytes), data.empty() ? nullptr : data.data(), flags);
    glObjectLabel(GL_BUFFER, name, static_cast<GLsizei>(label.size()), label.data());
    return GlBuffer(name);
}

/// Immutable storage, uninitialised.
GlBuffer makeEmptyBuffer(std::string_view label, std::size_t bytes, GLbitfield flags = 0);

/// One-level 2D texture; nearest filtering, clamped to its edge.
GlTexture makeTexture(std::string_view label, GLenum format, int width, int height, int levels = 1);

/// Attaches colour textures 0, 1, … and depth (0: none).
GlFramebuffer makeFramebuffer(std::string_view label, std::initializer_list<GLuint> colours, GLuint depth);

}  // namespace stubble
