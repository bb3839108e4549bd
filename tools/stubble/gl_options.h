#pragma once
// The options that say what to render on: shared by every command that renders.

#include <CLI/CLI.hpp>

#include "engine/gpu/context.h"

namespace stubble {

void addGlOptions(CLI::App& command, ContextOptions& options);

}  // namespace stubble
