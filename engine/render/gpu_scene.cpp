#include "engine/render/gpu_scene.h"

#include <atomic>
#include <utility>

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
GlTexture makeMapTexture(std::string_view label, int width, int height) {
    GlTexture texture = makeTexture(label, GL_RGBA16F, width, height);
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

GpuScene::GpuScene(const SceneArrays& arrays) {
    update(arrays);
}

void GpuScene::update(const SceneArrays& arrays) {
    static_cast<SceneFigures&>(*this) = arrays;
    id = nextId();
    const auto isNew = [](std::uint64_t& there, const auto& part) {
        return std::exchange(there, part.id()) != part.id();
    };
    const bool newVertices = isNew(uploaded_.vertices, arrays.vertices),
               newTriangles = isNew(uploaded_.triangles, arrays.triangles);
    if (newVertices) vertices_ = bufferOf("head vertices", *arrays.vertices);
    if (newTriangles) indices_ = bufferOf("head indices", *arrays.triangles);
    if (newVertices || newTriangles) {
        mesh = makeVertexArray(vertices_, sizeof(SkinVertex), indices_);
        addAttribute(mesh, 0, 3, GL_FLOAT, offsetof(SkinVertex, positionMm));
        addAttribute(mesh, 1, 4, GL_SHORT, offsetof(SkinVertex, normalOpenness));
        addAttribute(mesh, 2, 4, GL_UNSIGNED_BYTE, offsetof(SkinVertex, tint));
        addAttribute(mesh, 3, 4, GL_BYTE, offsetof(SkinVertex, hairDirection));
        addAttribute(mesh, 4, 1, GL_FLOAT, offsetof(SkinVertex, hairLayers));
    }
    if (isNew(uploaded_.shadow, arrays.shadow)) {
        shadowVertices_ = bufferOf("shadow vertices", arrays.shadow->positionsMm);
        shadowIndices_ = bufferOf("shadow indices", arrays.shadow->triangles);
        shadowMesh = makeVertexArray(shadowVertices_, sizeof(glm::vec3), shadowIndices_);
        addAttribute(shadowMesh, 0, 3, GL_FLOAT, 0);
        shadowHash = arrays.shadow->hash();
        shadowIndexCount = static_cast<GLsizei>(3 * arrays.shadow->triangles.size());
    }
    if (isNew(uploaded_.dots, arrays.dots)) dots = bufferOf("dots", *arrays.dots);
    if (isNew(uploaded_.dotLobes, arrays.dotLobes)) {
        dotLobes = bufferOf("dot lobes", *arrays.dotLobes);
        dotCount = static_cast<GLuint>(arrays.dotLobes->size());
    }
    if (isNew(uploaded_.strands, arrays.strands)) {
        strands = bufferOf("strands", *arrays.strands);
        strandCount = static_cast<GLuint>(arrays.strands->size());
    }
    updateTails(*arrays.tails);
    if (isNew(uploaded_.scars, arrays.scars)) {
        scars.reset();
        if (const auto& field = *arrays.scars) {
            scars = ScarMap{makeMapTexture("scars", field->size.x, field->size.y), field->window};
            glTextureSubImage2D(scars->texture.name(), 0, 0, 0, field->size.x, field->size.y, GL_RGBA,
                                GL_HALF_FLOAT, field->halves.data());
        }
    }
}

void GpuScene::updateTails(const TailField& field) {
    const glm::ivec2 size(field.width, field.height);
    if (std::exchange(uploaded_.tailSize, size) != size) {
        tails = makeMapTexture("tails", size.x, size.y);
        uploaded_.tailBlocks.assign(field.blocks.size(), 0);
        if (field.blocks.empty()) glClearTexImage(tails.name(), 0, GL_RGBA, GL_HALF_FLOAT, nullptr);
    }
    constexpr int kSide = TailField::kBlock;
    const int columns = size.x / kSide;
    for (int i = 0; i < static_cast<int>(field.blocks.size()); ++i) {
        const auto& block = field.blocks[static_cast<std::size_t>(i)];
        if (std::exchange(uploaded_.tailBlocks[static_cast<std::size_t>(i)], block.id()) == block.id())
            continue;
        glTextureSubImage2D(tails.name(), 0, i % columns * kSide, i / columns * kSide, kSide, kSide, GL_RGBA,
                            GL_HALF_FLOAT, block->data());
    }
}

}  // namespace stubble
