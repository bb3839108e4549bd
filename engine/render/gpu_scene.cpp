#include "engine/render/gpu_scene.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/image.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/geometry/openness.h"
#include "engine/render/splats.h"
#include "engine/render/tail_field.h"

namespace stubble {
namespace {

struct Vertex {
    glm::vec3 positionMm, normal;
    glm::u8vec4 tint;  // ÷ 1.25: 204 is plain skin; w: scalp mask
    float openness;
};
static_assert(sizeof(Vertex) == 32);

/// Smooth noise in −1…1 with features of about `scaleMm`, summed over two octaves (Perlin, "An image
/// synthesizer", 1985).
float softNoise(glm::vec3 positionMm, float scaleMm, std::uint64_t stream) {
    const auto lattice = [stream](glm::ivec3 c) {
        return 2 * unitFloat(
                       hashCounters(stream,
                                    (static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.x)) << 32) |
                                        static_cast<std::uint32_t>(c.y),
                                    static_cast<std::uint32_t>(c.z))) -
               1;
    };
    float sum = 0, gain = 0.67f;
    for (int octave = 0; octave < 2; ++octave, scaleMm *= 0.45f, gain *= 0.5f) {
        const glm::vec3 p = positionMm / scaleMm;
        const glm::ivec3 c(glm::floor(p));
        glm::vec3 t = p - glm::vec3(c);
        t = t * t * (3.0f - 2.0f * t);
        float corners[2][2];
        for (int y = 0; y < 2; ++y)
            for (int z = 0; z < 2; ++z)
                corners[y][z] =
                    glm::mix(lattice(c + glm::ivec3(0, y, z)), lattice(c + glm::ivec3(1, y, z)), t.x);
        sum += gain * glm::mix(glm::mix(corners[0][0], corners[1][0], t.y),
                               glm::mix(corners[0][1], corners[1][1], t.y), t.z);
    }
    return sum;
}

/// Blood is not even under the skin: patches of cm with more of it, redder and a little darker. Working
/// default.
glm::vec3 mottle(glm::vec3 positionMm, float redness) {
    const float patch = softNoise(positionMm, 16, 21) + 0.6f * softNoise(positionMm, 6, 22);
    const float blood = redness * (1.0f + 0.32f * patch);
    // Haemoglobin takes green most, blue less, red hardly (Jacques 1998, oxygenated blood at 550, 450, 610
    // nm).
    return {1.0f - 0.02f * blood, 1.0f - 0.24f * blood, 1.0f - 0.12f * blood};
    glm::vec3(1 - redness);
}

/// Melanin above the blood hides it: on dark skin little of its red is seen. Working default.
float visibleRedness(const SkinDesign& skin) {
    constexpr float kFullyVisibleAlbedo = 0.6f;
    return skin.redness * std::min(monkAlbedo(skin.monk).g / kFullyVisibleAlbedo, 1.0f);
}

std::vector<Vertex> verticesOf(const Head& head, float redness) {
    const TriMesh& mesh = head.mesh;
    const std::vector<float> openness = vertexOpenness(mesh);
    std::vector<Vertex> vertices(mesh.positionsMm.size());
    parallelFor(vertices.size(), [&](std::size_t i) {
        const glm::vec3 own = mesh.tints.empty() ? glm::vec3(1) : mesh.tints[i];
        const glm::vec3 tint = glm::clamp(own * mottle(mesh.positionsMm[i], redness) / 1.25f, 0.0f, 1.0f);
        const float mask = head.scalpMask.empty() ? 1.0f : head.scalpMask[i];
        vertices[i] = {mesh.positionsMm[i], mesh.normals[i],
                       glm::u8vec4(glm::round(glm::vec4(tint, mask) * 255.0f)), openness[i]};
    });
    return vertices;
}

glm::vec3 meanReachable(std::span<const SkinDot> dots) {
    glm::dvec3 sum(0), weights(0);
    for (const SkinDot& dot : dots) {
        const glm::dvec3 weight(glm::max(integratedLossMm2(dot.profile), glm::vec3(1e-9f)));
        sum += weight * glm::dvec3(dot.profile.reachable), weights += weight;
    }
    return dots.empty() ? glm::vec3(1) : glm::vec3(sum / weights);
}

}  // namespace

