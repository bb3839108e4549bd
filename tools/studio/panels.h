#pragma once
// What stands round the picture.

#include <optional>

#include "tools/studio/app.h"

namespace stubble {

// Each draws into the current ImGui window.

std::optional<Action> drawMenu(const App& app);
/// Cameras and light.
void drawViewBar(Viewport& viewport);
void drawStatus(App& app);
/// What to do with unsaved changes before they would be lost.
enum class UnsavedAnswer { none, keep, discard, save };
/// Asks while `asking`; keep: go on editing.
UnsavedAnswer drawUnsavedQuestion(bool asking);
/// The sheet of keys, over all, from when it is asked for until it is asked for again or put away.
void drawKeySheet(bool asked);

}  // namespace stubble
