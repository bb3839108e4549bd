#pragma once
// Whether a batch is whole, and what to render again where it is not.

#include <map>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/jobs/batch_record.h"

namespace stubble {

struct BatchSummary {
    std::vector<BatchRecord> records;  ///< of every picture, in order
    std::size_t done = 0;
    std::vector<std::size_t> missing, damaged;               ///< pictures, ascending
    std::map<std::string, std::size_t> renderers, programs;  ///< pictures that each made
};

/// Reads all records and pictures, on all cores. `progress` may be null.
BatchSummary verifyBatch(const std::filesystem::path& folder, const BatchManifest& manifest,
                         Progress* progress = nullptr);

/// The shards, of so many, that have pictures missing or damaged; ascending.
std::vector<std::size_t> shardsToRender(const BatchSummary& summary, std::size_t shards);

/// "0,3,7-9": as `sbatch --array=` takes it. Of ascending numbers.
std::string arrayText(const std::vector<std::size_t>& numbers);

/// A line for each picture: its file, what it shows, whether it is done, and its hash.
std::string batchCsv(const BatchManifest& manifest, const BatchSummary& summary);

}  // namespace stubble
