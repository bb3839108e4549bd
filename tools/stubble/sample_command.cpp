// stubble sample: even samples of any mesh.

#include <charconv>
#include <cstdio>

#include "engine/core/file.h"
#include "engine/jobs/sample_mesh.h"
#include "engine/jobs/spread_report.h"
#include "tools/stubble/command.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"

namespace stubble {
namespace {

struct SampleCommandOptions {
    std::string mesh, count, seed = "1", output;
    bool ranked = false, stats = false, json = false, quiet = false;
};

Result<std::uint64_t> wholeNumber(const char* option, const std::string& text, std::uint64_t least,
                                  std::uint64_t most) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value < least || value > most)
        return fail(ExitCode::usage, "{} {}: expected a whole number from {} to {}", option, text, least,
                    most);
    return value;
}

std::string reportJson(const SampleCommandOptions& options, const MeshSamples& samples) {
    nlohmann::ordered_json report = {{"mesh", options.mesh},
                                     {"triangles", samples.triangles},
                                     {"facesDropped", samples.facesDropped},
                                     {"area", samples.samples.areaMm2},
                                     {"count", samples.samples.size()},
                                     {"ranked", samples.ranked},
                                     {"readSeconds", reportNumber(samples.readSeconds)},
                                     {"seconds", reportNumber(samples.seconds)}};
    if (samples.spread) report["stats"] = spreadJson(*samples.spread);
    return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<void> sample(const SampleCommandOptions& options) {
    const bool toStdout = options.output == "-";
    if (options.output.empty() && !options.json && !options.stats)
        return fail(ExitCode::usage, "expected --output, --stats or --json\nSee stubble sample --help.");
    if (toStdout && (options.json || options.stats))
        return fail(ExitCode::usage, "{} prints on standard output, which -o - takes already",
                    options.json ? "--json" : "--stats");
    SampleMeshJob job{.mesh = options.mesh, .ranked = options.ranked, .measure = options.stats};
    STUBBLE_TRY(job.count, wholeNumber("--count", options.count, 1, kMaxMeshSamples));
    STUBBLE_TRY(job.seed, wholeNumber("--seed", options.seed, 0, UINT64_MAX));
    if (!toStdout && !options.output.empty())
        STUBBLE_CHECK(checkOutput(options.output, {".ply", ".csv"}, {options.mesh}));
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const MeshSamples samples, sampleMesh(job, progress.get()));
    if (!options.output.empty()) {
        const std::string bytes =
            lowerSuffix(options.output) == ".ply" ? formatSamplesPly(samples) : formatSamplesCsv(samples);
        STUBBLE_CHECK(toStdout ? writeStandardOutput(bytes) : writeFileAtomically(options.output, bytes));
    }
    progress.reset();
    if (!options.quiet && samples.facesDropped > 0)
        std::fprintf(stderr,
                     "%zu faces of the file left out: without area, or over the same corners as another\n",
                     samples.facesDropped);
    if (!options.quiet)
        std::fprintf(stderr, "%zu samples of %zu triangles, %.2f s (%.2f s to read)\n",
                     samples.samples.size(), samples.triangles, samples.seconds, samples.readSeconds);
    if (options.json) return writeStandardOutput(reportJson(options, samples));
    return samples.spread ? writeStandardOutput(spreadText(*samples.spread)) : Result<void>();
}

}  // namespace

void addSampleCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("sample", "Spread samples evenly over any mesh");
    auto options = std::make_shared<SampleCommandOptions>();
    command
        ->add_option("MESH", options->mesh,
                     "Mesh file, sampled in its own coordinates, or builtin:NAME, in millimetres")
        ->required();
    command->add_option("--count", options->count, "How many samples, exactly: 1 to 16000000")->required();
    command->add_option("--seed", options->seed, "Another seed, other samples");
    command->add_flag("--ranked", options->ranked, "Order them so that every first part is well spread");
    command->add_option("-o,--output", options->output,
                        "File that ends in .ply or .csv, or - for CSV on standard output");
    command->add_flag(
        "--stats", options->stats,
        "Measure how well they are spread: distances, gaps, pair correlation, directions; lengths "
        "in the mesh's unit");
    command->add_flag("--json", options->json, "Print a report as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return sample(*options); }; });
}

}  // namespace stubble
