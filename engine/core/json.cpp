#include "engine/core/json.h"

#include <set>
#include <vector>

namespace stubble {
namespace {

constexpr std::size_t kMaxQuotedBytes = 80;  // of a key in a message

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

/// Offset of the n-th key (from 1) of a valid document.
std::size_t keyAt(std::string_view text, std::size_t n) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '"') continue;
        const std::size_t start = i;
        for (++i; i < text.size() && text[i] != '"'; ++i)
            if (text[i] == '\\') ++i;
        const std::size_t next = text.find_first_not_of(" \t\r\n", i + 1);
        if (next != std::string_view::npos && text[next] == ':' && --n == 0) return start;
    }
    return text.size();
}

/// Follows the parser through a document to its first key that stands twice in an object.
class DuplicateWatch {
  public:
    void see(Json::parse_event_t event, const Json& parsed) {
        using Event = Json::parse_event_t;
        switch (event) {
            case Event::object_start:
            case Event::array_start:
                countItem();
                open_.push_back({event == Event::array_start, {}, {}, 0});
                break;
            case Event::object_end:
            case Event::array_end:
                open_.pop_back();
                break;
            case Event::key:
                ++keysSeen_;
                open_.back().key = parsed.get<std::string>();
                if (open_.back().keys.insert(open_.back().key).second || !path_.empty()) break;
                path_ = pathHere();
                keyNumber_ = keysSeen_;
                break;
            case Event::value:
                countItem();
                break;
        }
    }
    /// Dotted, "smp.strokes[3].points"; empty when there is no duplicate.
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Which key of the document it is, from 1.
    [[nodiscard]] std::size_t keyNumber() const { return keyNumber_; }

  private:
    struct Bracket {
        bool isArray;
        std::set<std::string> keys;
        std::string key;
        std::size_t items;
    };
    void countItem() {
        if (!open_.empty() && open_.back().isArray) ++open_.back().items;
    }
    [[nodiscard]] std::string pathHere() const {
        std::string path;
        for (const Bracket& bracket : open_) {
            if (bracket.isArray)
                path += fmt::format("[{}]", bracket.items - 1);
            else
                path += (path.empty() ? "" : ".") + bracket.key.substr(0, kMaxQuotedBytes);
        }
        return path;
    }

    std::vector<Bracket> open_;
    std::string path_;
    std::size_t keysSeen_ = 0, keyNumber_ = 0;
};

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
    DuplicateWatch watch;
    const auto see = [&](int, Json::parse_event_t event, const Json& parsed) {
        watch.see(event, parsed);
        return true;
    };
    try {
        Json json = Json::parse(text, see);
        if (!watch.path().empty())
            return fail(ExitCode::badInput, "{}: {}: the key {} stands twice", fileName,
                        placeOf(text, keyAt(text, watch.keyNumber())), watch.path());
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
