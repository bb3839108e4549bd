#pragma once
// Where a person's own state and settings live.

#include <filesystem>

#include "engine/core/result.h"

namespace stubble {

/// For what a program keeps between runs and can do without: $STUBBLE_STATE_DIR, else
/// $XDG_STATE_HOME/stubble, else ~/.local/state/stubble. Made when missing; fails (io) when it cannot be.
Result<std::filesystem::path> stateDir();

/// For settings: $STUBBLE_CONFIG_DIR, else $XDG_CONFIG_HOME/stubble, else ~/.config/stubble. The same.
Result<std::filesystem::path> configDir();

}  // namespace stubble
