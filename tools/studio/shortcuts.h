#pragma once
// Which key does what.

#include <optional>
#include <vector>

#include "tools/studio/app.h"
#include "tools/studio/key_press.h"

namespace stubble {

/// What a key asks of the program, if anything.
std::optional<Action> actionOf(const KeyPress& key);

bool isEscape(const KeyPress& key);

/// Keys that turn the head.
void steer(Viewport& viewport, const KeyPress& key);

}  // namespace stubble
