#pragma once
// What tools draw over skin: legible on any tone.

#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "tools/studio/edit_surface.h"

namespace stubble {

using Runs = std::vector<std::vector<glm::vec2>>;

/// A line with a dark rim.
void strokeRuns(ImDrawList& list, const Runs& runs, ImU32 lineColour, float width);
/// A broken line with a thin dark rim; dashes of `dash` interface coordinates.
void dashRuns(ImDrawList& list, const Runs& runs, ImU32 lineColour, float width, float dash);

/// Lines of text on a dark plate, above `at` and inside the current clip.
void plate(ImDrawList& list, glm::vec2 at, std::span<const std::string> lines);

}  // namespace stubble
