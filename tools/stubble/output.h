#pragma once
// Where results go.

#include <filesystem>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace stubble {

/// As reports are printed: indented, a line feed at the end, what is no UTF-8 replaced.
std::string reportText(const nlohmann::ordered_json& report);

/// All of it, or ExitCode::io.
Result<void> writeStandardOutput(std::string_view bytes);

/// Says before long work whether `output` can be written, without touching it: its suffix is one of
/// `suffixes` (usage), its folder exists and can be written (io), and it is none of `inputs` (usage).
/// A device or pipe may have any name.
Result<void> checkOutput(const std::filesystem::path& output,
                         std::initializer_list<std::string_view> suffixes,
                         std::initializer_list<std::filesystem::path> inputs);

/// The path's suffix in lower case, ".png".
std::string lowerSuffix(const std::filesystem::path& path);

}  // namespace stubble
