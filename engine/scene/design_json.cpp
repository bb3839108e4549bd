#include "engine/scene/design_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/core/file.h"
#include "engine/core/suggest.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

/// What a file says it is.
Result<void> checkHeader(const Json& file, std::string_view fileName) {
    if (!file.is_object())
        return fail(ExitCode::badInput, "{}: found {}, expected an object", fileName, describeType(file));
    const auto kind = file.find("stubble");
    if (kind == file.end() || *kind != "design")
        return fail(ExitCode::badInput, "{}: stubble: found {}, expected \"design\"", fileName,
                    kind == file.end() ? "nothing" : describeType(*kind));
    const auto version = file.find("version");
    if (version == file.end() || !version->is_number_integer() || *version < 1)
        return fail(ExitCode::badInput, "{}: version: found {}, expected the whole number {}", fileName,
                    version == file.end() ? "nothing" : describeType(*version), kDesignVersion);
    if (*version > kDesignVersion)
        return fail(ExitCode::badInput,
                    "{}: version: found {}, this program reads versions up to {}: a newer stubble is needed",
                    fileName, version->dump(), kDesignVersion);
    return {};
}

bool isGroup(std::string_view path) {
    const std::string prefix = std::string(path) + '.';
    return std::ranges::any_of(designKeyPaths(), [&](auto known) { return known.starts_with(prefix); });
}

std::string unknownKey(std::string_view path) {
    return fmt::format("{}: unknown key{}", path.substr(0, 80), didYouMean(path, designKeyPaths()));
}

/// Sets every key below `path` (empty: the whole file).
Result<void> applyObject(Design& design, const Json& object, const std::string& path,
                         std::string_view fileName) {
    for (const auto& [name, value] : object.items()) {
        if (path.empty() && (name == "stubble" || name == "version")) continue;
        if (name.find('.') != std::string::npos)
            return fail(ExitCode::badInput, "{}: {}: found a dotted key, expected nested objects", fileName,
                        name.substr(0, 80));
        const std::string inner = path.empty() ? name : path + '.' + name;
        if (const DesignKey* key = findDesignKey(inner)) {
            if (const auto fault = faultIn(*key, value))
                return fail(ExitCode::badInput, "{}: {}", fileName, *fault);
            key->set(design, value);
        } else if (!isGroup(inner)) {
            return fail(ExitCode::badInput, "{}: {}", fileName, unknownKey(inner));
        } else if (!value.is_object()) {
            return fail(ExitCode::badInput, "{}: {}: found {}, expected an object", fileName, inner,
                        describeType(value));
        } else {
            STUBBLE_CHECK(applyObject(design, value, inner, fileName));
        }
    }
    return {};
}

/// Indented, but a list of plain values stays on its line: a point is "[0.5, 0.25]".
void print(std::string& text, const nlohmann::ordered_json& value, std::size_t indent) {
    if (!value.is_structured() || value.empty()) {
        text += value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
        return;
    }
    const bool isObject = value.is_object();
    const bool isNested = isObject || std::ranges::any_of(value, &nlohmann::ordered_json::is_structured);
    const std::string line = isNested ? '\n' + std::string(indent + 2, ' ') : "";
    text += isObject ? '{' : '[';
    bool isFirst = true;
    for (const auto& [name, item] : value.items()) {
        if (!isFirst) text += isNested ? "," : ", ";
        isFirst = false;
        text += line;
        if (isObject) text += nlohmann::ordered_json(name).dump() + ": ";
        print(text, item, indent + 2);
    }
    if (isNested) text += '\n' + std::string(indent, ' ');
    text += isObject ? '}' : ']';
}

template <typename Number>
Json numberOr(const Json& otherwise, std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(static_cast<double>(number)) ? Json(number) : otherwise;
}

/// What a --set value says as JSON; text that is nothing of the key's kind stays text, which faultIn refuses.
Json valueFromText(const KeyShape& key, std::string_view text) {
    const Json asText = std::string(text);
    if (key.orNull && text == "null") return nullptr;
    switch (key.type) {
        case KeyType::number:
        case KeyType::integer:
            return numberOr<long long>(numberOr<double>(asText, text), text);
        case KeyType::seed:
            return numberOr<std::uint64_t>(asText, text);
        case KeyType::flag:
            return text == "true" ? Json(true) : text == "false" ? Json(false) : asText;
        case KeyType::points:
        case KeyType::list: {
            const auto list = parseJson(text, "");
            return list ? *list : asText;
        }
        case KeyType::choice:
        case KeyType::text:
            break;
    }
    return asText;
}

}  // namespace

Result<Design> parseDesign(std::string_view text, std::string_view fileName) {
    STUBBLE_TRY(const Json file, parseJson(text, fileName));
    STUBBLE_CHECK(checkHeader(file, fileName));
    Design design;
    STUBBLE_CHECK(applyObject(design, file, "", fileName));
    return design;
}

Result<Design> readDesign(const std::filesystem::path& path) {
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxJsonBytes));
    return parseDesign(text, path.string());
}

std::string formatDesign(const Design& design) {
    nlohmann::ordered_json file = {{"stubble", "design"}, {"version", kDesignVersion}};
    for (const DesignKey& key : designKeys()) {
        nlohmann::ordered_json* place = &file;
        std::string_view rest = key.path;
        for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
            place = &(*place)[std::string(rest.substr(0, dot))];
            rest.remove_prefix(dot + 1);
        }
        (*place)[std::string(rest)] = key.get(design);
    }
    std::string text;
    print(text, file, 0);
    return text + '\n';
}

Result<void> applySetting(Design& design, std::string_view setting, std::string_view prefix) {
    const auto equals = setting.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return fail(ExitCode::usage, "{}{}: expected KEY=VALUE", prefix, setting);
    const std::string_view path = setting.substr(0, equals);
    const DesignKey* key = findDesignKey(path);
    if (!key) return fail(ExitCode::usage, "{}{}", prefix, unknownKey(path));
    const std::string_view given = setting.substr(equals + 1);
    const bool isList = key->type == KeyType::points || key->type == KeyType::list;
    if (isList && given.starts_with('['))
        if (const auto list = parseJson(given, path); !list)
            return fail(ExitCode::usage, "{}{}", prefix, list.error().message);
    const Json value = valueFromText(*key, given);
    if (const auto fault = faultIn(*key, value)) return fail(ExitCode::usage, "{}{}", prefix, *fault);
    key->set(design, value);
    return {};
}

}  // namespace stubble
