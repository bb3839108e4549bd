#pragma once
// Checks of the options that say from where and in what light.

#include <span>
#include <string_view>

#include "engine/core/result.h"

namespace stubble {

/// A usage error that suggests the nearest of the known names, or lists them.
Result<void> checkName(std::string_view option, std::string_view name,
                       std::span<const std::string_view> known);

/// "1920x1080": sides from 1 to kMaxStillSide pixels; else a usage error.
Result<void> parseSize(std::string_view text, int& width, int& height);

}  // namespace stubble
