#include "engine/jobs/still.h"

#include <algorithm>
#include <cctype>
#include <charconv>
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

std::optional<std::pair<int, int>> parseStillSize(std::string_view text) {
    const char* const end = text.data() + text.size();
    int width = 0, height = 0;
    const auto first = std::from_chars(text.data(), end, width);
    const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
    const auto second = std::from_chars(cross ? first.ptr + 1 : end, end, height);
    const auto isSide = [](int pixels) { return pixels >= 1 && pixels <= kMaxStillSide; };
    if (!cross || second.ec != std::errc() || second.ptr != end || !isSide(width) || !isSide(height))
        return std::nullopt;
    return std::pair(width, height);
}

StillFile stillFileOf(const std::filesystem::path& output) {
    std::string suffix = output.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    if (suffix == ".tif" || suffix == ".tiff") return StillFile::tiff;
    return suffix == ".exr" ? StillFile::exr : StillFile::png;
}

Result<View> stillView(const StillJob& job, const Head& head) {
    const auto camera = job.ownCamera ? job.ownCamera : namedCamera(job.camera, head, job.distanceCm);
    if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
    auto light = namedLight(job.light);
    if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
    if (job.lampDegrees)
        for (AreaLight& lamp : light->lights) lamp.radiusDegrees = *job.lampDegrees;
    return View{*camera, *light, job.width, job.height, job.samples, lensOf(job, *camera, head), false};
}

Result<StillPicture> renderStillPicture(const StillJob& job, Renderer& renderer, const GpuScene& scene,
                                        const View& view, Progress* progress) {
    if (stillFileOf(job.output) == StillFile::exr) {
        STUBBLE_TRY(ImageLinear image, renderLight(renderer, scene, view, progress));
        for (glm::vec3& pixel : image.pixels) pixel *= view.light.exposure;
        return image;
    }
    if (job.bits == 16) return renderPicture16(renderer, scene, view, progress);
    return renderPicture(renderer, scene, view, progress);
}

Result<void> writeStill(const StillJob& job, StillPicture picture, const std::string& rendererName) {
    TextChunks text = provenance(job, rendererName);
    return std::visit(
        [&]<typename Pixel>(Image<Pixel>& image) -> Result<void> {
            STUBBLE_CHECK(stampSimulation(image));
            if constexpr (std::is_same_v<Pixel, glm::vec3>) {
                text.emplace_back("Values",
                                  fmt::format("linear light x exposure {:g}, before the display curve; "
                                              "primaries and white of sRGB",
                                              namedLight(job.light)->exposure));
                return writeExr(job.output, image, text);
            } else {
                const ImageTags tags = {.text = std::move(text), .dpi = job.dpi};
                return stillFileOf(job.output) == StillFile::tiff ? writeTiff(job.output, image, tags)
                                                                  : writePng(job.output, image, tags);
            }
        },
        picture);
}

Result<StillReport> renderStill(const StillJob& job, Progress* progress) {
    StillReport report;
    const auto viewOf = [&job](const Head& head) { return stillView(job, head); };
    ProgressPart opening(progress, 0, 0.3);
    STUBBLE_TRY(std::optional<OpenScene> open, openScene(job.head, job.design, viewOf, &opening, job.gl));
    report.renderer = open->context.device().renderer;
    report.importReport = open->importReport;
    report.impressions = open->scene.impressions.size();
    report.hairs = open->scene.follicles.size();
    report.opening = open->seconds;

    tell(progress, 0.3, "rendering");
    const auto frameStart = std::chrono::steady_clock::now();
    PassTimer timer;
    if (job.timings) open->renderer.listenToPasses([&timer](std::string_view pass) { timer.begins(pass); });
    ProgressPart rendering(progress, 0.3, 0.95);
    STUBBLE_TRY(StillPicture picture,
                renderStillPicture(job, open->renderer, open->gpu, open->view, &rendering));
    report.frameSeconds = secondsSince(frameStart);
    report.passes = timer.take();
    tell(progress, 0.95, "writing");
    const auto writeStart = std::chrono::steady_clock::now();
    auto writing =
        std::async(std::launch::async, [&] { return writeStill(job, std::move(picture), report.renderer); });
    open.reset();  // what the picture was drawn with takes a while to go
    STUBBLE_CHECK(writing.get());
    report.writeSeconds = secondsSince(writeStart);
    tell(progress, 1, "done");
    return report;
}

}  // namespace stubble
