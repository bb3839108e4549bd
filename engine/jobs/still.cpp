#include "engine/jobs/still.h"

#include <chrono>

#include "engine/core/file.h"
#include "engine/gpu/context.h"
#include "engine/jobs/stamp.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void tell(Progress* progress, double done, std::string_view stage) {
    if (progress) progress->report(done, stage);
}

}  // namespace

Result<StillReport> renderStill(const StillJob& job, Progress* progress) {
    StillReport report;
    const auto start = std::chrono::steady_clock::now();
    tell(progress, 0, "reading the head");
    STUBBLE_TRY(LoadedHead loaded, loadHead(job.head));
    if (!job.head.head.starts_with("builtin:")) report.importReport = loaded.reportText();
    const auto head = std::make_shared<const Head>(std::move(loaded.head));
    ProgressPart baking(progress, 0.1, 0.3);
    STUBBLE_TRY(const Scene scene, bakeScene(head, job.design, &baking));
    report.impressions = scene.impressions.size();
    report.hairs = scene.follicles.size();
    report.bakeSeconds = secondsSince(start);

    const auto renderStart = std::chrono::steady_clock::now();
    tell(progress, 0.3, "rendering");
    const auto camera = namedCamera(job.camera, *head, job.distanceCm);
    if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
    const auto light = namedLight(job.light);
    if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
    STUBBLE_TRY(const GlContext context, GlContext::createHeadless());
    report.renderer = context.device().renderer;
    STUBBLE_TRY(Renderer renderer, Renderer::create());
    const GpuScene gpuScene(scene);
    STUBBLE_TRY(ImageRgb8 image,
                renderer.render(gpuScene, View{*camera, *light, job.width, job.height, job.samples, {}}));
    report.renderSeconds = secondsSince(renderStart);

    tell(progress, 0.95, "writing");
    STUBBLE_CHECK(stampSimulation(image));
    TextChunks text = job.metadata;
    text.emplace_back("Description", "Simulated scalp micropigmentation; not a photograph");
    text.emplace_back("Design", formatDesign(job.design));
    text.emplace_back("View",
                      fmt::format("camera {}, light {}, {} samples", job.camera, job.light, job.samples));
    text.emplace_back("Source", report.renderer);
    STUBBLE_TRY(const auto png, encodePng(image, text));
    STUBBLE_CHECK(writeFileAtomically(job.output, png));
    tell(progress, 1, "done");
    return report;
}

}  // namespace stubble
