// stubble place: every impression of a design.

#include <cstdio>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/jobs/impression_file.h"
#include "engine/jobs/placement.h"
#include "engine/scene/design_keys.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"

namespace stubble {
namespace {

struct PlaceOptions {
    DesignOptions design;
    std::string output;
    bool json = false, quiet = false;
};

std::string reportJson(const Placement& placement) {
    const nlohmann::ordered_json report = {
        {"head", placement.headName},
        {"impressions", placement.impressions.size()},
        {"impressionsPerSession", dotsPerSession(placement.impressions)},
        {"hairs", placement.hairs},
        {"seconds", placement.seconds}};
    return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<void> place(const PlaceOptions& options) {
    const bool toStdout = options.output == "-";
    if (toStdout && options.json)
        return fail(ExitCode::usage, "--json prints on standard output, which -o - takes already");
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    if (!toStdout)
        STUBBLE_CHECK(checkOutput(options.output, {".ply", ".csv"},
                                  {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const Placement placement, placeDesign({chosen.design, chosen.head}, progress.get()));
    const std::string bytes = lowerSuffix(options.output) == ".ply"
                                  ? formatImpressionsPly(placement.impressions)
                                  : formatImpressionsCsv(placement.impressions);
    STUBBLE_CHECK(toStdout ? writeStandardOutput(bytes) : writeFileAtomically(options.output, bytes));
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%s%zu impressions on %s, %.1f s\n", placement.importReport.c_str(),
                     placement.impressions.size(), placement.headName.c_str(), placement.seconds);
    return options.json ? writeStandardOutput(reportJson(placement)) : Result<void>();
}

}  // namespace

void addPlaceCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("place", "Write every pigment impression of a design");
    auto options = std::make_shared<PlaceOptions>();
    addDesignOptions(*command, options->design);
    command
        ->add_option("-o,--output", options->output,
                     "File that ends in .ply or .csv, or - for CSV on standard output")
        ->required();
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return place(*options); }; });
}

}  // namespace stubble
