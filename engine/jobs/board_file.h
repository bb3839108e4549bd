#pragma once
// Ready boards: assets/boards/NAME.json, and files that users write of the same form.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/board.h"

namespace stubble {

/// What a board file says. docs/boards.md has its form.
struct ReadyBoard {
    std::string name;  ///< of the file, without its suffix: "density-ladder"
    BoardSpec spec;
    Design design;  ///< what its pictures change, when the user brings none
    std::string camera = "three-quarter", light = "studio";
    BoardCrop crop;
    std::optional<double> mismatchDistanceCm;
};

/// Every fault is badInput and names the file, the place in it, what was found and what was expected. Designs
/// and their values are checked, cells are not baked.
Result<ReadyBoard> parseBoard(std::string_view text, std::string_view fileName);
Result<ReadyBoard> readBoard(const std::filesystem::path& path);

/// All ready boards in alphabetical order.
Result<std::vector<ReadyBoard>> readReadyBoards();
/// One of them. An unknown name is a usage error that suggests the nearest.
Result<ReadyBoard> readReadyBoard(std::string_view name);

}  // namespace stubble
