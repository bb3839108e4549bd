#include "tools/stubble/design_options.h"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <utility>

#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// "mm", "cm", "m", "in", or mm per unit as a number.
Result<float> parseUnits(std::string_view text) {
    if (text == "mm") return 1.0f;
    if (text == "cm") return 10.0f;
    if (text == "m") return 1000.0f;
    if (text == "in") return 25.4f;
    float mm = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mm);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(mm) || mm <= 0)
        return fail(ExitCode::usage,
                    "--head-units {}: expected mm, cm, m, in, or a positive number of mm per unit", text);
    return mm;
}

Result<ImportOptions> importOptions(const DesignOptions& options) {
    ImportOptions import;
    if (!options.headUnits.empty()) {
        STUBBLE_TRY(import.mmPerUnit, parseUnits(options.headUnits));
    }
    if (!options.headUp.empty()) {
        import.up = axisDirectionFromName(options.headUp);
        if (!import.up)
            return fail(ExitCode::usage, "--head-up {}: expected one of +X, -X, +Y, -Y, +Z, -Z",
                        options.headUp);
    }
    if (!options.headCrop.empty()) {
        STUBBLE_TRY(import.crop, parseCrop(options.headCrop));
    }
    return import;
}

Result<Design> baseDesign(const DesignOptions& options) {
    if (!options.preset.empty()) return readPreset(options.preset);
    if (options.designFile.empty()) return Design{};
    STUBBLE_TRY(Design design, readDesign(options.designFile));
    const fs::path head = design.head;
    if (!isBuiltinHead(design.head) && head.is_relative())
        design.head = (fs::path(options.designFile).parent_path() / head).string();
    return design;
}

}  // namespace

void addDesignOptions(CLI::App& command, DesignOptions& options) {
    CLI::Option* file =
        command.add_option("DESIGN.json", options.designFile, "Design file; without one, the default look");
    command.add_option("--preset", options.preset, "Start from a preset (`stubble presets` lists them)")
        ->excludes(file);
    command
        .add_option("--set", options.settings,
                    "Change a key of the design: KEY=VALUE, again and again (docs/design.md)")
        ->allow_extra_args(false);
    command.add_option("--head", options.head, "Mesh file or builtin:NAME, instead of the design's head");
    command.add_option("--landmarks", options.landmarks,
                       "Landmark file of the head, instead of finding them");
    command.add_option("--head-crop", options.headCrop,
                       "Keep a part of the mesh, in its own units: y>1.36,x<0.13");
    command.add_option("--head-units", options.headUnits,
                       "Unit of the mesh: mm, cm, m, in, or mm per unit; else guessed");
    command.add_option("--head-up", options.headUp, "Up in the mesh: +Y, -Z, …; else guessed");
    command.add_option("--seed", options.seed, "Seed of every random placement");
}

Result<ChosenDesign> chooseDesign(const DesignOptions& options, std::optional<Design> base) {
    ChosenDesign chosen;
    if (base) {
        chosen.design = *std::move(base);
    } else {
        STUBBLE_TRY(chosen.design, baseDesign(options));
    }
    for (const std::string& setting : options.settings) STUBBLE_CHECK(applySetting(chosen.design, setting));
    if (!options.head.empty()) STUBBLE_CHECK(applySetting(chosen.design, "head=" + options.head, "--"));
    if (!options.seed.empty()) STUBBLE_CHECK(applySetting(chosen.design, "seed=" + options.seed, "--"));
    chosen.head.head = chosen.design.head;
    chosen.head.landmarks = options.landmarks;
    STUBBLE_TRY(chosen.head.import, importOptions(options));
    if (isBuiltinHead(chosen.design.head))
        for (const auto& [name, value] :
             {std::pair("--head-crop", &options.headCrop), std::pair("--head-units", &options.headUnits),
              std::pair("--head-up", &options.headUp)})
            if (!value->empty())
                return fail(ExitCode::usage, "{} {}: is for mesh files, the head is {}", name, *value,
                            chosen.design.head);
    return chosen;
}

}  // namespace stubble
