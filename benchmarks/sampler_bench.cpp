// Surface samples a second on an ellipsoid head of 81,920 triangles and how well spread they are.
//   r          smallest distance ÷ √(2A/(√3·N)); 1 is a hexagonal lattice
//   samples/s  of the thread's time, or by the clock where the name says real_time

#include <benchmark/benchmark.h>
#include <tbb/global_control.h>

#include <cmath>

#include "engine/geometry/surface_sampler.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

const TriMesh& head() {
    static const TriMesh mesh = makeEllipsoid(6, {75, 95, 115});
    return mesh;
}

void run(benchmark::State& state, const std::vector<float>& densityPerCm2, std::size_t count) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(state.range(1)));
    SampleOptions options;
    options.seed = 1;
    options.count = count;
    float spacing = 0;
    for (auto _ : state) {
        const auto samples = samplePoissonDisk(head(), densityPerCm2, options);
        if (!samples) return state.SkipWithError(samples.error().message.c_str());
        spacing = samples->relativeSpacing;
        benchmark::DoNotOptimize(samples->points.data());
    }
    state.counters["r"] = spacing;
    state.counters["samples/s"] =
        benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate);
}

void sampleEven(benchmark::State& state) {
    run(state, std::vector<float>(head().positionsMm.size(), 100), static_cast<std::size_t>(state.range(0)));
}

void sampleEightfoldRamp(benchmark::State& state) {
    std::vector<float> densityPerCm2;
    for (const glm::vec3& p : head().positionsMm) densityPerCm2.push_back(20 + 140 * (p.y + 95) / 190);
    run(state, densityPerCm2, static_cast<std::size_t>(state.range(0)));
}

// One thread by its own time, comparable on a busy machine; two by the clock.
BENCHMARK(sampleEven)
    ->ArgNames({"samples", "threads"})
    ->ArgsProduct({{10'000, 80'000, 100'000, 300'000}, {1}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sampleEightfoldRamp)
    ->ArgNames({"samples", "threads"})
    ->Args({100'000, 1})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sampleEven)
    ->ArgNames({"samples", "threads"})
    ->Args({300'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace stubble

BENCHMARK_MAIN();
