#pragma once
// Finished designs that come with the program: assets/presets/NAME.json.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/scene/design.h"

namespace stubble {

struct Preset {
    std::string name;  ///< of the file, without its suffix: "buzz-norwood6"
    Design design;
};

/// All presets in alphabetical order.
Result<std::vector<Preset>> readPresets();

/// One preset. An unknown name is a usage error that suggests the nearest.
Result<Design> readPreset(std::string_view name);

}  // namespace stubble
