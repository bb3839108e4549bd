// stubble place: every impression of a design.

#include <cstdio>
#include <optional>

#include "engine/core/file.h"
#include "engine/jobs/impression_file.h"
#include "engine/jobs/pigment_figures.h"
#include "engine/jobs/placement.h"
#include "engine/jobs/placement_stats.h"
#include "engine/jobs/spread_report.h"
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
    bool stats = false, json = false, quiet = false;
};

struct Measured {
    PlacementStats stats;
    std::optional<PigmentFigures> pigment;  ///< where there is treated skin
};

Measured measure(const Placement& placement, const Design& design) {
    Measured measured{measurePlacement(placement.head->mesh, placement.impressions), {}};
    if (const double areaCm2 = measured.stats.whole.areaCm2; areaCm2 > 0)
        measured.pigment = measurePigment(placement.impressions, *placement.looks, design, areaCm2);
    return measured;
}

std::string statsText(const Measured& measured) {
    std::string text = placementStatsText(measured.stats);
    if (measured.pigment)
        text += fmt::format(
            "on the day pigment lies under {:.1f} % of the treated skin and takes {:.1f} % of its light\n",
            100 * measured.pigment->coverage, 100 * measured.pigment->darkening);
    return text;
}

std::string reportJson(const Placement& placement, const std::optional<Measured>& measured) {
    nlohmann::ordered_json report = {{"head", placement.headName},
                                     {"impressions", placement.impressions.size()},
                                     {"impressionsPerSession", dotsPerSession(placement.impressions)},
                                     {"hairs", placement.hairs},
                                     {"seconds", reportNumber(placement.seconds)}};
    if (measured) report["stats"] = placementStatsJson(measured->stats);
    if (measured && measured->pigment) {
        report["stats"]["coverage"] = reportNumber(measured->pigment->coverage);
        report["stats"]["darkening"] = reportNumber(measured->pigment->darkening);
    }
    return reportText(report);
}

std::string format(const Placement& placement, const std::string& suffix) {
    if (suffix == ".ply") return formatImpressionsPly(placement.impressions);
    if (suffix == ".json") return formatImpressionsJson(placement.impressions, placement.headName);
    return formatImpressionsCsv(placement.impressions);
}

Result<void> place(const PlaceOptions& options) {
    const bool toStdout = options.output == "-";
    if (options.output.empty() && !options.json && !options.stats)
        return fail(ExitCode::usage, "expected --output, --stats or --json\nSee stubble place --help.");
    if (toStdout && (options.json || options.stats))
        return fail(ExitCode::usage, "{} prints on standard output, which -o - takes already",
                    options.json ? "--json" : "--stats");
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    if (!toStdout && !options.output.empty())
        STUBBLE_CHECK(checkOutput(options.output, {".ply", ".csv", ".json"},
                                  {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    auto progress = makeProgress(options.quiet);
    ProgressPart placing(progress.get(), 0, options.stats ? 0.7 : 1);
    STUBBLE_TRY(const Placement placement, placeDesign({chosen.design, chosen.head}, &placing));
    std::optional<Measured> measured;
    if (options.stats) {
        if (progress) progress->report(0.7, "measuring");
        measured = measure(placement, chosen.design);
    }
    if (!options.output.empty()) {
        const std::string bytes = format(placement, lowerSuffix(options.output));
        STUBBLE_CHECK(toStdout ? writeStandardOutput(bytes) : writeFileAtomically(options.output, bytes));
    }
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%s%zu impressions on %s, %.1f s\n", placement.importReport.c_str(),
                     placement.impressions.size(), placement.headName.c_str(), placement.seconds);
    if (options.json) return writeStandardOutput(reportJson(placement, measured));
    return measured ? writeStandardOutput(statsText(*measured)) : Result<void>();
}

}  // namespace

void addPlaceCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("place", "Write every pigment impression of a design");
    auto options = std::make_shared<PlaceOptions>();
    addDesignOptions(*command, options->design);
    command->add_option(
        "-o,--output", options->output,
        "File that ends in .ply (zones by number), .csv or .json (one object a dot, keyed as the "
        "CSV's columns), or - for CSV on standard output");
    command->add_flag("--stats", options->stats,
                      "Measure the treatment: dots/cm² by zone, sessions, distances between dots, gaps");
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return place(*options); }; });
}

}  // namespace stubble
