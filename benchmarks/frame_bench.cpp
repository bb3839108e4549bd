// Cost of baking a scene and of drawing it. Seeds are fixed; Google Benchmark warms up and prints medians and
// spread with
// --benchmark_repetitions; the device is named in the output's context.
#include <benchmark/benchmark.h>
#include <glad/gl.h>

#include <cstdlib>
#include <optional>

#include "benchmarks/gl_main.h"
#include "engine/core/file.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

std::shared_ptr<const Head> builtinHead() {
    static const std::shared_ptr<const Head> head = [] {
        auto loaded = loadHead(HeadSource{});
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return std::make_shared<const Head>(std::move(loaded->head));
    }();
    return head;
}

Scene sceneWith(float dotsPerCm2) {
    Design design;
    design.smp.densityPerCm2 = dotsPerCm2;
    auto scene = bakeScene(builtinHead(), design);
    if (!scene) throw std::runtime_error(scene.error().message);
    return *std::move(scene);
}

/// A fresh bake each time: with nowhere to cache, no stage is found again.
void bake(benchmark::State& state) {
    (void)builtinHead();
    setenv("STUBBLE_CACHE_DIR", "/dev/null/none", 1);
    Design design;
    design.smp.densityPerCm2 = static_cast<float>(state.range(0));
    std::uint64_t seed = 1000;
    double points = 0;
    for (auto _ : state) {
        design.seed = ++seed;
        const auto scene = bakeScene(builtinHead(), design);
        if (!scene) return state.SkipWithError(scene.error().message.c_str());
        points += static_cast<double>(scene->impressions.size() + scene->follicles.size());
    }
    unsetenv("STUBBLE_CACHE_DIR");
    state.counters["points/s"] = benchmark::Counter(points, benchmark::Counter::kIsRate);
}
BENCHMARK(bake)->Arg(70)->Arg(140)->Arg(280)->Unit(benchmark::kMillisecond)->UseRealTime();

/// One sub-frame of the default scene, waited for. Arguments: height in pixels, dots/cm².
void frame(benchmark::State& state) {
    const Scene scene = sceneWith(static_cast<float>(state.range(1)));
    auto renderer = Renderer::create();
    if (!renderer) return state.SkipWithError(renderer.error().message.c_str());
    const GpuScene gpuScene(scene);
    View view;
    view.camera = *namedCamera("three-quarter", *scene.head);
    view.light = *namedLight("studio");
    view.height = static_cast<int>(state.range(0));
    view.width = view.height * 16 / 9;
    view.samples = 1;
    for (int warmUp = 0; warmUp < 2; ++warmUp) (void)renderer->render(gpuScene, view);
    for (auto _ : state) {
        const auto image = renderer->render(gpuScene, view);
        if (!image) return state.SkipWithError(image.error().message.c_str());
    }
    state.counters["dots"] = static_cast<double>(scene.impressions.size());
    state.counters["hairs"] = static_cast<double>(scene.follicles.size());
}
BENCHMARK(frame)
    ->Args({540, 140})
    ->Args({1080, 140})
    ->Args({1080, 280})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::runGlBenchmarks(argc, argv, "frame_bench");
}
