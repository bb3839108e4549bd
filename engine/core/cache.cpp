#include "engine/core/cache.h"

#include <algorithm>
#include <cstring>

#include "engine/core/file.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSuffix = ".cache";

fs::path entryPath(const fs::path& dir, std::string_view kind, const ContentHash& key) {
    return dir / fmt::format("{}-{}{}", kind, key.hex(), kSuffix);
}

void trimCache(const fs::path& dir) {
    struct Entry {
        fs::path path;
        fs::file_time_type used;
        std::size_t bytes;
    };
    std::vector<Entry> entries;
    std::size_t total = 0;
    std::error_code error;
    for (fs::directory_iterator file(dir, error), end; !error && file != end; file.increment(error)) {
        if (file->path().extension() != kSuffix) continue;
        std::error_code gone;  // another process may trim at the same time
        const std::uintmax_t bytes = file->file_size(gone);
        if (gone) continue;
        const fs::file_time_type used = file->last_write_time(gone);
        if (gone) continue;
        entries.push_back({file->path(), used, static_cast<std::size_t>(bytes)});
        total += entries.back().bytes;
    }
    std::ranges::sort(entries, {}, &Entry::used);
    for (const Entry& entry : entries) {
        if (total <= kMaxCacheBytes) return;
        fs::remove(entry.path, error);
        total -= entry.bytes;
    }
}

}  // namespace

std::optional<std::vector<std::byte>> readCache(std::string_view kind, const ContentHash& key) {
    const fs::path dir = cacheDir();
    if (dir.empty()) return std::nullopt;
    const fs::path path = entryPath(dir, kind, key);
    auto file = readFile(path, kMaxCacheBytes);
    ContentHash stored;
    if (!file || file->size() < sizeof stored) return std::nullopt;
    const std::size_t size = file->size() - sizeof stored;
    std::memcpy(&stored, file->data() + size, sizeof stored);
    file->resize(size);
    if (hashBytes(*file) != stored) return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);  // used now: trimmed last
    return *std::move(file);
}

void writeCache(std::string_view kind, const ContentHash& key, std::span<const std::byte> bytes) {
    const fs::path dir = cacheDir();
    if (dir.empty()) return;
    const ContentHash hash = hashBytes(bytes);
    std::vector<std::byte> file(bytes.begin(), bytes.end());
    const auto tail = std::as_bytes(std::span(&hash, 1));
    file.insert(file.end(), tail.begin(), tail.end());
    if (writeFileAtomically(entryPath(dir, kind, key), file)) trimCache(dir);
}

}  // namespace stubble
