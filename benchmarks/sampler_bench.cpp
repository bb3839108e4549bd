// Surface samples a second, and beside the speed how well they are spread, on the ellipsoid head of 81,920
// triangles and on the built-in head.
//   samples/s  by the clock, all threads
//   r, gap     smallest distance and largest gap ÷ √(2A/(√3·N)), gap with the bound's error
//   g_max      largest pair correlation in bins of 0.05 spacings
//   peak_MB    resident memory at its largest above what was there before, samples included (Linux)
// Names: mesh/samples/threads.

#include <benchmark/benchmark.h>
#include <tbb/global_control.h>

#include <malloc.h>

#include <cmath>
#include <fstream>
#include <string>

#include "engine/geometry/blue_noise.h"
#include "engine/geometry/spread.h"
#include "engine/scalp/head_load.h"
#include "tests/shapes.h"

namespace stubble {
namespace {

const TriMesh& ellipsoid() {
    static const TriMesh mesh = makeEllipsoid(6, {75, 95, 115});
    return mesh;
}

const TriMesh& head() {
    static const TriMesh mesh = [] {
        auto loaded = loadHead({});
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return std::move(loaded->head.mesh);
    }();
    return mesh;
}

/// A line of /proc/self/status in MB, 0 elsewhere than on Linux.
double statusMb(const std::string& name) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name)) return std::stod(line.substr(name.size() + 1)) / 1024;
    return 0;
}

void run(benchmark::State& state, const TriMesh& mesh, bool ranked, float spacing) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(state.range(1)));
    const auto count = static_cast<std::size_t>(state.range(0));
    const BlueNoiseOptions options{.seed = 1, .count = count, .ranked = ranked, .spacing = spacing};
    BlueNoise samples;
    const auto sample = [&] {
        auto made = sampleBlueNoise(mesh, options);
        if (!made) throw std::runtime_error(made.error().message);
        samples = *std::move(made);
    };
    for (auto _ : state) sample();
    // Once more for the memory, from a heap that has given back what it held.
    samples = {};
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
    const double before = statusMb("VmRSS:");
    sample();
    const double peakMb = statusMb("VmHWM:") - before;
    const Spread spread = measureSpread(mesh, {}, samples.positionsMm, samples.normals);
    state.counters["r"] = spread.relativeSmallest();
    state.counters["gap"] = spread.relativeGap();
    state.counters["g_max"] = spread.pairs.peak();
    state.counters["peak_MB"] = peakMb;
    state.counters["samples/s"] =
        benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate);
}

void plainEllipsoid(benchmark::State& state) {
    run(state, ellipsoid(), false, 0.70f);
}
void tightEllipsoid(benchmark::State& state) {
    run(state, ellipsoid(), false, 0.75f);
}
void rankedEllipsoid(benchmark::State& state) {
    run(state, ellipsoid(), true, 0.70f);
}
void plainHead(benchmark::State& state) {
    run(state, head(), false, 0.70f);
}
void rankedHead(benchmark::State& state) {
    run(state, head(), true, 0.70f);
}

void allSizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"samples", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
    for (const int count : {10'000, 100'000, 300'000, 1'000'000, 5'000'000}) bench->Args({count, 2});
}
void twoSizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"samples", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
    for (const int count : {300'000, 1'000'000}) bench->Args({count, 2})->Args({count, 1});
}

BENCHMARK(plainEllipsoid)->Apply(allSizes)->Args({300'000, 1})->Args({1'000'000, 1});
BENCHMARK(rankedEllipsoid)->Apply(allSizes)->Args({300'000, 1})->Args({1'000'000, 1});
BENCHMARK(tightEllipsoid)->Apply(twoSizes);
BENCHMARK(plainHead)->Apply(allSizes);
BENCHMARK(rankedHead)->Apply(allSizes);

}  // namespace
}  // namespace stubble

BENCHMARK_MAIN();
