#include "engine/core/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace stubble {

std::string ContentHash::hex() const {
    return fmt::format("{:016x}{:016x}", high, low);
}

ContentHash hashBytes(std::span<const std::byte> bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.low64, hash.high64};
}

}  // namespace stubble
