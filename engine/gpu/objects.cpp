#include "engine/gpu/objects.h"

#include <vector>

namespace stubble {

GlBuffer makeEmptyBuffer(std::string_view label, std::size_t bytes, GLbitfield flags) {
    GLuint name = 0;
    glCreateBuffers(1, &name);
    glNamedBufferStorage(name, static_cast<GLsizeiptr>(bytes), nullptr, flags);
    glObjectLabel(GL_BUFFER, name, static_cast<GLsizei>(label.size()), label.data());
    return GlBuffer(name);
}

GlTexture makeTexture(std::string_view label, GLenum format, int width, int height, int levels) {
    GLuint name = 0;
    glCreateTextures(GL_TEXTURE_2D, 1, &name);
    glTextureStorage2D(name, levels, format, width, height);
    glTextureParameteri(name, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTextureParameteri(name, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTextureParameteri(name, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTextureParameteri(name, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glObjectLabel(GL_TEXTURE, name, static_cast<GLsizei>(label.size()), label.data());
    return GlTexture(name);
}

GlFramebuffer makeFramebuffer(std::string_view label, std::initializer_list<GLuint> colours, GLuint depth) {
    GLuint name = 0;
    glCreateFramebuffers(1, &name);
    std::vector<GLenum> drawBuffers;
    for (const GLuint colour : colours) {
        const GLenum attachment = GL_COLOR_ATTACHMENT0 + static_cast<GLenum>(drawBuffers.size());
        glNamedFramebufferTexture(name, attachment, colour, 0);
        drawBuffers.push_back(attachment);
    }
    if (depth) glNamedFramebufferTexture(name, GL_DEPTH_ATTACHMENT, depth, 0);
    if (drawBuffers.empty())
        glNamedFramebufferDrawBuffer(name, GL_NONE);
    else
        glNamedFramebufferDrawBuffers(name, static_cast<GLsizei>(drawBuffers.size()), drawBuffers.data());
    glObjectLabel(GL_FRAMEBUFFER, name, static_cast<GLsizei>(label.size()), label.data());
    return GlFramebuffer(name);
}

}  // namespace stubble
