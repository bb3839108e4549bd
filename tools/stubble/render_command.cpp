// stubble render: one picture of a design.

#include <fmt/ranges.h>

#include <cstdio>
#include <optional>

#include "engine/core/json.h"
#include "engine/jobs/still.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

/// Fewer show the blur's sub-frames one by one.
constexpr int kLensSamples = 64;

struct RenderOptions {
    DesignOptions design;
    std::string output, size;
    OwnCameraOptions camera;
    std::optional<int> bits, samples;
    StillJob job;
    bool json = false, quiet = false;
};

Result<void> checkView(const RenderOptions& options, StillJob& job) {
    STUBBLE_CHECK(readView(options.size, options.camera, job));
    if (job.ownCamera && job.distanceCm)
        return fail(ExitCode::usage, "--distance-cm {}: a camera of its own has its place by --eye-mm",
                    *job.distanceCm);
    const bool whole = showsWholeHead(job.camera);
    const float nearest = whole ? kMinWholeHeadDistanceCm : kMinStillDistanceCm;
    if (job.distanceCm && !(*job.distanceCm >= nearest && *job.distanceCm <= kMaxStillDistanceCm))
        return fail(ExitCode::usage, "--distance-cm {}: expected a number from {} to {}{}", *job.distanceCm,
                    nearest, kMaxStillDistanceCm, whole ? " for a whole head" : "");
    if (!(job.apertureMm >= 0 && job.apertureMm <= kMaxStillApertureMm))
        return fail(ExitCode::usage, "--aperture-mm {}: expected a number from 0 to {}", job.apertureMm,
                    kMaxStillApertureMm);
    if (job.focusCm && !(*job.focusCm >= 1 && *job.focusCm <= kMaxStillDistanceCm))
        return fail(ExitCode::usage, "--focus-cm {}: expected a number from 1 to {}", *job.focusCm,
                    kMaxStillDistanceCm);
    if (job.focusCm && job.apertureMm == 0)
        return fail(ExitCode::usage, "--focus-cm {}: needs --aperture-mm, a pinhole shows all sharp",
                    *job.focusCm);
    if (job.lampDegrees && !(*job.lampDegrees >= 0 && *job.lampDegrees <= kMaxStillLampDegrees))
        return fail(ExitCode::usage, "--lamp-degrees {}: expected a number from 0 to {}", *job.lampDegrees,
                    kMaxStillLampDegrees);
    return {};
}

Result<void> checkFile(const RenderOptions& options, const StillJob& job) {
    if (job.bits != 8 && job.bits != 16)
        return fail(ExitCode::usage, "--bits {}: expected 8 or 16", job.bits);
    if (job.dpi && !(*job.dpi >= 1 && *job.dpi <= kMaxStillDpi))
        return fail(ExitCode::usage, "--dpi {}: expected a whole number from 1 to {}", *job.dpi,
                    kMaxStillDpi);
    if (stillFileOf(job.output) == StillFile::exr && options.bits)
        return fail(ExitCode::usage, "{}: OpenEXR holds half floats, --bits is for PNG and TIFF",
                    options.output);
    if (stillFileOf(job.output) == StillFile::exr && job.dpi)
        return fail(ExitCode::usage, "{}: OpenEXR holds no size in print, --dpi is for PNG and TIFF",
                    options.output);
    return {};
}

std::string reportJson(const StillReport& report) {
    const OpeningSeconds& o = report.opening;
    nlohmann::ordered_json json = {{"renderer", report.renderer},
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
    for (const PassTime& pass : report.passes) json["passesMs"][pass.name] = pass.ms;
    return reportText(json);
}

Result<void> render(const RenderOptions& options) {
    StillJob job = options.job;
    job.output = options.output;
    job.bits = options.bits.value_or(job.bits);
    job.samples = options.samples.value_or(job.apertureMm > 0 ? kLensSamples : job.samples);
    STUBBLE_CHECK(checkView(options, job));
    STUBBLE_CHECK(checkFile(options, job));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    job.design = chosen.design;
    job.head = chosen.head;
    STUBBLE_CHECK(checkOutput(job.output, {".png", ".tif", ".tiff", ".exr"},
                              {options.design.designFile, job.head.head, job.head.landmarks}));
    job.metadata = {{"Software", "stubble " STUBBLE_VERSION}};
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const StillReport report, renderStill(job, progress.get()));
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%s%s: %zu impressions, %zu hairs, ready in %.1f s, rendered in %.1f s\n",
                     report.importReport.c_str(), options.output.c_str(), report.impressions, report.hairs,
                     report.opening.all, report.frameSeconds);
    if (job.timings && !options.json)
        std::fprintf(stderr, "a sub-frame on %s:\n%s", report.renderer.c_str(),
                     passTable(report.passes, job.samples).c_str());
    return options.json ? writeStandardOutput(reportJson(report)) : Result<void>();
}

}  // namespace

void addRenderCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("render", "Render a picture of a design");
    auto options = std::make_shared<RenderOptions>();
    addDesignOptions(*command, options->design);
    command->add_option("-o,--output", options->output, "PNG, TIFF or OpenEXR file: .png, .tif, .tiff, .exr")
        ->required();
    command->add_option("--bits", options->bits, "A channel in PNG and TIFF: 8 or 16; else 8");
    command->add_option("--dpi", options->job.dpi, "Pixels per inch in print, as PNG and TIFF tell it");
    command->add_option("--camera", options->job.camera, fmt::format("{}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    command->add_option("--light", options->job.light, fmt::format("{}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    command->add_option("--size", options->size, "Picture size in pixels, up to 16384x16384; else 1920x1080");
    addOwnCamera(*command, options->camera);
    command->add_option(
        "--distance-cm", options->job.distanceCm,
        "From the eye to the skin (hairline, macro) or to the head's middle; else the camera's own");
    command->add_option(
        "--samples", options->samples,
        fmt::format("Sub-frames, 1 to {}: more are smoother and slower; else {}, {} with a lens",
                    kMaxStillSamples, StillJob{}.samples, kLensSamples));
    command
        ->add_option("--aperture-mm", options->job.apertureMm,
                     "Depth of field: diameter of the lens, up to 200; 0: all is sharp")
        ->capture_default_str();
    command->add_option(
        "--focus-cm", options->job.focusCm,
        "From the eye to what is sharp, 1 to 1000; else the skin in the middle of the picture");
    command->add_option(
        "--lamp-degrees", options->job.lampDegrees,
        "Angular radius of the lamps, 0 to 45: wider throw softer shadows; else the light's own");
    command->add_flag("--timings", options->job.timings,
                      "Tell what each pass of a sub-frame costs; with --json in the report");
    addGlOptions(*command, options->job.gl);
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return render(*options); }; });
}

}  // namespace stubble
