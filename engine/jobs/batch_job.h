#pragma once
// A batch as a person writes it: designs × overrides × cameras × lights × sizes. docs/batch.md has its form.

#include <filesystem>
#include <string>

#include "engine/core/result.h"
#include "engine/jobs/batch_manifest.h"

namespace stubble {

/// Reads a job file and all designs that it names, works out what every picture shows, and hashes the files
/// that heads come from. Every fault is badInput and names the file, the place in it, what was found and what
/// was expected.
Result<BatchManifest> readBatchJob(const std::filesystem::path& path, std::string software);

}  // namespace stubble
