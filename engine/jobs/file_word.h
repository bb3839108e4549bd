#pragma once
// Names that people give, as parts of file names.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace stubble {

inline constexpr std::size_t kMaxFileWordBytes = 60;

/// "0.12 mm · Monk 4" as "0.12-mm-monk-4": ASCII letters in lower case, digits, and dots between them; all
/// else is one "-". At most kMaxFileWordBytes; empty where the text has neither letters nor digits.
std::string fileWord(std::string_view text);

/// Whether it has no other characters than file words and the "-" between them have, and does not open with a
/// dot: it stays in its folder. True of an empty one.
bool isFileWords(std::string_view text);

/// Names that differ.
class DifferentNames {
  public:
    /// The name; NAME-2, NAME-3, … where it is taken.
    std::string next(const std::string& name);

  private:
    std::set<std::string> taken_;
};

}  // namespace stubble
