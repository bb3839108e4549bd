#pragma once
// The subcommands. Each adds its options to the command line and, when it is the one given, puts what is to
// be done into `run`; main() runs it.

#include <CLI/CLI.hpp>
#include <functional>

#include "engine/core/result.h"

namespace stubble {

using Command = std::function<Result<void>()>;

void addPlaceCommand(CLI::App& app, Command& run);
void addSampleCommand(CLI::App& app, Command& run);
void addRenderCommand(CLI::App& app, Command& run);
void addBoardCommand(CLI::App& app, Command& run);
void addBatchCommand(CLI::App& app, Command& run);
void addMismatchCommand(CLI::App& app, Command& run);
void addPlanCommand(CLI::App& app, Command& run);
void addPairCommand(CLI::App& app, Command& run);
void addTurntableCommand(CLI::App& app, Command& run);
void addPresetsCommand(CLI::App& app, Command& run);
void addSchemaCommand(CLI::App& app, Command& run);
void addInfoCommand(CLI::App& app, Command& run);

}  // namespace stubble
