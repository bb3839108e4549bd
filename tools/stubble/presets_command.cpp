// stubble presets: the designs that come with the program.

#include <algorithm>

#include "engine/core/json.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"
#include "tools/stubble/command.h"
#include "tools/stubble/output.h"

namespace stubble {
namespace {

struct PresetsOptions {
    std::string name;
    bool json = false;
};

std::string listAsJson(const std::vector<Preset>& presets) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Preset& preset : presets)
        list.push_back(nlohmann::ordered_json::object({{"name", preset.name},
                                                       {"title", preset.design.name},
                                                       {"description", preset.design.description}}));
    return reportText(list);
}

std::string listAsText(const std::vector<Preset>& presets) {
    std::size_t width = 0;
    for (const Preset& preset : presets) width = std::max(width, preset.name.size());
    std::string text;
    for (const Preset& preset : presets)
        text += fmt::format("{:{}}  {}\n", preset.name, width, preset.design.description);
    return text;
}

Result<void> printPresets(const PresetsOptions& options) {
    if (!options.name.empty()) {
        STUBBLE_TRY(const Design design, readPreset(options.name));
        return writeStandardOutput(formatDesign(design));
    }
    STUBBLE_TRY(const std::vector<Preset> presets, readPresets());
    return writeStandardOutput(options.json ? listAsJson(presets) : listAsText(presets));
}

}  // namespace

void addPresetsCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("presets", "List the finished designs, or print one");
    auto options = std::make_shared<PresetsOptions>();
    command->add_option("NAME", options->name, "Print this preset as a design file");
    command->add_flag("--json", options->json, "Print the list as JSON");
    command->callback([options, &run] { run = [options] { return printPresets(*options); }; });
}

}  // namespace stubble
