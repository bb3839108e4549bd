#pragma once
// Whole-file reading with a size limit, atomic writing, and where the program's own data and cache live.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/hash.h"
#include "engine/core/result.h"

namespace stubble {

/// The file's bytes. Fails (badInput) when it is missing, not a regular file, unreadable or larger than
/// maxBytes.
Result<std::vector<std::byte>> readFile(const std::filesystem::path& path, std::size_t maxBytes);
Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t maxBytes);

/// A file that writeFileAtomically is writing. What fails is remembered: after it nothing more is written.
class FileWriter {
  public:
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;
    /// False when this or an earlier call failed.
    bool write(std::span<const std::byte> bytes);
    /// Goes to a place counted in bytes from the file's beginning; false when this or an earlier call failed,
    /// as on a pipe.
    bool seek(std::uint64_t place);
    /// Where the next byte goes.
    [[nodiscard]] std::uint64_t place() const { return place_; }
    /// Bytes from the beginning to the farthest one written.
    [[nodiscard]] std::uint64_t size() const { return size_; }

  private:
    friend Result<void> writeFileAtomically(const std::filesystem::path& path,
                                            const std::function<Result<void>(FileWriter&)>& fill);
    explicit FileWriter(int fd) : fd_(fd) {}
    bool keep(bool good);
    int fd_;
    int fault_ = 0;  ///< errno of the first failure
    std::uint64_t place_ = 0, size_ = 0;
};

/// Writes to a temporary file beside the target, syncs it and renames it over the target: a reader sees the
/// old bytes or the new ones, never a part. The file keeps its mode; where the path is a link, what it points
/// to is written. On failure (ExitCode::io, or what `fill` returns) the target is
/// untouched and the temporary file gone.
Result<void> writeFileAtomically(const std::filesystem::path& path,
                                 const std::function<Result<void>(FileWriter&)>& fill);
Result<void> writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text);

/// Removes the temporary files of writes in progress. Safe to call from a signal handler that ends the
/// program.
void removeUnfinishedFiles() noexcept;

/// The folder that holds shaders/ and assets/: $STUBBLE_DATA_DIR, else ../share/stubble beside the program,
/// else the source tree the program was built from.
Result<std::filesystem::path> dataDir();

/// The folder for cached results: $STUBBLE_CACHE_DIR, else $XDG_CACHE_HOME/stubble, else ~/.cache/stubble.
/// Made when missing. Empty when there is no place to write: then nothing is cached.
std::filesystem::path cacheDir();

/// The folder of the running program.
std::filesystem::path programDir();

/// A hash of the running program's file, so that no cache outlives the code that filled it. Read once.
ContentHash programHash();

}  // namespace stubble
