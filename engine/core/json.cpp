#include "engine/core/json.h"

#include <set>
#include <vector>

namespace stubble {
namespace {

/// Line and column (from 1) of a byte offset.
std::string placeOf(std::string_view text, std::size_t offset) {
    std::size_t line = 1, column = 1;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
    }
    return fmt::format("line {}, column {}", line, column);
}

/// Offset of the first bracket nested deeper than the limit, or npos. Runs before parsing, so that hostile
/// nesting costs neither stack nor memory.
std::size_t tooDeepAt(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxJsonDepth) return i;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return std::string_view::npos;
}

}  // namespace

Result<Json> parseJson(std::string_view text, std::string_view fileName) {
    if (text.size() > kMaxJsonBytes)
        return fail(ExitCode::badInput, "{}: has {} bytes, at most {} are accepted", fileName, text.size(),
                    kMaxJsonBytes);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(ExitCode::badInput, "{}: is empty, expected a JSON object", fileName);
    if (const std::size_t offset = tooDeepAt(text); offset != std::string_view::npos)
        return fail(ExitCode::badInput, "{}: {}: more than {} nested brackets", fileName,
                    placeOf(text, offset), kMaxJsonDepth);
    std::vector<std::set<std::string>> keysOfOpenObjects;
    std::string duplicate;
    const auto watchKeys = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) keysOfOpenObjects.emplace_back();
        if (event == Json::parse_event_t::object_end) keysOfOpenObjects.pop_back();
        if (event == Json::parse_event_t::key && duplicate.empty() &&
            !keysOfOpenObjects.back().insert(parsed.get<std::string>()).second)
            duplicate = parsed.get<std::string>();
        return true;
    };
    try {
        Json json = Json::parse(text, watchKeys);
        if (!duplicate.empty())
            return fail(ExitCode::badInput, "{}: the key \"{}\" stands twice", fileName, duplicate);
        return json;
    } catch (const Json::parse_error& error) {
        return fail(ExitCode::badInput, "{}: {}: not valid JSON", fileName,
                    placeOf(text, error.byte > 0 ? error.byte - 1 : 0));
    } catch (const Json::exception& error) {
        // The library's message opens with its own tag: "[json.exception.out_of_range.406] number overflow
        // …".
        const std::string_view what = error.what();
        return fail(ExitCode::badInput, "{}: not valid JSON: {}", fileName, what.substr(what.find("] ") + 2));
    }
}

std::string describeType(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return "null";
        case Json::value_t::boolean:
            return "a boolean";
        case Json::value_t::string:
            return fmt::format("the string \"{}\"", value.get_ref<const std::string&>().substr(0, 40));
        case Json::value_t::array:
            return "an array";
        case Json::value_t::object:
            return "an object";
        default:
            return fmt::format("the number {}", value.dump());
    }
}

}  // namespace stubble
