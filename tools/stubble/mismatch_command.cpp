// stubble mismatch: how far a treated scalp differs from a natural one, and up to which length nobody can
// tell.

#include <fmt/ranges.h>

#include <array>
#include <cstdio>

#include "engine/core/file.h"
#include "engine/core/png_file.h"
#include "engine/jobs/mismatch_job.h"
#include "engine/scene/design_json.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

struct MismatchOptions {
    DesignOptions design;
    std::string map, report, curve;
    MismatchJob job;
    bool json = false, quiet = false;
};

Result<void> checkOptions(const MismatchOptions& options) {
    const MismatchJob& job = options.job;
    const MismatchSight& sight = job.sight;
    STUBBLE_CHECK(checkName("--camera", sight.camera, cameraNames()));
    STUBBLE_CHECK(checkName("--light", sight.light, lightNames()));
    if (!(sight.distanceCm >= kMinMismatchDistanceCm && sight.distanceCm <= kMaxMismatchDistanceCm))
        return fail(ExitCode::usage, "--distance-cm {}: expected a number from {} to {}", sight.distanceCm,
                    kMinMismatchDistanceCm, kMaxMismatchDistanceCm);
    if (job.lengthMm && !(*job.lengthMm >= 0 && *job.lengthMm <= kMaxMismatchLengthMm))
        return fail(ExitCode::usage, "--length-mm {}: expected a number from 0 to {}", *job.lengthMm,
                    kMaxMismatchLengthMm);
    return {};
}

Result<void> checkOutputs(const MismatchOptions& options, const ChosenDesign& chosen) {
    struct Output {
        const std::string* path;
        std::string_view suffix;
    };
    const std::array<Output, 3> outputs = {
        {{&options.map, ".png"}, {&options.report, ".json"}, {&options.curve, ".csv"}}};
    for (const Output& output : outputs)
        if (!output.path->empty())
            STUBBLE_CHECK(checkOutput(*output.path, {output.suffix},
                                      {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    return {};
}

Result<void> writeMap(const MismatchOptions& options, const MismatchReport& report) {
    const MismatchSight& sight = report.job.sight;
    const TextChunks text = {
        {"Software", "stubble " STUBBLE_VERSION},
        {"Description",
         "Simulated scalp micropigmentation; not a photograph. Colours: local d' of pigment "
         "against hair"},
        {"Design", formatDesign(report.job.design)},
        {"View", fmt::format("camera {}, light {}, {:g} cm, hair of {:g} mm", sight.camera, sight.light,
                             sight.distanceCm, report.lengthMm)},
        {"Finding", report.sentence},
        {"Source", report.renderer}};
    return writePng(options.map, report.map->picture, {.text = text});
}

std::string textOf(const MismatchReport& report) {
    nlohmann::ordered_json json = mismatchJson(report);
    json["software"] = "stubble " STUBBLE_VERSION;
    return reportText(json);
}

Result<void> mismatch(const MismatchOptions& options) {
    STUBBLE_CHECK(checkOptions(options));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    STUBBLE_CHECK(checkOutputs(options, chosen));
    MismatchJob job = options.job;
    job.design = chosen.design;
    job.head = chosen.head;
    job.map = !options.map.empty();
    job.report = !options.report.empty();
    job.curve = !options.curve.empty();
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const MismatchReport report, runMismatch(job, progress.get()));
    if (job.map) STUBBLE_CHECK(writeMap(options, report));
    if (job.report) STUBBLE_CHECK(writeFileAtomically(options.report, textOf(report)));
    if (job.curve) STUBBLE_CHECK(writeFileAtomically(options.curve, mismatchCsv(report.curve)));
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%scompared at %zu lengths in %.1f s\n", report.importReport.c_str(),
                     report.blending.tried.size(), report.seconds);
    return writeStandardOutput(options.json ? textOf(report) : report.sentence + '\n');
}

}  // namespace

void addMismatchCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand(
        "mismatch", "Say up to which hair length pigment blends with hair, and map where it is told");
    auto options = std::make_shared<MismatchOptions>();
    MismatchSight& sight = options->job.sight;
    addDesignOptions(*command, options->design);
    command->add_option("-o,--output", options->map, "PNG file: a map of d' over the treated skin");
    command->add_option("--report", options->report, "JSON file: every figure");
    command->add_option("--curve", options->curve, "CSV file: d' by length, distance and view");
    command->add_option("--length-mm", options->job.lengthMm,
                        "Hair length of map and report, 0 to 25; else the design's own");
    command->add_option("--distance-cm", sight.distanceCm, "From the observer's eye to the skin")
        ->capture_default_str();
    command->add_option("--camera", sight.camera, fmt::format("{}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    command->add_option("--light", sight.light, fmt::format("{}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    addGlOptions(*command, options->job.gl);
    command->add_flag("--json", options->json, "Print what was measured as JSON instead of the sentence");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return mismatch(*options); }; });
}

}  // namespace stubble
