#pragma once
// The key table for other programs and for people.

#include <string>

namespace stubble {

/// The design file as JSON Schema (draft 2020-12). docs/design.schema.json is a copy.
std::string designSchema();

/// The design file as a Markdown page with a table of all keys. docs/design.md is a copy.
std::string designMarkdown();

}  // namespace stubble
