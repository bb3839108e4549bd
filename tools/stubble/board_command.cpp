// stubble board: pictures side by side that differ in what is studied.

#include <fmt/ranges.h>

#include <charconv>
#include <cstdio>
#include <optional>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/png_file.h"
#include "engine/jobs/board_file.h"
#include "engine/jobs/board_page.h"
#include "engine/jobs/board_sheet.h"
#include "engine/jobs/board_table.h"
#include "engine/jobs/mismatch.h"
#include "engine/jobs/still.h"
#include "engine/scene/design_json.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

struct BoardOptions {
    DesignOptions design;
    std::vector<std::string> sweeps;
    std::string output, csv, camera, light, cell, crop, paper = "a4";
    std::optional<int> columns, samples;
    std::optional<double> distanceCm;
    bool mismatch = false, answers = false, list = false, json = false, quiet = false;
    ContextOptions gl;
};

constexpr std::string_view kSoftware = "stubble " STUBBLE_VERSION;

/// "512" or "512x640"
Result<void> parseCell(std::string_view text, BoardJob& job) {
    const char* const end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, job.cellWidth);
    auto height = width;
    job.cellHeight = job.cellWidth;
    if (width.ec == std::errc() && width.ptr != end && *width.ptr == 'x')
        height = std::from_chars(width.ptr + 1, end, job.cellHeight);
    const auto isSide = [](int px) { return px >= kMinBoardCellPx && px <= kMaxBoardCellPx; };
    if (height.ec != std::errc() || height.ptr != end || !isSide(job.cellWidth) || !isSide(job.cellHeight))
        return fail(ExitCode::usage, "--cell {}: expected PIXELS or WIDTHxHEIGHT, each from {} to {}", text,
                    kMinBoardCellPx, kMaxBoardCellPx);
    return {};
}

/// "0.25,0.1,0.5,0.5"
Result<BoardCrop> parseBoardCrop(std::string_view text) {
    BoardCrop crop;
    const char *at = text.data(), *const end = text.data() + text.size();
    bool good = true;
    for (float* share : {&crop.left, &crop.top, &crop.width, &crop.height}) {
        const auto [stop, error] = std::from_chars(at, end, *share);
        const bool last = share == &crop.height;
        good = good && error == std::errc() && (last ? stop == end : stop != end && *stop == ',');
        if (!good) break;
        at = stop + (last ? 0 : 1);
    }
    if (!good || !crop.isInside())
        return fail(ExitCode::usage, "--crop {}: expected {}", text, kCropExpected);
    return crop;
}

Result<glm::vec2> paperOf(const std::string& name) {
    constexpr std::array<std::string_view, 3> kNames = {"a4", "a3", "letter"};
    STUBBLE_CHECK(checkName("--paper", name, kNames));
    return name == "a4" ? kA4Mm : name == "a3" ? kA3Mm : kLetterMm;
}

std::string listBoards(const std::vector<ReadyBoard>& boards, bool json) {
    if (json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const ReadyBoard& board : boards)
            list.push_back(nlohmann::ordered_json::object({{"name", board.name},
                                                           {"title", board.spec.title},
                                                           {"description", board.spec.description},
                                                           {"pictures", board.spec.cells.size()}}));
        return reportText(list);
    }
    std::size_t width = 0;
    for (const ReadyBoard& board : boards) width = std::max(width, board.name.size());
    std::string text;
    for (const ReadyBoard& board : boards)
        text += fmt::format("{:{}}  {}\n", board.name, width, board.spec.description);
    return text;
}

/// The ready board, a board file, or nothing where --preset names a design.
Result<std::optional<ReadyBoard>> chosenBoard(const BoardOptions& options) {
    const std::string& name = options.design.preset;
    if (name.empty() || !options.sweeps.empty()) return std::nullopt;
    if (lowerSuffix(name) == ".json") {
        STUBBLE_TRY(ReadyBoard board, readBoard(name));
        return board;
    }
    STUBBLE_TRY(ReadyBoard board, readReadyBoard(name));
    return board;
}

