#include "engine/jobs/batch_leftovers.h"

#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "engine/jobs/batch_record.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// Temporary files of writeFileAtomically, by picture.
std::multimap<std::size_t, fs::path> unfinishedFiles(const fs::path& folder) {
    std::multimap<std::size_t, fs::path> found;
    std::error_code error;
    for (fs::directory_iterator file(folder / "images", error), end; !error && file != end;
         file.increment(error)) {
        const std::string name = file->path().filename().string();
        std::size_t index = 0;
        const auto number = std::from_chars(name.data(), name.data() + name.size(), index);
        if (name.ends_with(".tmp") && number.ec == std::errc()) found.emplace(index, file->path());
    }
    return found;
}

}  // namespace

void removeLeftovers(const fs::path& folder, std::size_t begin, std::size_t end) {
    std::optional<BatchLock> lock;
    for (const auto& [index, file] : unfinishedFiles(folder)) {
        if (index < begin || index >= end) continue;
        if (!lock) {
            auto opened = BatchLock::open(folder);
            if (!opened) return;
            lock.emplace(*std::move(opened));
        }
        if (!lock->take(index)) continue;
        std::error_code error;
        fs::remove(file, error);
        lock->release(index);
    }
}

void clearPlace(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) fs::remove(file, error);
}

}  // namespace stubble
