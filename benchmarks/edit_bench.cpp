// What an edit costs until the impression arrays are complete, on the built-in head. Seeds are fixed. The
// time of each edit is taken by itself; printed are, in ms:
//   median, p10, p90      by the clock, over all edits of a run
//   cpu                   mean of all threads' time: what the clock shows on a busy machine is more than the
//   work candidates, dots, bytesPerDot (held in the arrays of impressions)
// Designs: 0 is the default one (Norwood VI, 180 dots/cm²), 1 a heavy one (Norwood VII, 350 dots/cm²).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "engine/core/random.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

constexpr std::size_t kCandidates = 300'000;

template <typename T>
T orThrow(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

std::shared_ptr<const Head> builtinHead() {
    static const auto head = std::make_shared<const Head>(orThrow(loadHead(HeadSource{})).head);
    return head;
}

/// Everything that an edit starts from.
struct Desk {
    Design design;
    std::unique_ptr<ImpressionPlacer> placer;
    std::vector<glm::vec2> linePoints;
};

Desk& deskOf(std::int64_t which) {
    static std::array<Desk, 2> desks;
    Desk& desk = desks[static_cast<std::size_t>(which)];
    if (desk.placer) return desk;
    const std::shared_ptr<const Head> head = builtinHead();
    static const std::vector<SurfacePoint> ranked = [&] {
        // As many candidates on any head.
        const double areaCm2 = Candidates(*head, {}, 1).region.areaMm2 / 100;
        return orThrow(sampleCandidates(*head, 1, static_cast<float>(kCandidates / areaCm2)));
    }();
    if (which == 1) desk.design.hair.norwood = Norwood::VII, desk.design.smp.densityPerCm2 = 350;
    const Scene scene = orThrow(bakeScene(head, desk.design));
    desk.placer = std::make_unique<ImpressionPlacer>(head, Candidates(*head, ranked, 1));
    Hairline line = orThrow(designedHairline(*head, desk.design));
    desk.linePoints = line.points();
    desk.placer->setHairline(std::move(line));
    desk.placer->setSmp(desk.design.smp);
    desk.placer->setHair(hairShare(*head, desk.design.hair.norwood), hairRoots(scene.follicles));
    if (const auto done = desk.placer->update(); !done) throw std::runtime_error(done.error().message);
    return desk;
}

template <typename Edit>
void run(benchmark::State& state, const Edit& edit) {
    Desk& desk = deskOf(state.range(0));
    std::vector<double> times;
    std::size_t dots = 0, number = 0;
    double cpu = 0;
    for (auto _ : state) {
        edit(desk, number, [&](const auto& timed) {
            const std::clock_t cpuStart = std::clock();
            const auto start = std::chrono::steady_clock::now();
            timed();
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            cpu += static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
            state.SetIterationTime(took.count());
            times.push_back(1e3 * took.count());
        });
        dots += desk.placer->impressions().size();
        ++number;
    }
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * (times.size() - 1))]; };
    state.counters["median"] = at(0.5), state.counters["p10"] = at(0.1), state.counters["p90"] = at(0.9);
    state.counters["cpu"] = 1e3 * cpu / static_cast<double>(number);
    state.counters["candidates"] = static_cast<double>(desk.placer->candidates().size());
    state.counters["dots"] = static_cast<double>(dots) / static_cast<double>(number);
    state.counters["bytesPerDot"] = 2 * sizeof(glm::vec3) + 3 * sizeof(float) + 2;
    desk.placer->setSmp(desk.design.smp);
    desk.placer->setHairline(orThrow(designedHairline(*builtinHead(), desk.design)));
    (void)desk.placer->update();
}

/// Control points of forehead and temples are dragged one after the other, each within 3 mm and for 20 edits;
/// everything from the design's points on is timed.
void hairlineDrag(benchmark::State& state) {
    RandomStream random(1);
    std::size_t which = 0;
    run(state, [&](Desk& desk, std::size_t number, const auto& timed) {
        HairlineDesign line = desk.design.hairline;
        line.points = desk.linePoints;
        if (number % 20 == 0)
            which =
                3 + static_cast<std::size_t>(random.uniform() * static_cast<float>(line.points.size() - 6));
        line.points[which] += 0.04f * (glm::vec2(random.uniform(), random.uniform()) - 0.5f);
        timed([&] {
            desk.placer->setHairline(orThrow(Hairline::build(*builtinHead(), line, 1)));
            (void)desk.placer->update();
        });
    });
}

/// One more dab of 6 mm, erasing or filling, somewhere on the top; after 50 all are wiped, untimed.
void brushDab(benchmark::State& state) {
    RandomStream random(2);
    SmpDesign smp = deskOf(state.range(0)).design.smp;
    run(state, [&](Desk& desk, std::size_t number, const auto& timed) {
        if (number % 50 == 0) {
            smp.strokes.clear();
            desk.placer->setSmp(smp);
            (void)desk.placer->update();
        }
        const glm::vec2 at(0.6f * random.uniform() - 0.3f, random.uniform() - 0.5f);
        smp.strokes.push_back({{at}, 6, number % 2 == 0 ? -0.8f : 0.8f, 0.5f});
        timed([&] {
            desk.placer->setSmp(smp);
            (void)desk.placer->update();
        });
    });
}

/// The slider stands anywhere within a quarter of the design's density.
void densitySlider(benchmark::State& state) {
    RandomStream random(3);
    run(state, [&](Desk& desk, std::size_t, const auto& timed) {
        SmpDesign smp = desk.design.smp;
        smp.densityPerCm2 *= 0.75f + 0.5f * random.uniform();
        timed([&] {
            desk.placer->setSmp(smp);
            (void)desk.placer->update();
        });
    });
}

/// Everything from the candidates on: what a bake of a new design pays.
void fromScratch(benchmark::State& state) {
    const Desk& desk = deskOf(state.range(0));
    const Scene scene = orThrow(bakeScene(builtinHead(), desk.design));
    const std::vector<float> share = hairShare(*builtinHead(), desk.design.hair.norwood);
    const std::vector<HairRoot> roots = hairRoots(scene.follicles);
    for (auto _ : state) {
        ImpressionPlacer placer(builtinHead(), desk.placer->candidates());
        placer.setHairline(orThrow(designedHairline(*builtinHead(), desk.design)));
        placer.setSmp(desk.design.smp);
        placer.setHair(share, roots);
        benchmark::DoNotOptimize(placer.update());
    }
}

BENCHMARK(hairlineDrag)->Arg(0)->Arg(1)->Iterations(1000)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(brushDab)->Arg(0)->Arg(1)->Iterations(1000)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(densitySlider)->Arg(0)->Arg(1)->Iterations(1000)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(fromScratch)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace stubble

BENCHMARK_MAIN();