Result<BoardJob> chooseJob(const BoardOptions& options) {
    BoardJob job;
    if (options.columns && (*options.columns < 1 || *options.columns > static_cast<int>(kMaxBoardColumns)))
        return fail(ExitCode::usage, "--columns {}: expected a whole number from 1 to {}", *options.columns,
                    kMaxBoardColumns);
    STUBBLE_TRY(const std::optional<ReadyBoard> ready, chosenBoard(options));
    DesignOptions design = options.design;
    if (ready) {
        design.preset.clear();
        job.spec = ready->spec;
        job.camera = ready->camera, job.light = ready->light, job.crop = ready->crop;
        job.mismatchDistanceCm = ready->mismatchDistanceCm;
        if (options.columns) {
            if (job.spec.isTable())
                return fail(ExitCode::usage, "--columns {}: board {} has its own", *options.columns,
                            ready->name);
            arrangeCells(job.spec, *options.columns);
        }
    } else {
        if (options.sweeps.empty())
            return fail(ExitCode::usage,
                        "expected --sweep KEY=V1,V2,… or --preset NAME (`stubble board --presets` lists "
                        "them)\nSee stubble board --help.");
        if (!design.preset.empty() && !design.designFile.empty())
            return fail(ExitCode::usage, "{}, --preset {}: with --sweep, expected one of the two",
                        design.designFile, design.preset);
        std::vector<BoardSweep> sweeps;
        for (const std::string& text : options.sweeps) {
            STUBBLE_TRY(BoardSweep sweep, parseSweep(text));
            sweeps.push_back(std::move(sweep));
        }
        STUBBLE_TRY(job.spec, boardOfSweeps(std::move(sweeps), options.columns.value_or(0)));
    }
    const bool own = !options.design.designFile.empty();
    STUBBLE_TRY(const ChosenDesign chosen,
                chooseDesign(design, ready && !own ? std::optional(ready->design) : std::nullopt));
    job.design = chosen.design, job.head = chosen.head;
    return job;
}

Result<void> chooseView(const BoardOptions& options, BoardJob& job) {
    if (!options.camera.empty()) job.camera = options.camera;
    if (!options.light.empty()) job.light = options.light;
    STUBBLE_CHECK(checkName("--camera", job.camera, cameraNames()));
    STUBBLE_CHECK(checkName("--light", job.light, lightNames()));
    if (!options.cell.empty()) STUBBLE_CHECK(parseCell(options.cell, job));
    if (!options.crop.empty()) {
        STUBBLE_TRY(job.crop, parseBoardCrop(options.crop));
    }
    job.samples = options.samples.value_or(job.samples);
    if (job.samples < 1 || job.samples > kMaxStillSamples)
        return fail(ExitCode::usage, "--samples {}: expected a whole number from 1 to {}", job.samples,
                    kMaxStillSamples);
    if (options.mismatch && !job.mismatchDistanceCm) job.mismatchDistanceCm = MismatchSight{}.distanceCm;
    if (options.distanceCm) {
        if (!(*options.distanceCm >= kMinMismatchDistanceCm && *options.distanceCm <= kMaxMismatchDistanceCm))
            return fail(ExitCode::usage, "--distance-cm {}: expected a number from {} to {}",
                        *options.distanceCm, kMinMismatchDistanceCm, kMaxMismatchDistanceCm);
        if (!job.mismatchDistanceCm)
            return fail(ExitCode::usage, "--distance-cm {}: is the observer's, it needs --mismatch",
                        *options.distanceCm);
        job.mismatchDistanceCm = *options.distanceCm;
    }
    return {};
}

TextChunks provenance(const Board& board) {
    return {{"Software", std::string(kSoftware)},
            {"Description", "Simulated scalp micropigmentation; not a photograph"},
            {"Board", reportText(boardJson(board))},
            {"Design", formatDesign(board.job.design)},
            {"Source", board.renderer}};
}

Result<void> writeBoard(const BoardOptions& options, const Board& board) {
    const SheetOptions sheet{options.answers, std::string(kSoftware)};
    const std::string suffix = lowerSuffix(options.output);
    if (suffix == ".pdf") {
        STUBBLE_TRY(const glm::vec2 paperMm, paperOf(options.paper));
        STUBBLE_TRY(const std::string bytes,
                    printBoard(board, sheet, paperMm,
                               {.title = board.job.spec.title.empty() ? "Board" : board.job.spec.title,
                                .subject = "Simulated scalp micropigmentation; not a photograph",
                                .creator = std::string(kSoftware),
                                .keywords = boardJson(board).dump()}));
        return writeFileAtomically(options.output, bytes);
    }
    if (suffix == ".html") {
        STUBBLE_TRY(const std::string page, boardPage(board, sheet, provenance(board)));
        return writeFileAtomically(options.output, page);
    }
    STUBBLE_TRY(const ImageRgb8 picture, drawBoard(board, sheet));
    return writePng(options.output, picture, {.text = provenance(board)});
}

