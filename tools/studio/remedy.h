#pragma once
// What would answer a note of advice where one key does.

#include <optional>
#include <string_view>

#include "engine/jobs/lint.h"

namespace stubble {

struct Remedy {
    std::string_view key;  ///< of a number
    double value = 0;      ///< round, within the key's range
};

/// Sets the key that the note is about so that the limit is just kept. Unset where it takes more than one
/// key, or an eye. `note` is of this design.
std::optional<Remedy> remedyFor(const LintNote& note, const Design& design);

/// The design with its remedy; a drawn hairline is for letPointsFollow to move.
Design remedied(Design design, const Remedy& remedy);

}  // namespace stubble
