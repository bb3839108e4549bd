#include "tools/studio/text.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "engine/core/file.h"
#include "engine/core/json.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxTableBytes = 1 << 20;

std::map<std::string, std::string, std::less<>>& table() {
    static std::map<std::string, std::string, std::less<>> texts;
    return texts;
}

}  // namespace

Result<void> loadTexts(std::string_view language) {
    STUBBLE_TRY(const auto data, dataDir());
    const auto path = data / "assets/studio" / fmt::format("{}.json", language);
    STUBBLE_TRY(const std::string file, readTextFile(path, kMaxTableBytes));
    const Json json = Json::parse(file, nullptr, false);
    if (!json.is_object()) return fail(ExitCode::badInput, "{}: expected one JSON object", path.string());
    for (const auto& [key, value] : json.items()) {
        if (!value.is_string())
            return fail(ExitCode::badInput, "{}: {}: expected a text", path.string(), key);
        table().insert_or_assign(key, value.get<std::string>());
    }
    return {};
}

bool hasText(std::string_view key) {
    return table().contains(key);
}

const char* text(std::string_view key) {
    if (const auto found = table().find(key); found != table().end()) return found->second.c_str();
    static std::set<std::string, std::less<>> missing;
    return missing.emplace(key).first->c_str();
}

}  // namespace stubble
