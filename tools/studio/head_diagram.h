#pragma once
// A small drawing of a head that shows where a landmark lies.

#include <imgui.h>

#include "engine/scalp/landmarks.h"

namespace stubble {

/// Draws it into a rectangle of the current ImGui window and takes the room.
void drawHeadDiagram(Landmark landmark, ImVec2 size);

}  // namespace stubble
