#include "engine/core/disk_cache.h"

#include <fmt/format.h>

#include <cstring>

#include "engine/core/file.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxCachedBytes = 1u << 30;

std::filesystem::path pathOf(std::string_view kind, const ContentHash& key) {
    const std::filesystem::path dir = cacheDir();
    return dir.empty() ? dir : dir / fmt::format("{}-{}.bin", kind, key.hex());
}

}  // namespace

std::optional<std::vector<std::byte>> loadCached(std::string_view kind, const ContentHash& key) {
    const std::filesystem::path path = pathOf(kind, key);
    if (path.empty()) return std::nullopt;
    auto bytes = readFile(path, kMaxCachedBytes);
    // The content's own hash stands at the end: a damaged file is as good as none.
    ContentHash stored;
    if (!bytes || bytes->size() < sizeof stored) return std::nullopt;
    const std::size_t size = bytes->size() - sizeof stored;
    std::memcpy(&stored, bytes->data() + size, sizeof stored);
    bytes->resize(size);
    if (hashBytes(*bytes) != stored) return std::nullopt;
    return std::move(*bytes);
}

void storeCached(std::string_view kind, const ContentHash& key, std::span<const std::byte> bytes) {
    const std::filesystem::path path = pathOf(kind, key);
    if (path.empty()) return;
    std::vector<std::byte> content(bytes.begin(), bytes.end());
    const ContentHash hash = hashBytes(bytes);
    const auto* raw = reinterpret_cast<const std::byte*>(&hash);
    content.insert(content.end(), raw, raw + sizeof hash);
    (void)writeFileAtomically(path, content);
}

}  // namespace stubble
