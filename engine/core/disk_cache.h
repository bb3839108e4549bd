#pragma once
// Results that are dear to compute, kept on disk under a hash of what they were computed from.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/hash.h"

namespace stubble {

/// The bytes stored under this kind and key, when they are there and undamaged.
std::optional<std::vector<std::byte>> loadCached(std::string_view kind, const ContentHash& key);

/// Stores bytes; a cache that cannot be written is no error. Entries longest unused are then removed until
/// the cache holds at most kMaxCacheBytes.
void storeCached(std::string_view kind, const ContentHash& key, std::span<const std::byte> bytes);

inline constexpr std::size_t kMaxCacheBytes = std::size_t{2} << 30;  ///< working default

}  // namespace stubble
