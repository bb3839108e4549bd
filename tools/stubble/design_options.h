#pragma once
// The options that say which design on which head: shared by every command that bakes one.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design.h"

namespace stubble {

struct DesignOptions {
    std::string designFile, preset;
    std::vector<std::string> settings;
    std::string head, landmarks, headCrop, headUnits, headUp, seed;
};

void addDesignOptions(CLI::App& command, DesignOptions& options);

struct ChosenDesign {
    Design design;
    HeadSource head;
};

/// Reads the design file or preset, then applies --set, --head and --seed in this order. A head file named in
/// a design file is relative to that file, on the command line to the working directory.
/// `base`, where there is one, stands for file and preset.
Result<ChosenDesign> chooseDesign(const DesignOptions& options, std::optional<Design> base = std::nullopt);

}  // namespace stubble
