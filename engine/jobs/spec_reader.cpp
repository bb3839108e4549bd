#include "engine/jobs/spec_reader.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "engine/core/suggest.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

/// A value as --set takes it.
std::string settingText(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

Result<SpecReader> SpecReader::ofFile(const Json& file, std::string_view fileName, std::string_view kind,
                                      int version) {
    if (!file.is_object())
        return fail(ExitCode::badInput, "{}: found {}, expected an object", fileName, describeType(file));
    const SpecReader reader(file, fmt::format("{}: ", oneLine(fileName)));
    if (!reader.has("stubble") || reader.at("stubble") != kind)
        return reader.unexpected("stubble", fmt::format("\"{}\"", kind));
    if (!reader.has("version") || reader.at("version") != version)
        return reader.unexpected("version", fmt::format("the whole number {}", version));
    return reader;
}

Result<SpecReader> SpecReader::item(std::string_view list, std::size_t index) const {
    const Json& value = at(list)[index];
    const std::string name = fmt::format("{}[{}]", list, index);
    if (!value.is_object()) return bad(name, "found {}, expected an object", describeType(value));
    return SpecReader(value, placeOf(name) + '.');
}

tl::unexpected<Error> SpecReader::unexpected(std::string_view name, std::string_view expected) const {
    const auto value = object_.find(name);
    return bad(name, "found {}, expected {}", value == object_.end() ? "nothing" : describeType(*value),
               expected);
}

Result<void> SpecReader::check(std::span<const std::string_view> known) const {
    for (const auto& [name, value] : object_.items())
        if (std::ranges::find(known, name) == known.end())
            return bad(oneLine(name.substr(0, 80)), "unknown key{}", didYouMean(name, known));
    return {};
}

Result<std::string> SpecReader::text(std::string_view name, std::size_t maxBytes, bool required) const {
    if (!has(name) && !required) return std::string();
    const std::string expected = fmt::format("one line of 1 to {} bytes", maxBytes);
    if (!has(name) || !at(name).is_string()) return unexpected(name, expected);
    const auto& value = at(name).get_ref<const std::string&>();
    if (value.empty() || value.size() > maxBytes || oneLine(value) != value)
        return bad(name, "found {} bytes, expected {}", value.size(), expected);
    return value;
}

Result<std::string> SpecReader::choice(std::string_view name, std::string_view usual,
                                       std::span<const std::string_view> known) const {
    if (!has(name)) return std::string(usual);
    const Json& value = at(name);
    if (value.is_string() && std::ranges::find(known, value.get<std::string>()) != known.end())
        return value.get<std::string>();
    return unexpected(name, fmt::format("one of {}", fmt::join(known, ", ")));
}

Result<std::optional<double>> SpecReader::number(std::string_view name, double least, double most) const {
    if (!has(name)) return std::nullopt;
    const Json& value = at(name);
    if (value.is_number() && value.get<double>() >= least && value.get<double>() <= most)
        return value.get<double>();
    return unexpected(name, fmt::format("a number from {:g} to {:g}", least, most));
}

Result<std::vector<std::string>> readSettings(const SpecReader& reader, std::string_view name) {
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

Result<std::vector<BoardSweep>> readSweeps(const SpecReader& reader, std::string_view name) {
    const Json& list = reader.at(name);
    if (!list.is_array()) return reader.unexpected(name, "a list of objects");
    std::vector<BoardSweep> sweeps;
    for (std::size_t i = 0; i < list.size(); ++i) {
        STUBBLE_TRY(const SpecReader item, reader.item(name, i));
        constexpr std::array<std::string_view, 2> kKnown = {"key", "values"};
        STUBBLE_CHECK(item.check(kKnown));
        BoardSweep sweep;
        STUBBLE_TRY(sweep.key, item.text("key", kMaxSpecNameBytes, true));
        if (!item.has("values") || !item.at("values").is_array())
            return item.unexpected("values", "a list of values");
        for (const Json& value : item.at("values")) sweep.values.push_back(settingText(value));
        sweeps.push_back(std::move(sweep));
    }
    return sweeps;
}

Result<std::vector<BoardCell>> readCells(const SpecReader& reader, std::string_view name,
                                         std::string_view title, std::size_t most) {
    const Json& list = reader.at(name);
    const std::string expected = fmt::format("a list of 1 to {} objects", most);
    if (!list.is_array()) return reader.unexpected(name, expected);
    if (list.empty() || list.size() > most)
        return reader.bad(name, "found {}, expected {}", list.size(), expected);
    std::vector<BoardCell> cells;
    for (std::size_t i = 0; i < list.size(); ++i) {
        STUBBLE_TRY(const SpecReader item, reader.item(name, i));
        const std::array<std::string_view, 2> known = {title, "set"};
        STUBBLE_CHECK(item.check(known));
        BoardCell cell;
        STUBBLE_TRY(cell.title, item.text(title, kMaxSpecNameBytes, true));
        STUBBLE_TRY(cell.settings, readSettings(item, "set"));
        cells.push_back(std::move(cell));
    }
    return cells;
}

}  // namespace stubble
