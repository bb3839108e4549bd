#pragma once
// Content hashes (XXH3, 128 bits) that key caches and name inputs.

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace stubble {

struct ContentHash {
    std::uint64_t low = 0, high = 0;
    auto operator<=>(const ContentHash&) const = default;
    /// 32 lower-case hexadecimal digits.
    [[nodiscard]] std::string hex() const;
};

ContentHash hashBytes(std::span<const std::byte> bytes);
inline ContentHash hashText(std::string_view text) {
    return hashBytes(std::as_bytes(std::span(text)));
}

}  // namespace stubble
