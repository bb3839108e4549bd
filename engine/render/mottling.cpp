#include "engine/render/mottling.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scene/cached_stage.h"

namespace stubble {
namespace {

constexpr int kSize = 64, kChannels = 4;
constexpr float kStandardDeviation = 0.25f;

/// One octave: smooth noise between the points of a lattice that repeats every `cells`.
float lattice(glm::vec3 unit, int cells, std::uint64_t stream) {
    const glm::vec3 p = unit * static_cast<float>(cells);
    const glm::ivec3 c(glm::floor(p));
    glm::vec3 t = p - glm::vec3(c);
    t = t * t * (3.0f - 2.0f * t);
    const auto value = [&](int x, int y, int z) {
        const auto wrap = [cells](int i) { return static_cast<std::uint64_t>(i % cells); };
        return 2 * unitFloat(hashCounters(stream, (wrap(c.x + x) << 32) | wrap(c.y + y), wrap(c.z + z))) - 1;
    };
    float sum = 0;
    for (int z = 0; z < 2; ++z)
        for (int y = 0; y < 2; ++y)
            sum += glm::mix(value(0, y, z), value(1, y, z), t.x) * (y ? t.y : 1 - t.y) * (z ? t.z : 1 - t.z);
    return sum;
}

struct Octave {
    int cells;
    float gain;
};
// Features of 12, 5.3, 2.8 and 1.7 mm. Relief and melanin are finer than the patches of blood.
constexpr Octave kOctaves[kChannels][3] = {{{11, 1}, {19, 1}, {31, 0.8f}},
                                           {{11, 1}, {19, 1}, {31, 0.8f}},
                                           {{4, 1}, {9, 0.8f}, {17, 0.45f}},
                                           {{9, 0.6f}, {17, 1}, {29, 0.9f}}};

std::vector<glm::u8vec4> computeTexels() {
    std::vector<glm::vec4> values(std::size_t{kSize} * kSize * kSize);
    parallelFor(
        kSize,
        [&](std::size_t z) {
            for (std::size_t y = 0; y < kSize; ++y)
                for (std::size_t x = 0; x < kSize; ++x) {
                    const glm::vec3 unit = (glm::vec3(x, y, z) + 0.5f) / float(kSize);
                    glm::vec4& value = values[(z * kSize + y) * kSize + x];
                    for (int channel = 0; channel < kChannels; ++channel)
                        for (int octave = 0; octave < 3; ++octave) {
                            const Octave o = kOctaves[channel][octave];
                            value[channel] +=
                                o.gain *
                                lattice(unit, o.cells, static_cast<std::uint64_t>(40 + 4 * channel + octave));
                        }
                }
        },
        4);
    glm::dvec4 sum(0), squares(0);
    for (const glm::vec4& value : values) sum += value, squares += glm::dvec4(value) * glm::dvec4(value);
    const double count = static_cast<double>(values.size());
    const glm::dvec4 mean = sum / count;
    const glm::vec4 scale(double(kStandardDeviation) / glm::sqrt(squares / count - mean * mean));
    std::vector<glm::u8vec4> texels(values.size());
    std::ranges::transform(values, texels.begin(), [&](const glm::vec4& value) {
        const glm::vec4 noise = (value - glm::vec4(mean)) * scale;
        return glm::u8vec4(glm::round(255.0f * glm::clamp(0.5f + 0.5f * noise, 0.0f, 1.0f)));
    });
    return texels;
}

}  // namespace

std::vector<glm::u8vec4> mottlingTexels() {
    return cachedArray<glm::u8vec4>("mottling", {}, computeTexels);
}

GlTexture makeMottling() {
    const std::vector<glm::u8vec4> texels = mottlingTexels();
    GLuint name = 0;
    glCreateTextures(GL_TEXTURE_3D, 1, &name);
    GlTexture texture(name);
    glTextureStorage3D(name, 1, GL_RGBA8, kSize, kSize, kSize);
    glTextureSubImage3D(name, 0, 0, 0, 0, kSize, kSize, kSize, GL_RGBA, GL_UNSIGNED_BYTE, texels.data());
    glTextureParameteri(name, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTextureParameteri(name, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    for (const GLenum axis : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_WRAP_R})
        glTextureParameteri(name, axis, GL_REPEAT);
    return texture;
}

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

}  // namespace stubble
