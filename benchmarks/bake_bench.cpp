// Cost of baking a scene. Seeds are fixed; Google Benchmark warms up and prints medians and spread with
// --benchmark_repetitions.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "benchmarks/bench_scene.h"

namespace stubble {
namespace {

/// A fresh bake each time: with nowhere to cache, no stage is found again. Argument: dots/cm².
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

}  // namespace
}  // namespace stubble

BENCHMARK_MAIN();
