// stubble plan: what a practitioner takes into the treatment room, and what the client takes home.

#include <fmt/ranges.h>

#include <array>
#include <cstdio>
#include <memory>

#include "engine/core/file.h"
#include "engine/jobs/plan_sheet.h"
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

struct PlanOptions {
    DesignOptions design;
    std::string output, paper = "a4";
    PlanJob job;
    bool noBlending = false, quiet = false;
};

constexpr std::array<std::string_view, 2> kPapers = {"a4", "letter"};

std::string jsonText(const Plan& plan) {
    return planJson(plan).dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<std::string> sheetOf(const Plan& plan, const std::string& suffix, Paper paper) {
    if (suffix == ".json") return jsonText(plan);
    return suffix == ".html" ? planHtml(plan) : planPdf(plan, paper);
}

Result<void> writePlan(const PlanOptions& options) {
    if (options.output.empty()) return fail(ExitCode::usage, "expected --output\nSee stubble plan --help.");
    STUBBLE_CHECK(checkName("--paper", options.paper, kPapers));
    STUBBLE_CHECK(checkName("--camera", options.job.camera, cameraNames()));
    STUBBLE_CHECK(checkName("--light", options.job.light, lightNames()));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    const bool toStdout = options.output == "-";
    if (!toStdout)
        STUBBLE_CHECK(checkOutput(options.output, {".pdf", ".html", ".json"},
                                  {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    const std::string suffix = toStdout ? ".json" : lowerSuffix(options.output);
    PlanJob job = options.job;
    job.design = chosen.design;
    job.head = chosen.head;
    job.software = "stubble " STUBBLE_VERSION;
    job.picture = suffix != ".json";
    job.blending = !options.noBlending;
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const Plan plan, makePlan(job, progress.get()));
    STUBBLE_TRY(const std::string bytes, sheetOf(plan, suffix, *paperFromName(options.paper)));
    progress.reset();
    if (!options.quiet) std::fputs(plan.importReport.c_str(), stderr);
    return toStdout ? writeStandardOutput(bytes) : writeFileAtomically(options.output, bytes);
}

}  // namespace

void addPlanCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand(
        "plan", "Write a sheet for the treatment room: hairline at real scale, zones, sessions, advice");
    auto options = std::make_shared<PlanOptions>();
    addDesignOptions(*command, options->design);
    command->add_option(
        "-o,--output", options->output,
        "File that ends in .pdf (to print at 100 %), .html or .json, or - for JSON on standard "
        "output");
    command->add_option("--paper", options->paper, "a4 or letter, of the PDF")->capture_default_str();
    command
        ->add_option("--camera", options->job.camera,
                     fmt::format("Of the picture: {}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    command
        ->add_option("--light", options->job.light,
                     fmt::format("Of the picture: {}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    command->add_flag("--no-blending", options->noBlending,
                      "Leave out up to which length hair blends, which takes most of the time");
    addGlOptions(*command, options->job.gl);
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return writePlan(*options); }; });
}

}  // namespace stubble
