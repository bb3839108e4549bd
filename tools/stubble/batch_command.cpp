// stubble batch: many pictures, planned once, rendered by any number of processes, checked in the end.

#include <charconv>
#include <cstdio>
#include <set>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/jobs/batch_job.h"
#include "engine/jobs/batch_merge.h"
#include "engine/jobs/batch_shard.h"
#include "engine/jobs/spread_report.h"
#include "engine/scalp/head_load.h"
#include "tools/stubble/command.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSoftware = "stubble " STUBBLE_VERSION;

struct BatchOptions {
    std::string job, folder, shard = "0/1", csv;
    std::size_t shards = 0;
    ContextOptions gl;
    bool json = false, quiet = false;
};

std::string plural(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

Result<void> plan(const BatchOptions& options) {
    STUBBLE_TRY(BatchManifest manifest, readBatchJob(options.job, std::string(kSoftware)));
    // What is no head is told now, not by every shard.
    std::set<std::string> heads;
    for (const BatchScene& scene : manifest.scenes)
        if (heads.insert(scene.head).second) {
            STUBBLE_TRY(const LoadedHead head, loadHead({scene.head, {}, {}}));
            if (!options.quiet && !isBuiltinHead(scene.head))
                std::fprintf(stderr, "%s:\n%s", oneLine(scene.head).c_str(), head.reportText().c_str());
        }
    STUBBLE_CHECK(writeManifest(options.folder, manifest));
    if (!options.quiet)
        std::fprintf(stderr, "%s: %s: %s, %s, %s, %s\n", oneLine(options.folder).c_str(),
                     plural(manifest.imageCount(), "picture").c_str(),
                     plural(manifest.scenes.size(), "design").c_str(),
                     plural(manifest.cameras.size(), "camera").c_str(),
                     plural(manifest.lights.size(), "light").c_str(),
                     plural(manifest.sizes.size(), "size").c_str());
    if (!options.json) return writeStandardOutput(fmt::format("{}\n", manifest.imageCount()));
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < manifest.imageCount(); ++i)
        files.push_back(batchFile(manifest, batchImage(manifest, i)));
    return writeStandardOutput(reportText({{"manifest", manifest.hash},
                                           {"pictures", manifest.imageCount()},
                                           {"designs", manifest.scenes.size()},
                                           {"files", std::move(files)}}));
}

/// "3/64"
Result<BatchShard> parseShard(std::string_view text) {
    BatchShard shard;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, shard.index);
    const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
    const auto second = std::from_chars(slash ? first.ptr + 1 : end, end, shard.count);
    if (!slash || second.ec != std::errc() || second.ptr != end || shard.count > kMaxBatchImages ||
        shard.index >= shard.count)
        return fail(ExitCode::usage,
                    "--shard {}: expected INDEX/COUNT, an index from 0 to COUNT - 1, a count of {} at most",
                    text, kMaxBatchImages);
    return shard;
}

