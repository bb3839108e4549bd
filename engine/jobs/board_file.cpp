#include "engine/jobs/board_file.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/suggest.h"
#include "engine/jobs/mismatch.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kBoardVersion = 1;
constexpr std::size_t kMaxBoardBytes = 1u << 20, kMaxNameBytes = 100, kMaxDescriptionBytes = 2000;

/// An object of a board file and where it stands, for messages.
class Reader {
  public:
    Reader(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

    template <typename... Args>
    [[nodiscard]] tl::unexpected<Error> bad(std::string_view name, fmt::format_string<Args...> format,
                                            Args&&... args) const {
        return fail(ExitCode::badInput, "{}{}: {}", place_, name,
                    fmt::format(format, std::forward<Args>(args)...));
    }
    [[nodiscard]] tl::unexpected<Error> unexpected(std::string_view name, std::string_view expected) const {
        const auto value = object_.find(name);
        return bad(name, "found {}, expected {}", value == object_.end() ? "nothing" : describeType(*value),
                   expected);
    }
    [[nodiscard]] Result<void> check(std::span<const std::string_view> known) const {
        for (const auto& [name, value] : object_.items())
            if (std::ranges::find(known, name) == known.end())
                return bad(oneLine(name.substr(0, 80)), "unknown key{}", didYouMean(name, known));
        return {};
    }
    [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }
    [[nodiscard]] const Json& at(std::string_view name) const { return object_[std::string(name)]; }
    [[nodiscard]] std::string placeOf(std::string_view name) const {
        return fmt::format("{}{}", place_, name);
    }

    [[nodiscard]] Result<std::string> text(std::string_view name, std::size_t maxBytes, bool required) const {
        if (!has(name) && !required) return std::string();
        const std::string expected = fmt::format("one line of 1 to {} bytes", maxBytes);
        if (!has(name) || !at(name).is_string()) return unexpected(name, expected);
        const auto& value = at(name).get_ref<const std::string&>();
        if (value.empty() || value.size() > maxBytes || oneLine(value) != value)
            return bad(name, "found {} bytes, expected {}", value.size(), expected);
        return value;
    }
    /// One of the known names; the first where there is none.
    [[nodiscard]] Result<std::string> choice(std::string_view name, std::string_view usual,
                                             std::span<const std::string_view> known) const {
        if (!has(name)) return std::string(usual);
        const Json& value = at(name);
        if (value.is_string() && std::ranges::find(known, value.get<std::string>()) != known.end())
            return value.get<std::string>();
        return unexpected(name, fmt::format("one of {}", fmt::join(known, ", ")));
    }
    [[nodiscard]] Result<std::optional<double>> number(std::string_view name, double least,
                                                       double most) const {
        if (!has(name)) return std::nullopt;
        const Json& value = at(name);
        if (value.is_number() && value.get<double>() >= least && value.get<double>() <= most)
            return value.get<double>();
        return unexpected(name, fmt::format("a number from {:g} to {:g}", least, most));
    }

  private:
    const Json& object_;
    std::string place_;
};

/// A value as --set takes it.
std::string settingText(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// {"smp.depthMm": 0.3, …} as settings, checked one by one.
Result<std::vector<std::string>> readSettings(const Reader& reader, std::string_view name) {
    std::vector<std::string> settings;
    if (!reader.has(name)) return settings;
    const Json& object = reader.at(name);
    if (!object.is_object()) return reader.unexpected(name, "an object of dotted keys");
    Design design;
    for (const auto& [key, value] : object.items()) {
        settings.push_back(key + '=' + settingText(value));
        if (const auto set = applySetting(design, settings.back(), ""); !set)
            return reader.bad(name, "{}", set.error().message);
    }
    return settings;
}

Result<std::vector<BoardSweep>> readSweeps(const Reader& reader) {
    const Json& list = reader.at("sweep");
    if (!list.is_array()) return reader.unexpected("sweep", "a list of objects");
    std::vector<BoardSweep> sweeps;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = reader.placeOf(fmt::format("sweep[{}]", i));
        if (!list[i].is_object())
            return reader.bad(fmt::format("sweep[{}]", i), "found {}, expected an object",
                              describeType(list[i]));
        const Reader item(list[i], place + '.');
        constexpr std::array<std::string_view, 2> kKnown = {"key", "values"};
        STUBBLE_CHECK(item.check(kKnown));
        BoardSweep sweep;
        STUBBLE_TRY(sweep.key, item.text("key", kMaxNameBytes, true));
        if (!item.has("values") || !item.at("values").is_array())
            return item.unexpected("values", "a list of values");
        for (const Json& value : item.at("values")) sweep.values.push_back(settingText(value));
        sweeps.push_back(std::move(sweep));
    }
    return sweeps;
}

Result<std::vector<BoardCell>> readCells(const Reader& reader) {
    const Json& list = reader.at("pictures");
    const std::string expected = fmt::format("a list of 1 to {} objects", kMaxBoardCells);
    if (!list.is_array()) return reader.unexpected("pictures", expected);
    if (list.empty() || list.size() > kMaxBoardCells)
        return reader.bad("pictures", "found {}, expected {}", list.size(), expected);
    std::vector<BoardCell> cells;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string name = fmt::format("pictures[{}]", i);
        if (!list[i].is_object())
            return reader.bad(name, "found {}, expected an object", describeType(list[i]));
        const Reader item(list[i], reader.placeOf(name) + '.');
        constexpr std::array<std::string_view, 2> kKnown = {"title", "set"};
        STUBBLE_CHECK(item.check(kKnown));
        BoardCell cell;
        STUBBLE_TRY(cell.title, item.text("title", kMaxNameBytes, true));
        STUBBLE_TRY(cell.settings, readSettings(item, "set"));
        cells.push_back(std::move(cell));
    }
    return cells;
}

