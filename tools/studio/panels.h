#pragma once
// What stands round the picture.

#include <optional>

#include "tools/studio/app.h"

namespace stubble {

// Each draws into the current ImGui window.

struct Asked {
    Action action;
    std::filesystem::path file;  ///< for `open`: this one
};
std::optional<Asked> drawMenu(const App& app);
/// Cameras, comparison and light.
std::optional<Action> drawViewBar(Viewport& viewport, bool compares);
void drawStatus(App& app);
/// The sheet of keys, over all, from when it is asked for until it is asked for again or put away.
void drawKeySheet(bool asked);

}  // namespace stubble
