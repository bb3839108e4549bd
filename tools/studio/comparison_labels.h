#pragma once
// What stands at the divider of a split picture.

#include <optional>

#include "tools/studio/app.h"

namespace stubble {

/// Names of the halves, in windows of their own over the picture; the left one opens a choice of what to
/// compare with.
std::optional<Action> drawComparison(App& app);

}  // namespace stubble
