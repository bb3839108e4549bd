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
/// The sheet of keys, over all; `open` turns false when it is closed.
void drawKeySheet(bool& open);

}  // namespace stubble
