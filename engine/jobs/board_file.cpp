#include "engine/jobs/board_file.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/suggest.h"
#include "engine/jobs/mismatch.h"
#include "engine/jobs/spec_reader.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kBoardVersion = 1;
constexpr std::size_t kMaxBoardBytes = 1u << 20, kMaxDescriptionBytes = 2000;

Result<BoardCrop> readCrop(const SpecReader& reader) {
    if (!reader.has("crop")) return BoardCrop{};
    const Json& value = reader.at("crop");
    const bool isList = value.is_array() && value.size() == 4 &&
                        std::ranges::all_of(value, [](const Json& share) { return share.is_number(); });
    const BoardCrop crop = isList ? BoardCrop{value[0], value[1], value[2], value[3]} : BoardCrop{0, 0, 0, 0};
    if (!crop.isInside()) return reader.unexpected("crop", kCropExpected);
    return crop;
}

Result<BoardSpec> readSpec(const SpecReader& reader) {
    STUBBLE_TRY(const auto columns, reader.number("columns", 1, kMaxBoardColumns));
    if (reader.has("sweep") == reader.has("pictures"))
        return reader.bad("sweep, pictures", "expected one of the two");
    if (reader.has("quiz") && !reader.at("quiz").is_boolean())
        return reader.unexpected("quiz", "true or false");
    const int asked = static_cast<int>(columns.value_or(0));
    BoardSpec spec;
    if (reader.has("sweep")) {
        STUBBLE_TRY(std::vector<BoardSweep> sweeps, readSweeps(reader, "sweep"));
        STUBBLE_TRY(spec,
                    boardOfSweeps(std::move(sweeps), asked, ExitCode::badInput, reader.placeOf("sweep: ")));
    } else {
        STUBBLE_TRY(spec.cells, readCells(reader, "pictures", "title"));
        arrangeCells(spec, asked);
    }
    spec.quiz = reader.has("quiz") && reader.at("quiz").get<bool>();
    STUBBLE_TRY(spec.title, reader.text("name", kMaxSpecNameBytes, true));
    STUBBLE_TRY(spec.description, reader.text("description", kMaxDescriptionBytes, false));
    return spec;
}

Result<Design> readBase(const SpecReader& reader) {
    STUBBLE_TRY(const std::string preset, reader.text("design", kMaxSpecNameBytes, false));
    Design design;
    if (!preset.empty()) {
        auto read = readPreset(preset);
        if (!read) return reader.bad("design", "{}", read.error().message);
        design = *std::move(read);
    }
    STUBBLE_TRY(const std::vector<std::string> settings, readSettings(reader, "set"));
    return designOf({"", settings}, std::move(design), reader.placeOf("set: "));
}

}  // namespace

Result<ReadyBoard> parseBoard(std::string_view text, std::string_view fileName) {
    STUBBLE_TRY(const Json file, parseJson(text, fileName));
    STUBBLE_TRY(const SpecReader reader, SpecReader::ofFile(file, fileName, "board", kBoardVersion));
    constexpr std::array<std::string_view, 14> kKnown = {
        "stubble", "version", "name",       "description", "design",   "set",     "camera",
        "light",   "crop",    "distanceCm", "sweep",       "pictures", "columns", "quiz"};
    STUBBLE_CHECK(reader.check(kKnown));
    ReadyBoard board;
    STUBBLE_TRY(board.spec, readSpec(reader));
    STUBBLE_TRY(board.design, readBase(reader));
    STUBBLE_TRY(board.camera, reader.choice("camera", board.camera, cameraNames()));
    STUBBLE_TRY(board.light, reader.choice("light", board.light, lightNames()));
    STUBBLE_TRY(board.crop, readCrop(reader));
    STUBBLE_TRY(board.mismatchDistanceCm,
                reader.number("distanceCm", kMinMismatchDistanceCm, kMaxMismatchDistanceCm));
    return board;
}

Result<ReadyBoard> readBoard(const fs::path& path) {
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxBoardBytes));
    STUBBLE_TRY(ReadyBoard board, parseBoard(text, path.string()));
    board.name = path.stem().string();
    return board;
}

Result<std::vector<ReadyBoard>> readReadyBoards() {
    STUBBLE_TRY(const fs::path data, dataDir());
    const fs::path folder = data / "assets/boards";
    std::vector<ReadyBoard> boards;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() != ".json") continue;
        STUBBLE_TRY(ReadyBoard board, readBoard(entry->path()));
        boards.push_back(std::move(board));
    }
    if (error) return fail(ExitCode::badInput, "{}: cannot be listed: {}", folder.string(), error.message());
    std::ranges::sort(boards, {}, &ReadyBoard::name);
    return boards;
}

Result<ReadyBoard> readReadyBoard(std::string_view name) {
    STUBBLE_TRY(std::vector<ReadyBoard> boards, readReadyBoards());
    const auto found = std::ranges::find(boards, name, &ReadyBoard::name);
    if (found != boards.end()) return std::move(*found);
    std::vector<std::string_view> names;
    for (const ReadyBoard& board : boards) names.push_back(board.name);
    return fail(ExitCode::usage, "{}: unknown board{} (`stubble board --presets` lists them)",
                name.substr(0, 80), didYouMean(name, names));
}

}  // namespace stubble
