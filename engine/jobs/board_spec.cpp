#include "engine/jobs/board_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "engine/core/suggest.h"
#include "engine/hair/length.h"
#include "engine/scene/design_json.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

/// More stand in two or more rows.
constexpr int kUsualColumns = 6;
constexpr std::size_t kLongestValue = 40;  // bytes under a picture

struct KeyWords {
    std::string_view key, title;
    std::string_view before, after;  ///< around a value, so that it says by itself what it is of
};
/// Keys whose names are not what a person calls them. Others are told by their paths.
constexpr std::array<KeyWords, 13> kWords = {{
    {"skin.monk", "skin tone", "Monk ", ""},
    {"hair.norwood", "hair loss", "Norwood ", ""},
    {"hair.ludwig", "thinning", "Ludwig ", ""},
    {"hair.lengthMm", "hair length", "hair ", " mm"},
    {"hair.densityPerCm2", "hair density", "hair ", " /cm²"},
    {"hair.hoursSinceShave", "hours since the shave", "", " h after the shave"},
    {"smp.densityPerCm2", "density planned", "planned ", " dots/cm²"},
    {"smp.diameterMm", "dot diameter", "dot ", " mm"},
    {"smp.depthMm", "pigment depth", "depth ", " mm"},
    {"smp.sessions", "sessions", "sessions: ", ""},
    {"smp.dilution", "dilution, water to pigment", "diluted ", " : 1"},
    {"time.days", "days since the last session", "day ", ""},
    {"time.laserSessions", "laser sessions", "laser sessions: ", ""},
}};

const KeyWords* wordsOf(std::string_view key) {
    const auto found = std::ranges::find(kWords, key, &KeyWords::key);
    return found == kWords.end() ? nullptr : found;
}

bool isUnit(std::string_view word) {
    constexpr std::array<std::string_view, 5> kUnits = {"Mm", "Um", "Percent", "PerCm2", "Days"};
    return std::ranges::find(kUnits, word) != kUnits.end();
}

/// A fault of one value, the sweep's place before it.
tl::unexpected<Error> badValue(ExitCode code, std::string_view place, const BoardSweep& sweep, std::size_t k,
                               const std::string& message) {
    return fail(code, "{}value {} of {}: {}", place, k + 1, sweep.values.size(), message);
}

Result<void> checkSweep(const BoardSweep& sweep, ExitCode code, std::string_view place) {
    const DesignKey* key = findDesignKey(sweep.key);
    if (!key)
        return fail(code, "{}{}: unknown key{}", place, sweep.key.substr(0, 80),
                    didYouMean(sweep.key, designKeyPaths()));
    if (sweep.key == "head" || sweep.key == "name" || sweep.key == "description")
        return fail(code, "{}{}: {}", place, sweep.key,
                    sweep.key == "head" ? "the pictures of a board are of one head" : "changes no picture");
    if (sweep.values.empty()) return fail(code, "{}{}: expected at least one value", place, sweep.key);
    for (std::size_t k = 0; k < sweep.values.size(); ++k) {
        Design design;
        if (const auto set = applySetting(design, sweep.key + '=' + sweep.values[k], ""); !set)
            return badValue(code, place, sweep, k, set.error().message);
        if (std::find(sweep.values.begin(), sweep.values.begin() + static_cast<std::ptrdiff_t>(k),
                      sweep.values[k]) != sweep.values.begin() + static_cast<std::ptrdiff_t>(k))
            return badValue(code, place, sweep, k,
                            fmt::format("{}: {} is there twice", sweep.key, sweep.values[k]));
    }
    return {};
}

/// Even rows that are not longer than usual.
int chosenColumns(std::size_t cells) {
    const int count = static_cast<int>(cells), rows = (count + kUsualColumns - 1) / kUsualColumns;
    return (count + rows - 1) / rows;
}

}  // namespace

Result<BoardSweep> parseSweep(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return fail(ExitCode::usage, "--sweep {}: expected KEY=V1,V2,…", text);
    BoardSweep sweep{std::string(text.substr(0, equals)), {}};
    const std::string_view list = text.substr(equals + 1);
    std::string value;
    int depth = 0;
    bool quoted = false;
    const auto end = [&] {
        if (!value.empty()) sweep.values.push_back(value);
        return !std::exchange(value, {}).empty();
    };
    for (const char c : list) {
        if (c == '"') quoted = !quoted;
        if (!quoted) depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        if (c != ',' || depth > 0 || quoted) {
            value += c;
        } else if (!end()) {
            return fail(ExitCode::usage, "--sweep {}: value {} is empty", text, sweep.values.size() + 1);
        }
    }
    if (!end() && !list.empty())
        return fail(ExitCode::usage, "--sweep {}: value {} is empty", text, sweep.values.size() + 1);
    return sweep;
}

