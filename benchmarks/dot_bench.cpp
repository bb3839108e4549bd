// Cost of the dot pass alone (clearing the sums and splatting, waited for on a steady clock, since GL timer
// queries lie on llvmpipe) and of the field of their tails. Seeds are fixed; Google Benchmark warms up and
// prints medians and spread with
// --benchmark_repetitions; the device is named in the output's context.
#include <benchmark/benchmark.h>
#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "benchmarks/bench_scene.h"
#include "benchmarks/gl_main.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/geometry/rays.h"
#include "engine/render/dot_pass.h"
#include "engine/render/renderer.h"
#include "engine/render/shared_structs.h"
#include "engine/render/tail_baker.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

constexpr int kWidth = 1920, kHeight = 1080;

glm::vec3 rayThrough(const Camera& camera, float x, float y) {
    const float focal = camera.focalPixels(kHeight);
    return camera.forward() + camera.right() * ((x - 0.5f * kWidth) / focal) +
           camera.trueUp() * ((y - 0.5f * kHeight) / focal);
}

/// Exactly `count` impressions at random places of the head that the camera sees, or of that part of it that
/// is in the picture.
Scene visibleDots(std::size_t count, const Camera& camera) {
    Scene scene;
    scene.head = builtinHead();
    scene.looks = *DotLooks::create(scene.design);
    const TriMesh& mesh = scene.head->mesh;
    const RayScene rays(mesh);
    RandomStream random(7);
    Impressions& dots = scene.impressions;
    while (dots.size() < count) {
        // Even over the skin: a pixel counts for as much of it as it covers.
        const glm::vec3 ray = rayThrough(camera, random.uniform() * kWidth, random.uniform() * kHeight);
        const auto hit = rays.firstHit(camera.eyeMm, ray);
        if (!hit) continue;
        const glm::vec3 normal = normalAt(mesh, hit->point);
        const float facing = -glm::dot(normal, glm::normalize(ray));
        if (facing < 0.2f || random.uniform() * facing > 0.2f) continue;
        dots.positionsMm.push_back(hit->positionMm);
        dots.normals.push_back(normal);
        dots.diametersMm.push_back(0.10f + 0.06f * random.uniform());
        dots.depthsMm.push_back(0.12f + 0.06f * random.uniform());
        dots.loads.push_back(0.6f);
        dots.sessions.push_back(0);
        dots.zones.push_back(0);
    }
    return scene;
}

shared::FrameBlock frameBlockOf(const Camera& camera) {
    shared::FrameBlock block{};
    block.eyeMm = {camera.eyeMm, camera.focalPixels(kHeight)};
    block.viewRight = {camera.right(), 0.5f * kWidth};
    block.viewUp = {camera.trueUp(), 0.5f * kHeight};
    block.viewForward = {camera.forward(), 0.25f};
    block.size = {kWidth, kHeight, 0, 0};
    block.tile = {0, 0, kWidth, kHeight};
    block.box = {0, 0, kWidth, kHeight};
    return block;
}

GlTexture depthMapOf(const TriMesh& mesh, const Camera& camera) {
    const RayScene rays(mesh);
    std::vector<float> depths(kWidth * kHeight);
    parallelFor(
        kHeight,
        [&](std::size_t y) {
            for (std::size_t x = 0; x < kWidth; ++x) {
                const glm::vec3 ray =
                    rayThrough(camera, static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f);
                if (const auto hit = rays.firstHit(camera.eyeMm, ray))
                    depths[y * kWidth + x] = glm::dot(hit->positionMm - camera.eyeMm, camera.forward());
            }
        },
        16);
    GlTexture map = makeTexture("depth mm", GL_R32F, kWidth, kHeight);
    glTextureSubImage2D(map.name(), 0, 0, 0, kWidth, kHeight, GL_RED, GL_FLOAT, depths.data());
    return map;
}

/// Arguments: visible impressions.
void dotPass(benchmark::State& state, const char* cameraName) {
    const Camera camera = *namedCamera(cameraName, *builtinHead());
    const Scene scene = visibleDots(static_cast<std::size_t>(state.range(0)), camera);
    const GpuScene gpuScene(scene);
    const GlTexture depthMm = depthMapOf(scene.head->mesh, camera);
    const shared::FrameBlock block = frameBlockOf(camera);
    const GlBuffer frame = makeBuffer("frame block", std::span(&block, 1));
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, frame.name());
    auto pass = DotPass::create();
    if (!pass) return state.SkipWithError(pass.error().message.c_str());
    for (int warmUp = 0; warmUp < 2; ++warmUp) pass->draw(gpuScene, block, depthMm.name());
    glFinish();
    for (auto _ : state) {
        pass->draw(gpuScene, block, depthMm.name());
        glFinish();
    }
}
// 300 k at whole-head framing is the project's yardstick.
BENCHMARK_CAPTURE(dotPass, wholeHead, "three-quarter")
    ->Arg(1)
    ->Arg(300000)
    ->Arg(1000000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(dotPass, hairline, "hairline")
    ->Arg(30000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(dotPass, macro, "macro")
    ->Arg(3000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// The field of the tails, anew; arguments: dots on the skull.
void tailField(benchmark::State& state) {
    const Head& head = *builtinHead();
    Scene scene;
    scene.looks = *DotLooks::create(scene.design);
    scene.impressions = scalpImpressions(head, static_cast<std::size_t>(state.range(0)));
    const std::vector<SkinDot> dots = skinDotsOf(scene);
    TailField field;
    for (auto _ : state) field = bakeTailField(head, dots);
    state.counters["width"] = field.width;
    state.counters["height"] = field.height;
    state.counters["texelMm"] = field.texelMm;
}
BENCHMARK(tailField)
    ->Arg(1000)
    ->Arg(100000)
    ->Arg(300000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::runGlBenchmarks(argc, argv, "dot_bench");
}