Result<BoardCrop> readCrop(const Reader& reader) {
    if (!reader.has("crop")) return BoardCrop{};
    const Json& value = reader.at("crop");
    const bool isList = value.is_array() && value.size() == 4 &&
                        std::ranges::all_of(value, [](const Json& share) { return share.is_number(); });
    const BoardCrop crop = isList ? BoardCrop{value[0], value[1], value[2], value[3]} : BoardCrop{0, 0, 0, 0};
    if (!crop.isInside()) return reader.unexpected("crop", kCropExpected);
    return crop;
}

Result<BoardSpec> readSpec(const Reader& reader) {
    STUBBLE_TRY(const auto columns, reader.number("columns", 1, kMaxBoardColumns));
    if (reader.has("sweep") == reader.has("pictures"))
        return reader.bad("sweep, pictures", "expected one of the two");
    if (reader.has("quiz") && !reader.at("quiz").is_boolean())
        return reader.unexpected("quiz", "true or false");
    const int asked = static_cast<int>(columns.value_or(0));
    BoardSpec spec;
    if (reader.has("sweep")) {
        STUBBLE_TRY(std::vector<BoardSweep> sweeps, readSweeps(reader));
        STUBBLE_TRY(spec,
                    boardOfSweeps(std::move(sweeps), asked, ExitCode::badInput, reader.placeOf("sweep: ")));
    } else {
        STUBBLE_TRY(spec.cells, readCells(reader));
        arrangeCells(spec, asked);
    }
    spec.quiz = reader.has("quiz") && reader.at("quiz").get<bool>();
    STUBBLE_TRY(spec.title, reader.text("name", kMaxNameBytes, true));
    STUBBLE_TRY(spec.description, reader.text("description", kMaxDescriptionBytes, false));
    return spec;
}

Result<Design> readBase(const Reader& reader) {
    STUBBLE_TRY(const std::string preset, reader.text("design", kMaxNameBytes, false));
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
    if (!file.is_object())
        return fail(ExitCode::badInput, "{}: found {}, expected an object", fileName, describeType(file));
    const Reader reader(file, fmt::format("{}: ", oneLine(fileName)));
    if (!reader.has("stubble") || reader.at("stubble") != "board")
        return reader.unexpected("stubble", "\"board\"");
    if (!reader.has("version") || reader.at("version") != kBoardVersion)
        return reader.unexpected("version", fmt::format("the whole number {}", kBoardVersion));
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
