#pragma once
// Lines on the skin of a head, for drawing and for measuring as a tape does.

#include <span>
#include <vector>

#include "engine/scalp/skull_guides.h"
#include "tools/studio/edit_surface.h"

namespace stubble {

/// A line of the chart on the skin, in steps of about 2 mm.
std::vector<SkinPlace> layLine(const SkullGuides& guides, std::span<const glm::vec2> chartLine);

/// As layTapeMm.
std::vector<SkinPlace> layTape(const SkullGuides& guides, glm::vec3 fromMm, glm::vec3 toMm);

float lengthMm(std::span<const SkinPlace> line);

}  // namespace stubble
