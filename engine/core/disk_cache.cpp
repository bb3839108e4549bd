#include "engine/core/disk_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engine/core/file.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxCachedBytes = 1u << 30;
constexpr std::string_view kSuffix = ".bin";

fs::path pathOf(std::string_view kind, const ContentHash& key) {
    const fs::path dir = cacheDir();
    return dir.empty() ? dir : dir / fmt::format("{}-{}{}", kind, key.hex(), kSuffix);
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

std::optional<std::vector<std::byte>> loadCached(std::string_view kind, const ContentHash& key) {
    const fs::path path = pathOf(kind, key);
    if (path.empty()) return std::nullopt;
    auto bytes = readFile(path, kMaxCachedBytes);
    // The content's own hash stands at the end: a damaged file is as good as none.
    ContentHash stored;
    if (!bytes || bytes->size() < sizeof stored) return std::nullopt;
    const std::size_t size = bytes->size() - sizeof stored;
    std::memcpy(&stored, bytes->data() + size, sizeof stored);
    bytes->resize(size);
    if (hashBytes(*bytes) != stored) return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);  // used now, so trimmed last
    return std::move(*bytes);
}

void storeCached(std::string_view kind, const ContentHash& key, std::span<const std::byte> bytes) {
    const fs::path path = pathOf(kind, key);
    if (path.empty()) return;
    std::vector<std::byte> content(bytes.begin(), bytes.end());
    const ContentHash hash = hashBytes(bytes);
    const auto* raw = reinterpret_cast<const std::byte*>(&hash);
    content.insert(content.end(), raw, raw + sizeof hash);
    if (writeFileAtomically(path, content)) trimCache(path.parent_path());
}

}  // namespace stubble
