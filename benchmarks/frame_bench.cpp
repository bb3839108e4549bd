// What a frame costs: a whole head from three quarters while the camera goes round it, one sub-frame and its
// display a frame. Nothing is read back. Each pass is timed by itself (engine/render/pass_timer.h).
//   frame_bench                    50 k, 300 k, 1 M dots × no, 100 k hairs of 3 mm × 540, 1080, 2160 rows
//   frame_bench ROWS DOTS HAIRS    one of them; HAIRS 0 or 100000
// Medians of 11 frames after 3 that warm up. `orbit` is the whole frame in one piece, `rest` another
// sub-frame of a camera at rest, `orbit, scaled` a LiveView's frame drawn over the whole window. With
// FRAME_BENCH_JSON=FILE the figures go there, too, with FRAME_BENCH_COMMIT as what was built.
// FRAME_BENCH_FULL=1: all dots and hairs in moving frames, too (View::fast).
#include <glad/gl.h>

#include <algorithm>
#include <cstring>
#include <glm/gtc/matrix_transform.hpp>
#include <map>

#include "benchmarks/bench_scene.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/gpu/context.h"
#include "engine/gpu/objects.h"
#include "engine/render/live_view.h"
#include "engine/render/pass_timer.h"
#include "engine/render/renderer.h"