Result<std::vector<BoardCell>> cellsOfSweeps(const std::vector<BoardSweep>& sweeps, std::size_t most,
                                             ExitCode code, std::string_view place) {
    if (sweeps.empty() || sweeps.size() > kMaxBoardSweeps)
        return fail(code, "{}expected one to {} keys, found {}", place, kMaxBoardSweeps, sweeps.size());
    std::size_t count = 1;
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        STUBBLE_CHECK(checkSweep(sweeps[i], code, place));
        for (std::size_t j = 0; j < i; ++j)
            if (sweeps[j].key == sweeps[i].key)
                return fail(code, "{}{}: is swept twice", place, sweeps[i].key);
        count *= sweeps[i].values.size();
    }
    if (count > most) {
        std::vector<std::size_t> sizes;
        for (const BoardSweep& sweep : sweeps) sizes.push_back(sweep.values.size());
        return fail(code, "{}{} = {} pictures, expected at most {}", place, fmt::join(sizes, " x "), count,
                    most);
    }
    std::vector<BoardCell> cells;
    for (std::size_t i = 0; i < count; ++i) {
        BoardCell cell;
        std::size_t rest = i;
        for (const BoardSweep& sweep : sweeps) {
            const std::string& value = sweep.values[rest % sweep.values.size()];
            rest /= sweep.values.size();
            cell.title += (cell.title.empty() ? "" : " · ") + valueTitle(sweep.key, value);
            cell.settings.push_back(sweep.key + '=' + value);
        }
        cell.title = capitalised(std::move(cell.title));
        cells.push_back(std::move(cell));
    }
    return cells;
}

Result<BoardSpec> boardOfSweeps(std::vector<BoardSweep> sweeps, int columns, ExitCode code,
                                std::string_view place) {
    BoardSpec spec;
    STUBBLE_TRY(spec.cells, cellsOfSweeps(sweeps, kMaxBoardCells, code, place));
    spec.sweeps = std::move(sweeps);
    if (spec.isTable()) {
        if (columns != 0 || spec.sweeps[0].values.size() > kMaxBoardColumns)
            return fail(code, "{}{}: {}", place, spec.sweeps[0].key,
                        columns != 0
                            ? std::string("--columns is for one swept key, of two the first has the columns")
                            : fmt::format("{} columns, expected at most {}: sweep it second",
                                          spec.sweeps[0].values.size(), kMaxBoardColumns));
        spec.columns = static_cast<int>(spec.sweeps[0].values.size());
        spec.rows = static_cast<int>(spec.sweeps[1].values.size());
        spec.blocks = spec.sweeps.size() > 2 ? static_cast<int>(spec.sweeps[2].values.size()) : 1;
    } else {
        arrangeCells(spec, columns);
    }
    return spec;
}

void arrangeCells(BoardSpec& spec, int columns) {
    const int count = static_cast<int>(spec.cells.size());
    spec.columns = std::clamp(columns == 0 ? chosenColumns(spec.cells.size()) : columns, 1, count);
    spec.rows = (count + spec.columns - 1) / spec.columns;
    spec.blocks = 1;
}

Result<Design> designOf(const BoardCell& cell, Design design, std::string_view place) {
    for (const std::string& setting : cell.settings) STUBBLE_CHECK(applySetting(design, setting, place));
    return design;
}

std::string keyTitle(std::string_view key) {
    if (const KeyWords* words = wordsOf(key)) return std::string(words->title);
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) words.push_back(word);
        word.clear();
    };
    for (const char c : key) {
        if (c == '.' || std::isupper(static_cast<unsigned char>(c)) != 0) end();
        if (c != '.') word += c;
    }
    end();
    // "PerCm2" has been two words.
    if (words.size() > 2 && words.back() == "Cm2" && words[words.size() - 2] == "Per")
        words.resize(words.size() - 2);
    if (words.size() > 2 && isUnit(words.back())) words.pop_back();
    std::erase_if(words, [](const std::string& w) { return w == "smp" || w == "zones" || w == "time"; });
    for (std::string& w : words)
        std::ranges::transform(w, w.begin(), [](unsigned char c) { return std::tolower(c); });
    return fmt::format("{}", fmt::join(words, " "));
}

std::string valueTitle(std::string_view key, std::string_view value) {
    if (key == "hair.lengthMm") {
        const auto setting = std::ranges::find(kClipperSettings, value, &ClipperSetting::name);
        if (setting != kClipperSettings.end())
            return fmt::format("{}{} ({:g} mm)", value.starts_with('#') ? "guard " : "",
                               value == "none" ? "no guard" : value, setting->lengthMm);
    }
    const std::string shown = value.size() > kLongestValue ? "[…]" : std::string(value);
    if (const KeyWords* words = wordsOf(key))
        return fmt::format("{}{}{}", words->before, shown, words->after);
    const DesignKey* shape = findDesignKey(key);
    const bool hasUnit = shape && !shape->unit.empty() && shown != "null";
    return fmt::format("{} {}{}{}", keyTitle(key), shown, hasUnit ? " " : "", hasUnit ? shape->unit : "");
}

std::string capitalised(std::string text) {
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

std::string cellLetter(std::size_t index) {
    std::string letters;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

}  // namespace stubble
