#pragma once
// What is done of a batch: the record that is written beside a picture last, and who is at which picture.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "engine/jobs/batch_manifest.h"

namespace stubble {

enum class BatchState {
    done,     ///< the picture has the bytes that its record tells
    missing,  ///< no record of this manifest
    damaged,  ///< a record, but no picture or another one's bytes
};

struct BatchRecord {
    BatchState state = BatchState::missing;
    // Where there is a record:
    std::string xxh3;  ///< of the picture's bytes, ContentHash::hex
    std::uint64_t bytes = 0;
    std::string renderer;  ///< GL_RENDERER
    std::string program;   ///< programHash of what made it
};

/// images/NAME.png.json
std::filesystem::path recordFileOf(const std::filesystem::path& picture);

/// Reads record and picture; what cannot be read counts as missing or damaged.
BatchRecord readRecord(const BatchManifest& manifest, const std::filesystem::path& folder,
                       const BatchImage& image);

/// Reads the picture back and vouches for it. Fails with ExitCode::io.
Result<BatchRecord> writeRecord(const BatchManifest& manifest, const std::filesystem::path& folder,
                                const BatchImage& image, const std::string& renderer);

/// Lets one process at a time make a picture, by locks on single bytes of FOLDER/images/.lock: they go with
/// the process that held them. A file system without locks lets all through.
class BatchLock {
  public:
    /// Makes FOLDER/images where it is not. Fails with ExitCode::io.
    static Result<BatchLock> open(const std::filesystem::path& folder);
    ~BatchLock();
    BatchLock(BatchLock&& other) noexcept;
    BatchLock& operator=(BatchLock&&) = delete;
    /// False where another process has it.
    [[nodiscard]] bool take(std::size_t index);
    void release(std::size_t index);

  private:
    explicit BatchLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace stubble
