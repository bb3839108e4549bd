#pragma once
// What each session puts in, and all of them together: cards below the picture.

#include <optional>
#include <string>

#include "tools/studio/inspector.h"
#include "tools/studio/surveyor.h"

namespace stubble {

/// In points, as metric.
inline constexpr float kSessionsHeight = 84;

/// "5–11 h", "40–80 min": rounded to what an estimate is good for.
std::string hoursFigure(Hours hours);

struct SessionsTouch {
    DesignEdit edit;
    std::string_view wanted;  ///< key whose control is to be shown; else empty
};
/// Draws into the current ImGui window. `survey` may be of a moment ago, or null.
SessionsTouch drawSessions(const Design& design, const Survey* survey);

}  // namespace stubble