glm::vec3 monkAlbedo(int tone) {
    constexpr std::array<std::uint32_t, 10> kSwatches = {0xf6ede4, 0xf3e7db, 0xf7ead0, 0xeadaba, 0xd7bd96,
                                                         0xa07e56, 0x825c43, 0x604134, 0x3a312a, 0x292420};
    const std::uint32_t s = kSwatches[static_cast<std::size_t>(std::clamp(tone, 1, 10) - 1)];
    const auto channel = [s](int shift) {
        return linearFromSrgb(static_cast<float>((s >> shift) & 255u) / 255.0f);
    };
    return {channel(16), channel(8), channel(0)};
}

GpuScene::GpuScene(const Scene& scene) {
    const TriMesh& source = scene.head->mesh;
    const std::vector<Vertex> vertices = verticesOf(*scene.head, visibleRedness(scene.design.skin));
    vertices_ = makeBuffer("head vertices", std::span<const Vertex>(vertices));
    indices_ = makeBuffer("head indices", std::span<const glm::uvec3>(source.triangles));
    indexCount = static_cast<GLsizei>(3 * source.triangles.size());
    GLuint array = 0;
    glCreateVertexArrays(1, &array);
    mesh = GlVertexArray(array);
    glVertexArrayVertexBuffer(array, 0, vertices_.name(), 0, sizeof(Vertex));
    glVertexArrayElementBuffer(array, indices_.name());
    const auto attribute = [array](GLuint location, GLint size, GLenum type, GLboolean normalised,
                                   GLuint offset) {
        glEnableVertexArrayAttrib(array, location);
        glVertexArrayAttribFormat(array, location, size, type, normalised, offset);
        glVertexArrayAttribBinding(array, location, 0);
    };
    attribute(0, 3, GL_FLOAT, GL_FALSE, offsetof(Vertex, positionMm));
    attribute(1, 3, GL_FLOAT, GL_FALSE, offsetof(Vertex, normal));
    attribute(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(Vertex, tint));
    attribute(3, 1, GL_FLOAT, GL_FALSE, offsetof(Vertex, openness));

    const std::vector<SkinDot> skinDots = skinDotsOf(scene);
    const std::vector<shared::Dot> dotList = dotRecords(skinDots);
    const std::vector<shared::Rod> rodList = rodRecords(scene);
    dots = makeBuffer("dots", std::span<const shared::Dot>(dotList));
    rods = makeBuffer("rods", std::span<const shared::Rod>(rodList));
    dotCount = static_cast<GLuint>(dotList.size());
    rodCount = static_cast<GLuint>(rodList.size());
    reachable = meanReachable(skinDots);
    for (const SkinDot& dot : skinDots)
        for (const float sigmaMm : dot.profile.coreSigmaMm) widestSigmaMm = std::max(widestSigmaMm, sigmaMm);
    for (const shared::Rod& rod : rodList)
        widestSigmaMm = std::max(widestSigmaMm, std::sqrt(rod.positionMm.w));
    const TailField field = bakeTailField(*scene.head, skinDots);
    tails = makeTexture("tails", GL_RGBA16F, field.width, field.height);
    glTextureSubImage2D(tails.name(), 0, 0, 0, field.width, field.height, GL_RGBA, GL_HALF_FLOAT,
                        field.texels.data());
    glTextureParameteri(tails.name(), GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTextureParameteri(tails.name(), GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    tailMap = field.map;
    tailWindow = {field.cornerMm, 1.0f / (field.texelMm * glm::vec2(field.width, field.height))};
    skinAlbedo = monkAlbedo(scene.design.skin.monk);
    shine = scene.design.skin.shine;
    const Bounds bounds = boundsOf(source);
    boundsMinMm = bounds.minMm;
    boundsMaxMm = bounds.maxMm;
}

}  // namespace stubble
