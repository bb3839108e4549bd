#include "tools/studio/settings.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFileName = "studio.json";
constexpr int kSettingsVersion = 1;
constexpr float kMinUiScale = 0.5f, kMaxUiScale = 4;
constexpr int kMinWindow = 320, kMaxWindow = 16384;

/// Takes members out of the file's object and keeps the first fault.
class SettingsReader {
  public:
    SettingsReader(const Json& file, std::string name) : file_(file), name_(std::move(name)) {}

    void number(const char* key, auto& value, double min, double max, bool orZero = false) {
        const Json* found = find(key);
        if (!found) return;
        const bool good =
            found->is_number() && (std::is_floating_point_v<std::remove_reference_t<decltype(value)>> ||
                                   found->is_number_integer());
        const double given = good ? found->get<double>() : 0;
        if (good && ((given >= min && given <= max) || (orZero && given == 0)))
            value = static_cast<std::remove_reference_t<decltype(value)>>(given);
        else
            fault(key, *found, fmt::format("a number from {} to {}{}", min, max, orZero ? ", or 0" : ""));
    }
    void flag(const char* key, bool& value) {
        const Json* found = find(key);
        if (!found) return;
        if (found->is_boolean())
            value = found->get<bool>();
        else
            fault(key, *found, "true or false");
    }
    void oneOf(const char* key, std::string& value, std::span<const std::string_view> names) {
        const Json* found = find(key);
        if (!found) return;
        if (found->is_string() && std::ranges::find(names, found->get<std::string>()) != names.end())
            value = found->get<std::string>();
        else
            fault(key, *found, fmt::format("one of {}", fmt::join(names, ", ")));
    }
    void paths(const char* key, std::vector<fs::path>& value) {
        const Json* found = find(key);
        if (!found) return;
        if (!found->is_array() || !std::ranges::all_of(*found, &Json::is_string))
            return fault(key, *found, "a list of paths");
        for (const Json& path : *found) value.emplace_back(path.get<std::string>());
        value.resize(std::min(value.size(), kMaxRecentFiles));
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    const Json* find(const char* key) const {
        const auto found = file_.find(key);
        return found == file_.end() ? nullptr : &*found;
    }
    void fault(const char* key, const Json& found, const std::string& expected) {
        if (!error_)
            error_ = fail(ExitCode::badInput, "{}: {}: found {}, expected {}", name_, key,
                          describeType(found), expected)
                         .value();
    }

    const Json& file_;
    std::string name_;
    std::optional<Error> error_;
};

Result<Settings> parseSettings(const fs::path& path) {
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxJsonBytes));
    STUBBLE_TRY(const Json file, parseJson(text, path.string()));
    if (!file.is_object() || file.value("stubble", Json()) != "settings")
        return fail(ExitCode::badInput, "{}: stubble: expected \"settings\"", path.string());
    Settings settings;
    SettingsReader reader(file, path.string());
    reader.paths("recent", settings.recent);
    reader.number("uiScale", settings.uiScale, kMinUiScale, kMaxUiScale, true);
    reader.number("windowWidth", settings.windowWidth, kMinWindow, kMaxWindow);
    reader.number("windowHeight", settings.windowHeight, kMinWindow, kMaxWindow);
    reader.oneOf("camera", settings.camera, cameraNames());
    reader.oneOf("light", settings.light, lightNames());
    reader.flag("mapShown", settings.mapShown);
    reader.number("mapShare", settings.mapShare, double{kMinMapShare}, double{kMaxMapShare});
    reader.number("divider", settings.divider, 0, 1);
    if (reader.error()) return tl::unexpected(*reader.error());
    return settings;
}

}  // namespace

void addRecent(Settings& settings, const fs::path& path) {
    std::error_code error;
    fs::path absolute = fs::absolute(path, error).lexically_normal();
    if (error) absolute = path;
    std::erase(settings.recent, absolute);
    settings.recent.insert(settings.recent.begin(), absolute);
    settings.recent.resize(std::min(settings.recent.size(), kMaxRecentFiles));
}

std::vector<RecentFile> recentFiles(const Settings& settings) {
    std::vector<RecentFile> files;
    for (const fs::path& path : settings.recent) {
        std::error_code ignored;
        files.push_back({path, fs::is_regular_file(path, ignored)});
    }
    return files;
}

ReadSettings readSettings(const fs::path& folder) {
    const fs::path path = folder / kFileName;
    std::error_code error;
    if (!fs::exists(path, error)) return {};
    Result<Settings> settings = parseSettings(path);
    if (settings) return {*std::move(settings), {}};
    const fs::path aside = path.string() + ".broken";
    fs::rename(path, aside, error);
    return {{},
            fmt::format("The settings could not be read and start afresh{}: {}",
                        error ? "" : fmt::format(" (the old ones are kept as {})", oneLine(aside.string())),
                        settings.error().message)};
}

Result<void> writeSettings(const Settings& settings, const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ExitCode::io, "{}: cannot be made: {}", folder.string(), error.message());
    nlohmann::ordered_json file = {{"stubble", "settings"}, {"version", kSettingsVersion}};
    file["recent"] = nlohmann::ordered_json::array();
    for (const fs::path& path : settings.recent) file["recent"].push_back(path.string());
    file["uiScale"] = settings.uiScale;
    file["windowWidth"] = settings.windowWidth;
    file["windowHeight"] = settings.windowHeight;
    file["camera"] = settings.camera;
    file["light"] = settings.light;
    file["mapShown"] = settings.mapShown;
    file["mapShare"] = settings.mapShare;
    file["divider"] = settings.divider;
    return writeFileAtomically(
        folder / kFileName,
        file.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

}  // namespace stubble
