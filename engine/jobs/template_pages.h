#pragma once
// The hairline's template at real scale, on as many pages as it takes.

#include "engine/jobs/flat_template.h"
#include "engine/jobs/sheet.h"

namespace stubble {

/// Begins pages of its own, upright or lying, whichever are fewer. `paperMm` is the upright page.
void drawTemplatePages(Sheet& sheet, const FlatTemplate& hairline, glm::vec2 paperMm);

/// A bar to check a print's scale by, from its left end.
inline constexpr float kCheckBarMm = 50;
void drawCheckBar(Canvas& canvas, glm::vec2 left);

/// The line itself is this wide, and nothing else is.
inline constexpr float kTemplateLineMm = 0.6f;

}  // namespace stubble
