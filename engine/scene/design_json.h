#pragma once
// Designs as JSON files.

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/scene/design.h"

namespace stubble {

inline constexpr int kDesignVersion = 1;

/// Reads a design file; what it leaves out keeps its default. Every fault is badInput and names the file, the
/// dotted key, what was found and what was expected.
Result<Design> readDesign(const std::filesystem::path& path);

/// The same for text; `fileName` opens every message.
Result<Design> parseDesign(std::string_view text, std::string_view fileName);

/// Every key, in the table's order; reads back as an equal design.
std::string formatDesign(const Design& design);

/// Applies "KEY=VALUE", for instance "smp.depthMm=0.3"; lists are JSON: "hairline.points=[[0.4,0.7],…]",
/// "smp.strokes=[{…},…]".
/// Every fault is a usage error that opens with `prefix`.
Result<void> applySetting(Design& design, std::string_view setting, std::string_view prefix = "--set ");

}  // namespace stubble
