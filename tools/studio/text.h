#pragma once
// Every word that the studio shows, from assets/studio/LANGUAGE.json.

#include <string_view>

#include "engine/core/result.h"

namespace stubble {

/// Reads the table of a language ("en"). Fails (badInput, io) where it is missing or no flat object of texts.
Result<void> loadTexts(std::string_view language);

/// The text of a key, ended by a zero; the key itself where the table lacks it. Valid for the process' life.
const char* text(std::string_view key);

/// Whether the table has the key.
bool hasText(std::string_view key);

}  // namespace stubble
