#pragma once
// Hashes of files, however large.

#include <filesystem>

#include "engine/core/hash.h"
#include "engine/core/result.h"

namespace stubble {

struct FileHash {
    ContentHash hash;  ///< as hashBytes of the whole; `xxhsum -H2` prints the same
    std::uint64_t bytes = 0;
};

/// Fails (badInput) when the file is missing, not a regular file or unreadable.
Result<FileHash> hashFile(const std::filesystem::path& path);

}  // namespace stubble