std::string eventLine(const BatchEvent& event) {
    constexpr std::array kStates = {"kept", "rendered", "busy", "failed"};
    nlohmann::ordered_json json = {{"image", event.index},
                                   {"file", event.file},
                                   {"state", kStates[static_cast<std::size_t>(event.kind)]}};
    if (event.kind == BatchEvent::Kind::rendered) json["seconds"] = reportNumber(event.seconds);
    if (event.kind == BatchEvent::Kind::failed) json["fault"] = event.fault;
    if (event.kind == BatchEvent::Kind::kept || event.kind == BatchEvent::Kind::rendered) {
        json["bytes"] = event.record.bytes;
        json["xxh3"] = event.record.xxh3;
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string closingWords(const BatchOptions& options, const BatchShardReport& report) {
    std::string text = fmt::format("{}: shard {}: {} rendered, {} done before", options.folder, options.shard,
                                   plural(report.rendered, "picture"), report.kept);
    if (report.rendered == 0) return text;
    const auto share = [&](double seconds) { return 100 * seconds / report.all; };
    const double rest = report.all - report.rendering - report.opening - report.uploading - report.forScenes -
                        report.forFiles - report.checking;
    return text + fmt::format(
                      ", in {:.1f} s ({:.2f} a second): rendering {:.1f} %, opening {:.1f}, waiting for "
                      "scenes {:.1f}, for files {:.1f}, uploading {:.1f}, checking {:.1f}, rest {:.1f}",
                      report.all, static_cast<double>(report.rendered) / report.all, share(report.rendering),
                      share(report.opening), share(report.forScenes), share(report.forFiles),
                      share(report.uploading), share(report.checking), share(rest));
}

Result<void> render(const BatchOptions& options) {
    BatchShardJob job;
    STUBBLE_TRY(job.shard, parseShard(options.shard));
    job.folder = options.folder;
    job.gl = options.gl;
    STUBBLE_TRY(job.manifest, readManifest(job.folder, kSoftware));
    Result<void> told;
    if (options.json)
        job.listener = [&](const BatchEvent& event) {
            if (told) told = writeStandardOutput(eventLine(event));
        };
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const BatchShardReport report, renderBatchShard(job, progress.get()));
    progress.reset();
    STUBBLE_CHECK(told);
    if (!options.quiet) std::fprintf(stderr, "%s\n", oneLine(closingWords(options, report)).c_str());
    if (report.busy > 0)
        return fail(ExitCode::tryAgain, "{}: {} in the hands of another process; run it again after that",
                    options.folder, plural(report.busy, "picture"));
    return {};
}

/// All of it is on standard output.
std::string shownArray(const std::string& array) {
    constexpr std::size_t kMostShown = 200;
    if (array.size() <= kMostShown) return array;
    return array.substr(0, array.rfind(',', kMostShown)) + ",…";
}

Result<void> merge(const BatchOptions& options) {
    if (options.shards > kMaxBatchImages)
        return fail(ExitCode::usage, "--shards {}: expected a whole number from 1 to {}", options.shards,
                    kMaxBatchImages);
    STUBBLE_TRY(const BatchManifest manifest, readManifest(options.folder, kSoftware));
    if (!options.csv.empty())
        STUBBLE_CHECK(checkOutput(options.csv, {".csv"}, {manifestFileOf(options.folder)}));
    const std::size_t count = manifest.imageCount(), shards = options.shards > 0 ? options.shards : count;
    auto progress = makeProgress(options.quiet);
    const BatchSummary summary = verifyBatch(options.folder, manifest, progress.get());
    progress.reset();
    if (!options.csv.empty()) STUBBLE_CHECK(writeFileAtomically(options.csv, batchCsv(manifest, summary)));
    const std::string array = arrayText(shardsToRender(summary, shards));
    if (options.json) {
        const auto counted = [](const std::map<std::string, std::size_t>& pictures) {
            nlohmann::ordered_json json = nlohmann::ordered_json::object();
            for (const auto& [name, number] : pictures) json[name] = number;
            return json;
        };
        STUBBLE_CHECK(writeStandardOutput(reportText({{"pictures", count},
                                                      {"done", summary.done},
                                                      {"missing", summary.missing},
                                                      {"damaged", summary.damaged},
                                                      {"shards", shards},
                                                      {"array", array},
                                                      {"renderers", counted(summary.renderers)},
                                                      {"programs", counted(summary.programs)}})));
    } else if (!array.empty()) {
        STUBBLE_CHECK(writeStandardOutput(array + '\n'));
    }
    if (!options.quiet)
        for (const auto& [kinds, what] : {std::pair(summary.renderers.size(), "kinds of graphics device"),
                                          std::pair(summary.programs.size(), "builds of the program")})
            if (kinds > 1)
                std::fprintf(stderr, "made by %zu %s, which may differ in last digits\n", kinds, what);
    if (!array.empty())
        return fail(ExitCode::tryAgain, "{}: of {} {} missing and {} damaged; render shards {} of {} again",
                    options.folder, plural(count, "picture"), summary.missing.size(), summary.damaged.size(),
                    shownArray(array), shards);
    if (!options.quiet)
        std::fprintf(stderr, "%s: %s, all done and whole\n", oneLine(options.folder).c_str(),
                     plural(count, "picture").c_str());
    return {};
}

}  // namespace

void addBatchCommand(CLI::App& app, Command& run) {
    CLI::App* batch = app.add_subcommand("batch", "Render many pictures, on one machine or on many");
    batch->require_subcommand(1);
    auto options = std::make_shared<BatchOptions>();
    const auto add = [&](const char* name, const char* about, Result<void> (*work)(const BatchOptions&)) {
        CLI::App* command = batch->add_subcommand(name, about);
        command->add_flag("--json", options->json, "Print what was done as JSON on standard output");
        command->add_flag("--quiet", options->quiet, "No progress and no closing message");
        command->callback([options, work, &run] {
            run = [options, work]() -> Result<void> {
                // As a script's unset variable gives it; the working folder is ".".
                if (options->folder.empty()) return fail(ExitCode::usage, "the batch's folder: is empty");
                return work(*options);
            };
        });
        return command;
    };
    CLI::App* planning = add("plan", "Work out all pictures of a job and fix them in a folder", plan);
    planning
        ->add_option("JOB.json", options->job, "Designs, overrides, cameras, lights, sizes (docs/batch.md)")
        ->required();
    planning->add_option("-o,--output", options->folder, "Folder for plan and pictures; made where it is not")
        ->required();
    CLI::App* rendering = add("render", "Render what is not done of a planned batch", render);
    rendering->add_option("FOLDER", options->folder, "Where the batch was planned")->required();
    rendering
        ->add_option("--shard", options->shard,
                     "INDEX/COUNT: one of COUNT parts, counted from 0; else all of it")
        ->capture_default_str();
    addGlOptions(*rendering, options->gl);
    CLI::App* merging =
        add("merge", "Check every picture of a batch, and tell which shards to render again", merge);
    merging->add_option("FOLDER", options->folder, "Where the batch was planned")->required();
    merging
        ->add_option("--shards", options->shards,
                     "Parts that it is rendered in; else as many as there are pictures")
        ->check(CLI::PositiveNumber);
    merging->add_option("--csv", options->csv, "Write a table of all pictures");
}

}  // namespace stubble
