#include "engine/jobs/still.h"

#include <chrono>

#include "engine/core/file.h"
#include "engine/jobs/stamp.h"
#include "engine/scene/design_json.h"

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
    const auto viewOf = [&job](const Head& head) -> Result<View> {
        const auto camera = namedCamera(job.camera, head, job.distanceCm);
        if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
        const auto light = namedLight(job.light);
        if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
        return View{*camera, *light, job.width, job.height, job.samples, {}};
    };
    ProgressPart opening(progress, 0, 0.3);
    STUBBLE_TRY(OpenScene open, openScene(job.head, job.design, viewOf, &opening));
    report.renderer = open.context.device().renderer;
    report.importReport = open.importReport;
    report.impressions = open.scene.impressions.size();
    report.hairs = open.scene.follicles.size();
    report.opening = open.seconds;

    tell(progress, 0.3, "rendering");
    const auto frameStart = std::chrono::steady_clock::now();
    STUBBLE_TRY(ImageRgb8 image, open.renderer.render(open.gpu, open.view));
    report.frameSeconds = secondsSince(frameStart);

    tell(progress, 0.95, "writing");
    const auto writeStart = std::chrono::steady_clock::now();
    STUBBLE_CHECK(stampSimulation(image));
    TextChunks text = job.metadata;
    text.emplace_back("Description", "Simulated scalp micropigmentation; not a photograph");
    text.emplace_back("Design", formatDesign(job.design));
    text.emplace_back("View",
                      fmt::format("camera {}, light {}, {} samples", job.camera, job.light, job.samples));
    text.emplace_back("Source", report.renderer);
    STUBBLE_TRY(const auto png, encodePng(image, text));
    STUBBLE_CHECK(writeFileAtomically(job.output, png));
    report.writeSeconds = secondsSince(writeStart);
    tell(progress, 1, "done");
    return report;
}

}  // namespace stubble
