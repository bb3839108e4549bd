#pragma once
// "did you mean …?" for misspelt names.

#include <span>
#include <string>
#include <string_view>

namespace stubble {

/// The number of insertions, deletions and substitutions between two words, case ignored
/// (Wagner and Fischer, "The string-to-string correction problem", 1974).
std::size_t editDistance(std::string_view a, std::string_view b);

/// ", did you mean NAME?" with the nearest known name, or nothing when none is near. A word without a dot is
/// also compared with what follows the last dot of a known name.
std::string didYouMean(std::string_view word, std::span<const std::string_view> known);

}  // namespace stubble
