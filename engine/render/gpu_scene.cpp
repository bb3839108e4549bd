#include "engine/render/gpu_scene.h"

#include <atomic>

namespace stubble {
namespace {

GlVertexArray makeVertexArray(const GlBuffer& vertices, GLsizei stride, const GlBuffer& indices) {
    GLuint array = 0;
    glCreateVertexArrays(1, &array);
    glVertexArrayVertexBuffer(array, 0, vertices.name(), 0, stride);
    glVertexArrayElementBuffer(array, indices.name());
    return GlVertexArray(array);
}

void addAttribute(const GlVertexArray& array, GLuint location, GLint size, GLenum type, GLuint offset) {
    glEnableVertexArrayAttrib(array.name(), location);
    glVertexArrayAttribFormat(array.name(), location, size, type, type != GL_FLOAT, offset);
    glVertexArrayAttribBinding(array.name(), location, 0);
}

template <typename T>
GlBuffer bufferOf(std::string_view label, const std::vector<T>& data) {
    return makeBuffer(label, std::span<const T>(data));
}

/// Of half floats, four a texel, read linearly.
GlTexture makeMapTexture(std::string_view label, int width, int height, const void* texels) {
    GlTexture texture = makeTexture(label, GL_RGBA16F, width, height);
    glTextureSubImage2D(texture.name(), 0, 0, 0, width, height, GL_RGBA, GL_HALF_FLOAT, texels);
    glTextureParameteri(texture.name(), GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTextureParameteri(texture.name(), GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    return texture;
}

std::uint64_t nextId() {
    static std::atomic<std::uint64_t> made = 0;
    return ++made;
}

}  // namespace

GpuScene::GpuScene(const Scene& scene) : GpuScene(SceneArrays::of(scene)) {}

GpuScene::GpuScene(const SceneArrays& arrays)
    : SceneFigures(arrays),
      id(nextId()),
      dots(bufferOf("dots", arrays.dots)),
      dotLobes(bufferOf("dot lobes", arrays.dotLobes)),
      strands(bufferOf("strands", arrays.strands)),
      dotCount(static_cast<GLuint>(arrays.dotLobes.size())),
      strandCount(static_cast<GLuint>(arrays.strands.size())),
      tails(makeMapTexture("tails", arrays.tails.width, arrays.tails.height, arrays.tails.texels.data())),
      shadowHash(arrays.shadow.hash()),
      shadowIndexCount(static_cast<GLsizei>(3 * arrays.shadow.triangles.size())),
      vertices_(bufferOf("head vertices", arrays.vertices)),
      indices_(bufferOf("head indices", arrays.triangles)),
      shadowVertices_(bufferOf("shadow vertices", arrays.shadow.positionsMm)),
      shadowIndices_(bufferOf("shadow indices", arrays.shadow.triangles)) {
    mesh = makeVertexArray(vertices_, sizeof(SkinVertex), indices_);
    addAttribute(mesh, 0, 3, GL_FLOAT, offsetof(SkinVertex, positionMm));
    addAttribute(mesh, 1, 4, GL_SHORT, offsetof(SkinVertex, normalOpenness));
    addAttribute(mesh, 2, 4, GL_UNSIGNED_BYTE, offsetof(SkinVertex, tint));
    addAttribute(mesh, 3, 4, GL_BYTE, offsetof(SkinVertex, hairDirection));
    addAttribute(mesh, 4, 1, GL_FLOAT, offsetof(SkinVertex, hairLayers));
    shadowMesh = makeVertexArray(shadowVertices_, sizeof(glm::vec3), shadowIndices_);
    addAttribute(shadowMesh, 0, 3, GL_FLOAT, 0);
    if (const auto& field = arrays.scars)
        scars = ScarMap{makeMapTexture("scars", field->size.x, field->size.y, field->halves.data()),
                        field->window};
}

}  // namespace stubble