Result<void> checkOutputs(const BoardOptions& options, const BoardJob& job) {
    const auto check = [&](const std::string& path, std::initializer_list<std::string_view> suffixes) {
        return checkOutput(
            path, suffixes,
            {options.design.designFile, options.design.preset, job.head.head, job.head.landmarks});
    };
    if (!options.output.empty()) STUBBLE_CHECK(check(options.output, {".png", ".pdf", ".html"}));
    if (!options.csv.empty()) STUBBLE_CHECK(check(options.csv, {".csv"}));
    if (!options.output.empty() && lowerSuffix(options.output) == ".png")
        STUBBLE_CHECK(checkBoardPicture(job, {options.answers, std::string(kSoftware)}));
    STUBBLE_TRY([[maybe_unused]] const glm::vec2 paperMm, paperOf(options.paper));
    return {};
}

Result<void> board(const BoardOptions& options) {
    if (options.list) {
        STUBBLE_TRY(const std::vector<ReadyBoard> boards, readReadyBoards());
        return writeStandardOutput(listBoards(boards, options.json));
    }
    if (options.output.empty() && options.csv.empty() && !options.json)
        return fail(ExitCode::usage, "expected --output, --csv or --json\nSee stubble board --help.");
    STUBBLE_TRY(BoardJob job, chooseJob(options));
    STUBBLE_CHECK(chooseView(options, job));
    STUBBLE_CHECK(checkOutputs(options, job));
    job.gl = options.gl;
    auto progress = makeProgress(options.quiet);
    ProgressPart rendering(progress.get(), 0, 0.95);
    STUBBLE_TRY(const Board board, renderBoard(job, &rendering));
    if (progress) progress->report(0.95, "writing");
    if (!options.output.empty()) STUBBLE_CHECK(writeBoard(options, board));
    if (!options.csv.empty()) STUBBLE_CHECK(writeFileAtomically(options.csv, boardCsv(board)));
    progress.reset();
    if (!options.quiet)
        std::fprintf(stderr, "%s%zu pictures in %.1f s\n", board.importReport.c_str(), board.pictures.size(),
                     board.seconds);
    return options.json ? writeStandardOutput(reportText(boardJson(board, true))) : Result<void>();
}

}  // namespace

void addBoardCommand(CLI::App& app, Command& run) {
    CLI::App* command =
        app.add_subcommand("board", "Put pictures side by side that differ in one to three keys");
    auto options = std::make_shared<BoardOptions>();
    addDesignOptions(*command, options->design);
    CLI::Option* preset = command->get_option("--preset");
    CLI::Option* file = command->get_option("DESIGN.json");  // an own design under a ready board
    preset->remove_excludes(file);
    file->remove_excludes(preset);
    preset->description("A ready board (--presets lists them) or a board file; with --sweep a ready design");
    command
        ->add_option("--sweep", options->sweeps,
                     "KEY=V1,V2,…: values of a design's key; the first key makes columns, a second rows, a "
                     "third blocks")
        ->allow_extra_args(false);
    command->add_flag("--presets", options->list, "List the ready boards");
    command->add_option("-o,--output", options->output,
                        "The board: .png, .pdf to print, or .html, a page in which pictures open large");
    command->add_option("--csv", options->csv, "CSV file: all figures");
    command->add_option("--columns", options->columns,
                        fmt::format("Of a board with one swept key, 1 to {}; else chosen", kMaxBoardColumns));
    command->add_option("--cell", options->cell,
                        "Size of a picture in pixels: PIXELS or WIDTHxHEIGHT, 128 to 4096; else 512");
    command->add_option("--camera", options->camera,
                        fmt::format("{}; else three-quarter", fmt::join(cameraNames(), ", ")));
    command->add_option("--light", options->light,
                        fmt::format("{}; else studio", fmt::join(lightNames(), ", ")));
    command->add_option("--crop", options->crop,
                        "Show a part of the camera's picture: LEFT,TOP,WIDTH,HEIGHT as shares of it");
    command->add_option(
        "--samples", options->samples,
        fmt::format("Sub-frames of a picture, 1 to {}; else {}", kMaxStillSamples, BoardJob{}.samples));
    command->add_flag("--mismatch", options->mismatch,
                      "Measure d′ of each picture, too: about as dear as ten more pictures");
    command->add_option("--distance-cm", options->distanceCm,
                        "Of the observer that d′ is of, 20 to 500; else 75");
    command->add_flag("--answers", options->answers, "Say what the pictures of a quiz show");
    command->add_option("--paper", options->paper, "Of a PDF: a4, a3, letter")->capture_default_str();
    addGlOptions(*command, options->gl);
    command->add_flag("--json", options->json, "Print all figures as JSON on standard output");
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return board(*options); }; });
}

}  // namespace stubble
