// shaders/hair/fibre.glsl computes what engine/optics/fibre_lobes.cpp does.
#include <glad/gl.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/core/file.h"
#include "engine/core/random.h"
#include "engine/gpu/context.h"
#include "engine/gpu/objects.h"
#include "engine/optics/fibre_lobes.h"

namespace stubble {
namespace {

struct Sample {
    glm::vec4 absorption;  // w: the tangent by the view
    glm::vec4 lamp;        // the tangent by the light, light by view, variance, optical depth
};
struct Answer {
    glm::vec4 light, albedo, scattered;
};

constexpr const char* kMain = R"(
layout(local_size_x = 1) in;
struct Sample { vec4 absorption, lamp; };
struct Answer { vec4 light, albedo, scattered; };
layout(std430, binding = 0) readonly buffer Samples { Sample samples[]; };
layout(std430, binding = 1) writeonly buffer Answers { Answer answers[]; };
void main() {
    uint i = gl_GlobalInvocationID.x;
    Sample s = samples[i];
    FibreLook look = fibreLook(s.absorption.w, s.absorption.rgb);
    FibreLight light = fibreLight(look, s.lamp.x, s.lamp.y, s.lamp.z);
    answers[i] = Answer(vec4(light.tinted, light.reflected), vec4(fibreAlbedo(look), 0.0),
                        vec4(multipleScattering(s.lamp.w, fibreForwardShare(look)), 0.0));
}
)";

glm::vec3 unitVector(RandomStream& random) {
    const float z = 2 * random.uniform() - 1, turn = 6.2831853f * random.uniform();
    const float across = std::sqrt(1 - z * z);
    return {across * std::cos(turn), across * std::sin(turn), z};
}

TEST(FibreShader, ComputesWhatTheEngineDoes) {
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context) << context.error().message;
    const auto data = dataDir();
    ASSERT_TRUE(data);
    const auto functions = readTextFile(*data / "shaders/hair/fibre.glsl", 1 << 20);
    ASSERT_TRUE(functions) << functions.error().message;
    const std::string text = "#version 450 core\nconst float kPi = 3.14159265358979;\n" + *functions + kMain;
    const char* source = text.c_str();
    const GLuint program = glCreateShaderProgramv(GL_COMPUTE_SHADER, 1, &source);
    GLint linked = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    char log[4096] = "";
    glGetProgramInfoLog(program, sizeof log, nullptr, log);
    ASSERT_TRUE(linked) << log;

    constexpr int kCount = 4000;
    RandomStream random(11);
    std::vector<Sample> samples(kCount);
    for (Sample& sample : samples) {
        const glm::vec3 light = unitVector(random), view = unitVector(random);
        const float dark = random.uniform() < 0.3f ? 0.0f : 12 * random.uniform() * random.uniform();
        sample.absorption = {0.419f * dark, 0.697f * dark, 1.37f * dark, view.z};
        sample.lamp = {light.z, glm::dot(light, view), random.uniform() < 0.5f ? 0.0f : 0.05f,
                       3 * random.uniform()};
    }
    const GlBuffer in = makeBuffer("samples", std::span<const Sample>(samples));
    const GlBuffer out = makeEmptyBuffer("answers", kCount * sizeof(Answer));
    glUseProgram(program);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, in.name());
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, out.name());
    glDispatchCompute(kCount, 1, 1);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    std::vector<Answer> answers(kCount);
    glGetNamedBufferSubData(out.name(), 0, kCount * sizeof(Answer), answers.data());
    glDeleteProgram(program);

    for (int i = 0; i < kCount; ++i) {
        const glm::vec4 absorption = samples[i].absorption, lamp = samples[i].lamp;
        const FibreLook look = fibreLook(absorption.w, glm::vec3(absorption));
        const FibreLight light = fibreLight(look, lamp.x, lamp.y, lamp.z);
        const glm::vec4 ours(light.tinted, light.reflected);
        const glm::vec3 albedo = fibreAlbedo(look);
        const glm::vec3 scattered = multipleScattering(lamp.w, fibreForwardShare(look));
        for (int k = 0; k < 4; ++k)
            ASSERT_NEAR(answers[i].light[k], ours[k], 1e-4f + 1e-3f * ours[k]) << "sample " << i;
        for (int k = 0; k < 3; ++k) {
            ASSERT_NEAR(answers[i].albedo[k], albedo[k], 1e-4f) << "sample " << i;
            ASSERT_NEAR(answers[i].scattered[k], scattered[k], 1e-4f) << "sample " << i;
        }
    }
}

}  // namespace
}  // namespace stubble
