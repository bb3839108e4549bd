#pragma once
// Questions over the whole window that must be answered first.

#include "tools/studio/recovery.h"

namespace stubble {

/// What to do with unsaved changes before they would be lost; keep: go on editing.
enum class UnsavedAnswer { none, keep, discard, save };
/// Asks while `asking`.
UnsavedAnswer drawUnsavedQuestion(bool asking);

/// What to do with work that a studio left behind when it died; later: ask again at the next start.
enum class RescueAnswer { none, rescue, discard, later };
RescueAnswer drawRescueQuestion(const Rescue& rescue);

}  // namespace stubble
