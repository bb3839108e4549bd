#pragma once
// What goes into an HTML page as text.

#include <string>
#include <string_view>

namespace stubble {

/// Safe between tags and in quoted attributes.
std::string htmlEscaped(std::string_view text);

/// RFC 4648, section 4: for data: addresses.
std::string base64(std::string_view bytes);

/// Replaces each {{name}} in a page by the value.
void fillIn(std::string& page, std::string_view name, std::string_view value);

}  // namespace stubble
