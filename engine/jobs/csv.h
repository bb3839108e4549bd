#pragma once
// Tables as comma-separated values.

#include <string>
#include <string_view>

namespace stubble {

/// One field of a line, quoted where it has to be (RFC 4180).
inline std::string csvField(std::string_view text) {
    if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
    return field + '"';
}

}  // namespace stubble
