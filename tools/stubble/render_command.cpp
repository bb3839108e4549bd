// stubble render: one picture of a design.

#include <fmt/ranges.h>

#include <charconv>
#include <cstdio>

#include "engine/core/json.h"
#include "engine/jobs/still.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

struct RenderOptions {
    DesignOptions design;
    std::string output, size;
    StillJob job;
    bool json = false, quiet = false;
};

/// "1920x1080"
Result<void> parseSize(std::string_view text, StillJob& job) {
    const char* const end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, job.width);
    const bool cross = width.ec == std::errc() && width.ptr != end && *width.ptr == 'x';
    const auto height = std::from_chars(cross ? width.ptr + 1 : end, end, job.height);
    const auto isSide = [](int pixels) { return pixels >= 1 && pixels <= kMaxStillSide; };
    if (!cross || height.ec != std::errc() || height.ptr != end || !isSide(job.width) || !isSide(job.height))
        return fail(ExitCode::usage, "--size {}: expected WIDTHxHEIGHT, each from 1 to {} pixels", text,
                    kMaxStillSide);
    return {};
}

Result<void> checkView(const RenderOptions& options, StillJob& job) {
    if (!options.size.empty()) STUBBLE_CHECK(parseSize(options.size, job));
    STUBBLE_CHECK(checkName("--camera", job.camera, cameraNames()));
    STUBBLE_CHECK(checkName("--light", job.light, lightNames()));
    const bool whole = showsWholeHead(job.camera);
    const float nearest = whole ? kMinWholeHeadDistanceCm : kMinStillDistanceCm;
    if (job.distanceCm && !(*job.distanceCm >= nearest && *job.distanceCm <= kMaxStillDistanceCm))
        return fail(ExitCode::usage, "--distance-cm {}: expected a number from {} to {}{}", *job.distanceCm,
                    nearest, kMaxStillDistanceCm, whole ? " for a whole head" : "");
    if (job.samples < 1 || job.samples > kMaxStillSamples)
        return fail(ExitCode::usage, "--samples {}: expected a whole number from 1 to {}", job.samples,
                    kMaxStillSamples);
    return {};
}

std::string reportJson(const StillReport& report) {
    const OpeningSeconds& o = report.opening;
    const nlohmann::ordered_json json = {{"renderer", report.renderer},
                                         {"import", report.importReport},
                                         {"impressions", report.impressions},
                                         {"hairs", report.hairs},
                                         {"seconds",
                                          {{"head", o.head},
                                           {"bake", o.bake},
                                           {"arrays", o.arrays},
                                           {"context", o.context},
                                           {"programs", o.programs},
                                           {"speck", o.speck},
                                           {"upload", o.upload},
                                           {"opening", o.all},
                                           {"frame", report.frameSeconds},
                                           {"write", report.writeSeconds}}}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<void> render(const RenderOptions& options) {
    StillJob job = options.job;
    STUBBLE_CHECK(checkView(options, job));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    job.design = chosen.design;
    job.head = chosen.head;
    job.output = options.output;
    STUBBLE_CHECK(
        checkOutput(job.output, {".png"}, {options.design.designFile, job.head.head, job.head.landmarks}));
    job.metadata = {{"Software", "stubble " STUBBLE_VERSION}};
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const StillReport report, renderStill(job, progress.get()));
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%s%s: %zu impressions, %zu hairs, ready in %.1f s, rendered in %.1f s\n",
                     report.importReport.c_str(), options.output.c_str(), report.impressions, report.hairs,
                     report.opening.all, report.frameSeconds);
    return options.json ? writeStandardOutput(reportJson(report)) : Result<void>();
}

}  // namespace

void addRenderCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("render", "Render a picture of a design");
    auto options = std::make_shared<RenderOptions>();
    addDesignOptions(*command, options->design);
    command->add_option("-o,--output", options->output, "PNG file")->required();
    command->add_option("--camera", options->job.camera, fmt::format("{}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    command->add_option("--light", options->job.light, fmt::format("{}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    command->add_option("--size", options->size, "Picture size in pixels, 1920x1080");
    command->add_option(
        "--distance-cm", options->job.distanceCm,
        "From the eye to the skin (hairline, macro) or to the head's middle; else the camera's own");
    command->add_option("--samples", options->job.samples, "Sub-frames: more are smoother and slower")
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return render(*options); }; });
}

}  // namespace stubble
