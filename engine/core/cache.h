#pragma once
// Results on disk, found by the hash of what they were made from. Losing an entry costs time, never a result.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/hash.h"

namespace stubble {

/// The bytes stored under a kind ("follicles") and a key, or nothing. A damaged entry counts as missing.
std::optional<std::vector<std::byte>> readCache(std::string_view kind, const ContentHash& key);

/// Stores bytes, atomically; failure is no error. Then removes the entries longest unused until the cache
/// holds at most kMaxCacheBytes.
void writeCache(std::string_view kind, const ContentHash& key, std::span<const std::byte> bytes);

inline constexpr std::size_t kMaxCacheBytes = std::size_t{2} << 30;  ///< working default

}  // namespace stubble
