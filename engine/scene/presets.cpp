#include "engine/scene/presets.h"

#include <algorithm>

#include "engine/core/file.h"
#include "engine/core/suggest.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace fs = std::filesystem;

Result<std::vector<Preset>> readPresets() {
    STUBBLE_TRY(const fs::path data, dataDir());
    const fs::path folder = data / "assets/presets";
    std::vector<Preset> presets;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() != ".json") continue;
        STUBBLE_TRY(Design design, readDesign(entry->path()));
        presets.push_back({entry->path().stem().string(), std::move(design)});
    }
    if (error) return fail(ExitCode::badInput, "{}: cannot be listed: {}", folder.string(), error.message());
    std::ranges::sort(presets, {}, &Preset::name);
    return presets;
}

Result<Design> readPreset(std::string_view name) {
    STUBBLE_TRY(const std::vector<Preset> presets, readPresets());
    const auto found = std::ranges::find(presets, name, &Preset::name);
    if (found != presets.end()) return found->design;
    std::vector<std::string_view> names;
    for (const Preset& preset : presets) names.push_back(preset.name);
    return fail(ExitCode::usage, "{}: unknown preset{} (`stubble presets` lists them)", name.substr(0, 80),
                didYouMean(name, names));
}

}  // namespace stubble