namespace stubble {
namespace {

constexpr int kWarmUps = 3, kRuns = 11;

using Clock = std::chrono::steady_clock;

struct Sample {
    std::vector<double> ms, cpuMs;
};

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

View viewOf(int rows, int frame) {
    View view;
    view.camera = *namedCamera("three-quarter", *builtinHead());
    view.light = *namedLight("studio");
    view.height = rows, view.width = rows * 16 / 9;
    view.samples = 1;
    view.fast = std::getenv("FRAME_BENCH_FULL") == nullptr;
    // A degree a frame, about the vertical through what it looks at.
    const glm::vec3 arm = view.camera.eyeMm - view.camera.targetMm;
    const glm::mat4 turn =
        glm::rotate(glm::mat4(1), glm::radians(1.0f * static_cast<float>(frame)), {0, 1, 0});
    view.camera.eyeMm = view.camera.targetMm + glm::vec3(turn * glm::vec4(arm, 0));
    return view;
}

template <typename Frame>
Sample timed(const Frame& frame) {
    Sample sample;
    for (int i = 0; i < kWarmUps + kRuns; ++i) {
        glFinish();
        const auto start = Clock::now();
        const std::clock_t cpuStart = std::clock();
        frame(i);
        glFinish();
        if (i < kWarmUps) continue;
        sample.ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        sample.cpuMs.push_back(1e3 * static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC);
    }
    return sample;
}

nlohmann::ordered_json timeFrames(LiveView& live, const GpuScene& scene, int rows) {
    Renderer& renderer = live.renderer();
    PassTimer timer;
    std::vector<std::string> order;
    std::map<std::string, Sample> passes;
    const auto frameAt = [&](int i) {
        const auto started = renderer.start(scene, viewOf(rows, i));
        if (!started) orExit<void*>(tl::unexpected(started.error()));
        renderer.addSubFrame();
        orExit(renderer.texture());
    };
    const Sample orbit = timed(frameAt);
    renderer.listenToPasses([&](std::string_view pass) { timer.begins(pass); });
    for (int i = 0; i < kWarmUps + kRuns; ++i) {
        frameAt(i);
        for (const PassTime& time : timer.take()) {
            if (i < kWarmUps) continue;
            if (!passes.contains(time.name)) order.push_back(time.name);
            passes[time.name].ms.push_back(time.ms), passes[time.name].cpuMs.push_back(time.cpuMs);
        }
    }
    renderer.listenToPasses(nullptr);
    View view = viewOf(rows, 0);
    view.samples = kWarmUps + kRuns;
    if (const auto started = renderer.start(scene, view); !started)
        orExit<void*>(tl::unexpected(started.error()));
    const Sample rest = timed([&](int) {
        renderer.addSubFrame();
        orExit(renderer.texture());
    });

    // As a window does it: as coarse as the budget asks for, drawn over the whole window.
    const View full = viewOf(rows, 0);
    const GlTexture window = makeTexture("window", GL_RGBA8, full.width, full.height);
    const GlFramebuffer windowBuffer = makeFramebuffer("window", {window.name()}, 0);
    int turn = 0;
    const auto liveFrame = [&](int) {
        View turned = viewOf(rows, ++turn);
        turned.samples = 8;
        const LiveView::Frame shown = orExit(live.next(scene, turned));
        const GlFramebuffer source = makeFramebuffer("shown", {shown.texture}, 0);
        glBlitNamedFramebuffer(source.name(), windowBuffer.name(), 0, 0, shown.width, shown.height, 0, 0,
                               full.width, full.height, GL_COLOR_BUFFER_BIT, GL_LINEAR);
    };
    for (int settle = 0; settle < 12; ++settle) liveFrame(settle);
    const Sample scaled = timed(liveFrame);

    nlohmann::ordered_json result;
    const auto report = [&](const std::string& name, const Sample& sample) {
        const auto [least, most] = std::ranges::minmax(sample.ms);
        std::printf("  %-20s %8.2f  (%.2f to %.2f)  CPU %8.2f\n", name.c_str(), median(sample.ms), least,
                    most, median(sample.cpuMs));
        result[name] = {
            {"ms", median(sample.ms)}, {"least", least}, {"most", most}, {"cpuMs", median(sample.cpuMs)}};
    };
    for (const std::string& name : order) report(name, passes[name]);
    report("orbit", orbit);
    report("rest", rest);
    report("orbit, scaled", scaled);
    std::printf("  orbit, scaled: %.0f of %d rows\n", rows * live.scale(), rows);
    result["orbit, scaled"]["scale"] = live.scale();
    return result;
}

int run(int argc, char** argv) {
    const GlContext context = orExit(GlContext::createHeadless());
    std::printf("%s, %s\nms a frame: median (least to most), and of all cores together\n",
                context.device().renderer.c_str(), context.device().version.c_str());
    std::vector<int> rowCounts = {540, 1080, 2160};
    std::vector<std::size_t> dotCounts = {50'000, 300'000, 1'000'000};
    std::vector<bool> haired = {false, true};
    if (argc == 4) {
        rowCounts = {std::atoi(argv[1])};
        dotCounts = {static_cast<std::size_t>(std::atoll(argv[2]))};
        haired = {std::strcmp(argv[3], "0") != 0};
    }
    LiveView live(orExit(Renderer::create()));
    const char* const commit = std::getenv("FRAME_BENCH_COMMIT");
    nlohmann::ordered_json results = {{"device", context.device().renderer},
                                      {"driver", context.device().version},
                                      {"commit", commit ? commit : "not said"},
                                      {"frames", nlohmann::ordered_json::array()}};
    for (const std::size_t dots : dotCounts)
        for (const bool hairs : haired) {
            const Scene scene = benchScene(dots, hairs);
            const GpuScene gpuScene(scene);
            for (const int rows : rowCounts) {
                std::printf("%d x %d, %zu dots, %zu hairs\n", rows * 16 / 9, rows, dots,
                            scene.follicles.size());
                results["frames"].push_back({{"width", rows * 16 / 9},
                                             {"height", rows},
                                             {"dots", dots},
                                             {"hairs", scene.follicles.size()},
                                             {"passes", timeFrames(live, gpuScene, rows)}});
                std::fflush(stdout);
            }
        }
    if (const char* file = std::getenv("FRAME_BENCH_JSON")) {
        const std::string text = results.dump(1) + '\n';
        const auto written = writeFileAtomically(file, std::as_bytes(std::span(text)));
        if (!written) orExit<void*>(tl::unexpected(written.error()));
    }
    return 0;
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::run(argc, argv);
}
