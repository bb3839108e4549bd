#include "engine/jobs/still.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <future>
#include <optional>

#include "engine/core/exr_file.h"
#include "engine/core/png_file.h"
#include "engine/core/tiff_file.h"
#include "engine/core/units.h"
#include "engine/jobs/picture.h"
#include "engine/jobs/stamp.h"
#include "engine/scalp/skull.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void tell(Progress* progress, double done, std::string_view stage) {
    if (progress) progress->report(done, stage);
}

template <typename Pixel>
Result<void> writeDisplayed(const StillJob& job, Image<Pixel> image, TextChunks text) {
    STUBBLE_CHECK(stampSimulation(image));
    const ImageTags tags = {.text = std::move(text), .dpi = job.dpi};
    return stillFileOf(job.output) == StillFile::tiff ? writeTiff(job.output, image, tags)
                                                      : writePng(job.output, image, tags);
}

Result<void> writeLit(const StillJob& job, ImageLinear scene, float exposure, TextChunks text) {
    STUBBLE_CHECK(stampSimulation(scene));
    text.emplace_back("Values", fmt::format("linear light x exposure {:g}, before the display curve; "
                                            "primaries and white of sRGB",
                                            exposure));
    return writeExr(job.output, scene, text);
}

/// In focus unless the job says otherwise: the skin in the middle of the picture.
Lens lensOf(const StillJob& job, const Camera& camera, const Head& head) {
    if (job.apertureMm <= 0) return {};
    const auto hit = skullOf(head)->tracer().rays().firstHit(camera.eyeMm, camera.forward());
    const glm::vec3 focus = hit ? hit->positionMm : camera.targetMm;
    return {job.apertureMm,
            job.focusCm ? 10 * *job.focusCm : glm::dot(focus - camera.eyeMm, camera.forward())};
}

/// As `stubble render --eye …` takes it.
std::string describe(const Camera& camera) {
    const auto place = [](glm::vec3 v) { return fmt::format("{},{},{}", v.x, v.y, v.z); };
    return fmt::format("at {} mm looking at {} mm, up {}, field of view {:g} degrees", place(camera.eyeMm),
                       place(camera.targetMm), place(camera.up), degreesFromRadians(camera.fieldOfView));
}

TextChunks provenance(const StillJob& job, const std::string& renderer) {
    TextChunks text = job.metadata;
    text.emplace_back("Description", "Simulated scalp micropigmentation; not a photograph");
    text.emplace_back("Design", formatDesign(job.design));
    const std::string camera = job.ownCamera ? describe(*job.ownCamera) : job.camera;
    std::string view = fmt::format("camera {}, light {}, {} samples", camera, job.light, job.samples);
    if (job.distanceCm) view += fmt::format(", {:g} cm away", *job.distanceCm);
    if (job.lampDegrees) view += fmt::format(", lamps of {:g} degrees", *job.lampDegrees);
    if (job.apertureMm > 0) view += fmt::format(", aperture {:g} mm", job.apertureMm);
    if (job.focusCm) view += fmt::format(", focus at {:g} cm", *job.focusCm);
    text.emplace_back("View", view);
    text.emplace_back("Source", renderer);
    return text;
}

}  // namespace

StillFile stillFileOf(const std::filesystem::path& output) {
    std::string suffix = output.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    if (suffix == ".tif" || suffix == ".tiff") return StillFile::tiff;
    return suffix == ".exr" ? StillFile::exr : StillFile::png;
}

Result<StillReport> renderStill(const StillJob& job, Progress* progress) {
    StillReport report;
    const auto viewOf = [&job](const Head& head) -> Result<View> {
        const auto camera = job.ownCamera ? job.ownCamera : namedCamera(job.camera, head, job.distanceCm);
        if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
        auto light = namedLight(job.light);
        if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
        if (job.lampDegrees)
            for (AreaLight& lamp : light->lights) lamp.radiusDegrees = *job.lampDegrees;
        return View{*camera, *light, job.width, job.height, job.samples, lensOf(job, *camera, head), false};
    };
    ProgressPart opening(progress, 0, 0.3);
    STUBBLE_TRY(std::optional<OpenScene> open, openScene(job.head, job.design, viewOf, &opening, job.gl));
    report.renderer = open->context.device().renderer;
    report.importReport = open->importReport;
    report.impressions = open->scene.impressions.size();
    report.hairs = open->scene.follicles.size();
    report.opening = open->seconds;

    tell(progress, 0.3, "rendering");
    const auto frameStart = std::chrono::steady_clock::now();
    auto writeStart = frameStart;
    PassTimer timer;
    if (job.timings) open->renderer.listenToPasses([&timer](std::string_view pass) { timer.begins(pass); });
    ProgressPart rendering(progress, 0.3, 0.95);
    TextChunks text = provenance(job, report.renderer);
    const auto rendered = [&] {
        report.frameSeconds = secondsSince(frameStart);
        report.passes = timer.take();
        tell(progress, 0.95, "writing");
        writeStart = std::chrono::steady_clock::now();
    };
    // What the picture was drawn with takes a while to go.
    const auto closeWhile = [&open](auto write) -> Result<void> {
        auto writing = std::async(std::launch::async, write);
        open.reset();
        return writing.get();
    };
    if (stillFileOf(job.output) == StillFile::exr) {
        STUBBLE_TRY(ImageLinear image, renderLight(open->renderer, open->gpu, open->view, &rendering));
        rendered();
        const float exposure = open->view.light.exposure;
        for (glm::vec3& pixel : image.pixels) pixel *= exposure;
        STUBBLE_CHECK(closeWhile([&] { return writeLit(job, std::move(image), exposure, std::move(text)); }));
    } else if (job.bits == 16) {
        STUBBLE_TRY(ImageRgb16 image, renderPicture16(open->renderer, open->gpu, open->view, &rendering));
        rendered();
        STUBBLE_CHECK(closeWhile([&] { return writeDisplayed(job, std::move(image), std::move(text)); }));
    } else {
        STUBBLE_TRY(ImageRgb8 image, renderPicture(open->renderer, open->gpu, open->view, &rendering));
        rendered();
        STUBBLE_CHECK(closeWhile([&] { return writeDisplayed(job, std::move(image), std::move(text)); }));
    }
    report.writeSeconds = secondsSince(writeStart);
    tell(progress, 1, "done");
    return report;
}

}  // namespace stubble
