// stubble turntable: a design on a head that turns, as a video or on a page to turn by hand.

#include <fmt/ranges.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/jobs/still.h"
#include "engine/jobs/turntable_page.h"
#include "engine/jobs/video_file.h"
#include "engine/scene/design_json.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

constexpr const char* kSoftware = "stubble " STUBBLE_VERSION;

/// A page's frames are all in it at once: fewer, and as wide as they are high, as a head in a page is.
constexpr int kPageFrames = 36, kPageSide = 900;

struct TurntableOptions {
    DesignOptions design;
    std::string output, size;
    OwnCameraOptions camera;
    std::optional<int> frames, framesPerSecond;
    TurntableJob job;
    bool json = false, quiet = false;
};

struct Made {
    TurntableReport report;
    std::uint64_t bytes = 0;
};

bool isPage(const TurntableOptions& options) {
    return lowerSuffix(options.output) == ".html";
}

Result<void> checkVideo(const TurntableOptions& options, const TurntableJob& job) {
    const int rate = options.framesPerSecond.value_or(VideoSpec{}.framesPerSecond);
    if (rate < 1 || rate > kMaxFramesPerSecond)
        return fail(ExitCode::usage, "--fps {}: expected a whole number from 1 to {}", rate,
                    kMaxFramesPerSecond);
    const auto isSide = [](int side) {
        return side >= kMinVideoSide && side <= kMaxVideoSide && side % 2 == 0;
    };
    if (!isSide(job.width) || !isSide(job.height))
        return fail(ExitCode::usage, "--size {}: a video's sides are even numbers of pixels, from {} to {}",
                    options.size, kMinVideoSide, kMaxVideoSide);
    return {};
}

Result<void> checkView(const TurntableOptions& options, TurntableJob& job) {
    STUBBLE_CHECK(readView(options.size, options.camera, job));
    if (job.frames < kMinTurnFrames || job.frames > kMaxTurnFrames)
        return fail(ExitCode::usage, "--frames {}: expected a whole number from {} to {}", job.frames,
                    kMinTurnFrames, kMaxTurnFrames);
    if (!isPage(options)) return checkVideo(options, job);
    if (options.framesPerSecond)
        return fail(ExitCode::usage, "--fps {}: is for videos, a page is turned by hand",
                    *options.framesPerSecond);
    return {};
}

Result<Made> makePage(const TurntableOptions& options, const TurntableJob& job, Progress* progress) {
    Made made;
    std::vector<std::string> frames;
    const auto take = [&](const ImageRgb8& frame) -> Result<void> {
        STUBBLE_TRY(std::string bytes, pageFrame(frame));
        frames.push_back(std::move(bytes));
        return {};
    };
    STUBBLE_TRY(made.report, renderTurntable(job, take, progress));
    STUBBLE_TRY(const std::string page, turntablePage(job, frames, kSoftware));
    STUBBLE_CHECK(writeFileAtomically(options.output, page));
    made.bytes = page.size();
    return made;
}

Result<Made> makeVideo(const TurntableOptions& options, const TurntableJob& job, Progress* progress) {
    Made made;
    VideoSpec spec{.kind = lowerSuffix(options.output) == ".webm" ? VideoKind::webm : VideoKind::mp4,
                   .width = job.width,
                   .height = job.height,
                   .frames = job.frames};
    spec.framesPerSecond = options.framesPerSecond.value_or(spec.framesPerSecond);
    spec.metadata = {
        {"title", job.design.name.empty() ? "Turntable" : job.design.name},
        {"description", fmt::format("Simulated scalp micropigmentation; not a photograph. {}, {} samples, {}",
                                    viewOf(job), job.samples, kSoftware)},
        {"comment", formatDesign(job.design)}};
    STUBBLE_TRY(VideoWriter video, VideoWriter::start(std::move(spec)));
    const auto take = [&](const ImageRgb8& frame) { return video.add(frame); };
    STUBBLE_TRY(made.report, renderTurntable(job, take, progress));
    STUBBLE_TRY(made.bytes, video.finish(options.output));
    return made;
}

std::string reportJson(const TurntableJob& job, const Made& made) {
    const TurntableReport& report = made.report;
    return reportText({{"renderer", report.renderer},
                       {"import", report.importReport},
                       {"impressions", report.impressions},
                       {"hairs", report.hairs},
                       {"frames", job.frames},
                       {"width", job.width},
                       {"height", job.height},
                       {"cutFrames", report.cutFrames},
                       {"bytes", made.bytes},
                       {"seconds", {{"opening", report.openingSeconds}, {"frames", report.framesSeconds}}}});
}

void tell(const TurntableOptions& options, const TurntableJob& job, const Made& made) {
    std::fprintf(stderr, "%s%s: %d frames in %.1f s, %.1f MB\n", made.report.importReport.c_str(),
                 options.output.c_str(), job.frames, made.report.framesSeconds,
                 1e-6 * static_cast<double>(made.bytes));
    if (made.report.cutFrames > 0)
        std::fprintf(stderr, "the picture's border cuts the head in %d of %d frames: choose a wider --size\n",
                     made.report.cutFrames, job.frames);
}

Result<void> makeTurntable(const TurntableOptions& options) {
    if (options.output.empty())
        return fail(ExitCode::usage, "expected --output\nSee stubble turntable --help.");
    const bool page = isPage(options);
    TurntableJob job = options.job;
    if (page) job.width = job.height = kPageSide;
    job.frames = options.frames.value_or(page ? kPageFrames : job.frames);
    STUBBLE_CHECK(checkView(options, job));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    STUBBLE_CHECK(checkOutput(options.output, {".mp4", ".webm", ".html"},
                              {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    if (!page) STUBBLE_CHECK(checkVideoPrograms());
    job.design = chosen.design;
    job.head = chosen.head;
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const Made made, (page ? makePage : makeVideo)(options, job, progress.get()));
    progress.reset();
    if (!options.quiet) tell(options, job, made);
    return options.json ? writeStandardOutput(reportJson(job, made)) : Result<void>();
}

}  // namespace

void addTurntableCommand(CLI::App& app, Command& run) {
    CLI::App* command =
        app.add_subcommand("turntable", "Turn the head once: a video, or a page to turn it by hand");
    auto options = std::make_shared<TurntableOptions>();
    TurntableJob& job = options->job;
    addDesignOptions(*command, options->design);
    command->add_option("-o,--output", options->output,
                        "File that ends in .mp4 or .webm, a video (by ffmpeg), or .html, a page to turn");
    command
        ->add_option("--camera", job.camera,
                     fmt::format("Of the first frame: {}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    addOwnCamera(*command, options->camera);
    command->add_option("--light", job.light, fmt::format("{}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    command->add_option(
        "--size", options->size,
        fmt::format("Pixels of a frame, WIDTHxHEIGHT, even for a video; else {}x{}, for a page "
                    "{}x{}",
                    job.width, job.height, kPageSide, kPageSide));
    command->add_option("--samples", job.samples, "Sub-frames, 1 to 4096: smoother edges and shadows")
        ->capture_default_str();
    command->add_option("--frames", options->frames,
                        fmt::format("Of the whole turn, {} to {}; else {}, for a page {}", kMinTurnFrames,
                                    kMaxTurnFrames, job.frames, kPageFrames));
    command->add_option("--fps", options->framesPerSecond,
                        fmt::format("Frames a second of a video, 1 to {}; else {}", kMaxFramesPerSecond,
                                    VideoSpec{}.framesPerSecond));
    addGlOptions(*command, job.gl);
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return makeTurntable(*options); }; });
}

}  // namespace stubble
