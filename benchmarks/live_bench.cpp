// What an edit costs in a LiveScene until the arrays to upload are complete, on the built-in head with about
// 100,000 dots and 50,000 hairs of 3 mm. Seeds are fixed. Each edit is timed by itself; printed are, in ms:
//   median, p90           by the clock, over all edits of a run
//   bake, arrays          medians of the two parts of that
//   cpu                   mean of all threads' time: what the clock shows on a busy machine is more than the
//   work dots, hairs
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "benchmarks/bench_scene.h"
#include "engine/core/random.h"
#include "engine/jobs/live_scene.h"

namespace stubble {
namespace {

/// For about so many hairs and dots on the built-in head.
constexpr float kHairDensity = 200, kDotDensity = 300;

Design liveDesign() {
    Design design;
    design.hair.norwood = Norwood::VII;
    design.hair.lengthMm = 3;
    design.hair.densityPerCm2 = kHairDensity;
    design.smp.densityPerCm2 = kDotDensity;
    design.hairline.points = orExit(designedHairline(*builtinHead(), design)).points();
    return design;
}

double median(std::vector<double> values, double share = 0.5) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// `edit` makes the next design of the last one.
template <typename Edit>
void run(benchmark::State& state, const Edit& edit) {
    Design design = liveDesign();
    LiveScene live = orExit(LiveScene::open(builtinHead(), design));
    std::vector<double> times, bakes, arrays;
    double cpu = 0;
    std::size_t number = 0;
    for (auto _ : state) {
        edit(design, number++);
        const std::clock_t cpuStart = std::clock();
        const auto start = std::chrono::steady_clock::now();
        if (const auto done = live.set(design); !done)
            return state.SkipWithError(done.error().message.c_str());
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        cpu += static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
        state.SetIterationTime(took.count());
        times.push_back(1e3 * took.count());
        bakes.push_back(1e3 * live.seconds().bake), arrays.push_back(1e3 * live.seconds().arrays);
    }
    state.counters["median"] = median(times), state.counters["p90"] = median(times, 0.9);
    state.counters["bake"] = median(bakes), state.counters["arrays"] = median(arrays);
    state.counters["cpu"] = 1e3 * cpu / static_cast<double>(number);
    state.counters["dots"] = static_cast<double>(live.scene()->impressions.size());
    state.counters["hairs"] = static_cast<double>(live.scene()->follicles.size());
}

/// Control points of forehead and temples are dragged one after the other for 20 edits, each by up to 3 mm.
void hairlineDrag(benchmark::State& state) {
    RandomStream random(1);
    std::size_t which = 0;
    const std::vector<glm::vec2> home = liveDesign().hairline.points;
    run(state, [&](Design& design, std::size_t number) {
        auto& points = design.hairline.points;
        if (number % 20 == 0)
            which = 3 + static_cast<std::size_t>(random.uniform() * static_cast<float>(points.size() - 6));
        const glm::vec2 off{random.uniform() - 0.5f, random.uniform() - 0.5f};
        points = home;
        points[which] += 0.04f * off;
    });
}

/// The whole line to and fro, as a slider's handle moves it.
void hairlineHeight(benchmark::State& state) {
    run(state, [](Design& design, std::size_t number) {
        design.hairline.points.clear();
        design.smp.densityPerCm2 = 400;  // what the first edit costs is no matter
        design.hairline.heightMm = number % 2 == 0 ? 70 : 70.6f;
    });
}

void densitySlider(benchmark::State& state) {
    RandomStream random(2);
    run(state, [&](Design& design, std::size_t) {
        design.smp.densityPerCm2 = kDotDensity * (0.75f + 0.5f * random.uniform());
    });
}

void dotSize(benchmark::State& state) {
    RandomStream random(3);
    run(state, [&](Design& design, std::size_t) { design.smp.diameterMm = 0.1f + 0.1f * random.uniform(); });
}

void hairLength(benchmark::State& state) {
    RandomStream random(4);
    run(state, [&](Design& design, std::size_t) { design.hair.lengthMm = 2 + 2 * random.uniform(); });
}

void days(benchmark::State& state) {
    RandomStream random(5);
    run(state, [&](Design& design, std::size_t) { design.time.days = 2000 * random.uniform(); });
}

void skinTone(benchmark::State& state) {
    run(state,
        [&](Design& design, std::size_t number) { design.skin.monk = 1 + static_cast<int>(number % 10); });
}

/// One more dab of 6 mm, erasing or filling, somewhere on the top.
void brushStroke(benchmark::State& state) {
    RandomStream random(7);
    run(state, [&](Design& design, std::size_t number) {
        const glm::vec2 at{0.6f * random.uniform() - 0.3f, random.uniform() - 0.5f};
        design.smp.strokes.push_back({{at}, 6, number % 2 == 0 ? -0.8f : 0.8f, 0.5f});
    });
}

/// The same design again.
void nothing(benchmark::State& state) {
    run(state, [](Design&, std::size_t) {});
}

/// What an edit would cost without a LiveScene.
void fromScratch(benchmark::State& state) {
    const Design design = liveDesign();
    double bake = 0, arrays = 0;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        const Scene scene = orExit(bakeScene(builtinHead(), design));
        const auto baked = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(SceneArrays::of(scene));
        bake += 1e3 * std::chrono::duration<double>(baked - start).count();
        arrays += 1e3 * std::chrono::duration<double>(std::chrono::steady_clock::now() - baked).count();
    }
    state.counters["bake"] = benchmark::Counter(bake, benchmark::Counter::kAvgIterations);
    state.counters["arrays"] = benchmark::Counter(arrays, benchmark::Counter::kAvgIterations);
}

#define LIVE_BENCHMARK(name) BENCHMARK(name)->Iterations(60)->UseManualTime()->Unit(benchmark::kMillisecond)
LIVE_BENCHMARK(hairlineDrag);
LIVE_BENCHMARK(hairlineHeight);
LIVE_BENCHMARK(densitySlider);
LIVE_BENCHMARK(dotSize);
LIVE_BENCHMARK(hairLength);
LIVE_BENCHMARK(days);
LIVE_BENCHMARK(skinTone);
LIVE_BENCHMARK(brushStroke);
LIVE_BENCHMARK(nothing);
BENCHMARK(fromScratch)->Iterations(5)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace stubble

BENCHMARK_MAIN();
