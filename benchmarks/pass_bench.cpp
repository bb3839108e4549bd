// What each pass of one sub-frame costs: the default scene, or one with other keys, from three quarters at
// 1080 rows (engine/render/pass_timer.h says how they are timed). Prints medians and the fastest, and the
// median of the time that all cores together worked on it, which a busy machine disturbs less. pass_bench
// [CAMERA [ROWS [SUBFRAMES [KEY=VALUE]...]]]
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "engine/gpu/context.h"
#include "engine/render/pass_timer.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/scene.h"

namespace {

using namespace stubble;

constexpr int kWarmUps = 2, kRuns = 11;

int complain(const std::string& message) {
    std::fprintf(stderr, "pass_bench: %s\n", message.c_str());
    return 1;
}

struct Pass {
    std::string name;
    std::vector<double> ms, cpuMs;  ///< of a sub-frame, one a run
};

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    const auto context = GlContext::createHeadless();
    if (!context) return complain(context.error().message);
    auto loaded = loadHead({});
    if (!loaded) return complain(loaded.error().message);
    const auto head = std::make_shared<const Head>(std::move(loaded->head));
    Design design;
    for (int i = 4; i < argc; ++i)
        if (const auto set = applySetting(design, argv[i]); !set) return complain(set.error().message);
    const auto scene = bakeScene(head, design);
    if (!scene) return complain(scene.error().message);
    auto renderer = Renderer::create();
    if (!renderer) return complain(renderer.error().message);

    const std::string cameraName = argc > 1 ? argv[1] : "three-quarter";
    const auto camera = namedCamera(cameraName, *head);
    if (!camera) return complain("no camera \"" + cameraName + "\"");
    View view;
    view.camera = *camera;
    view.light = *namedLight("studio");
    view.height = argc > 2 ? std::atoi(argv[2]) : 1080;
    view.width = view.height * 16 / 9;
    view.samples = argc > 3 ? std::atoi(argv[3]) : 1;
    const GpuScene gpuScene(*scene);

    PassTimer timer;
    renderer->listenToPasses([&timer](std::string_view pass) { timer.begins(pass); });
    std::vector<Pass> passes;
    for (int run = 0; run < kWarmUps + kRuns; ++run) {
        const auto image = renderer->render(gpuScene, view);
        if (!image) return complain(image.error().message);
        for (const PassTime& time : timer.take()) {
            if (run < kWarmUps) continue;
            auto pass = std::ranges::find(passes, time.name, &Pass::name);
            if (pass == passes.end()) pass = passes.insert(pass, {time.name, {}, {}});
            pass->ms.push_back(time.ms / view.samples), pass->cpuMs.push_back(time.cpuMs / view.samples);
        }
    }
    std::printf("%s, %s\n%s, %d x %d, sub-frames %d, %d runs; ms a sub-frame\n",
                context->device().renderer.c_str(), context->device().version.c_str(), cameraName.c_str(),
                view.width, view.height, view.samples, kRuns);
    std::printf("%zu impressions, %zu hairs of %g mm\n", scene->impressions.size(), scene->follicles.size(),
                double(design.hair.lengthMm));
    std::printf("%-20s %8s %8s %8s\n", "pass", "median", "least", "CPU");
    const auto print = [](const Pass& pass) {
        std::printf("%-20s %8.1f %8.1f %8.1f\n", pass.name.c_str(), median(pass.ms),
                    *std::ranges::min_element(pass.ms), median(pass.cpuMs));
    };
    Pass skin{"skin, no shadows", std::vector<double>(kRuns, 0.0), std::vector<double>(kRuns, 0.0)};
    for (const Pass& pass : passes) {
        print(pass);
        constexpr std::array<std::string_view, 5> kSkin = {"surface", "light", "scatter", "shade", "resolve"};
        if (std::ranges::find(kSkin, pass.name) == kSkin.end()) continue;
        for (std::size_t i = 0; i < kRuns; ++i) skin.ms[i] += pass.ms[i], skin.cpuMs[i] += pass.cpuMs[i];
    }
    print(skin);
    return 0;
}
