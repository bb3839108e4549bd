#pragma once
// The studio's look: neutral greys, so that skin tones are judged against no colour, and one quiet accent.

#include <imgui.h>

#include "engine/core/result.h"

namespace stubble {

/// Colours that widgets of our own use; ImGui's own follow them.
namespace colour {
inline constexpr ImU32 kWindow = IM_COL32(22, 22, 22, 255);
inline constexpr ImU32 kPanel = IM_COL32(30, 30, 30, 255);
inline constexpr ImU32 kRaised = IM_COL32(38, 38, 38, 255);
inline constexpr ImU32 kControl = IM_COL32(46, 46, 46, 255);
inline constexpr ImU32 kControlHovered = IM_COL32(58, 58, 58, 255);
inline constexpr ImU32 kControlActive = IM_COL32(70, 70, 70, 255);
inline constexpr ImU32 kLine = IM_COL32(48, 48, 48, 255);
inline constexpr ImU32 kText = IM_COL32(232, 232, 232, 255);
inline constexpr ImU32 kMuted = IM_COL32(160, 160, 160, 255);
inline constexpr ImU32 kFaint = IM_COL32(112, 112, 112, 255);  ///< marks, never words
inline constexpr ImU32 kAccent = IM_COL32(143, 168, 190, 255);
inline constexpr ImU32 kAccentQuiet = IM_COL32(68, 79, 89, 255);
inline constexpr ImU32 kWarning = IM_COL32(214, 178, 118, 255);
}  // namespace colour

/// Lengths in points; `px` makes them pixels of the interface.
namespace metric {
inline constexpr float kMenuHeight = 34, kBarHeight = 44, kStatusHeight = 28, kInspectorWidth = 324;
inline constexpr float kToolsBottom = 52;  ///< of the row of tools, in the picture
inline constexpr float kGap = 8, kPadding = 14, kRounding = 5, kRowHeight = 28;
inline constexpr float kTextSize = 14, kSmallSize = 12.5f;
}  // namespace metric

/// A length in points as the interface's coordinates.
float px(float points);

struct Fonts {
    ImFont* regular = nullptr;
    ImFont* strong = nullptr;  ///< headings
    ImFont* small = nullptr;   ///< hints and figures
    bool fallback = false;     ///< the wanted font is not installed
};
/// Of the last applyTheme.
const Fonts& fonts();

/// Style and fonts at `scale` interface coordinates a point; fonts are drawn with `pixelsPerUnit` pixels to a
/// coordinate. Before the first frame, or between two.
void applyTheme(float scale, float pixelsPerUnit);

/// Text in a colour of its own.
void coloured(ImU32 textColour, const char* shown);

}  // namespace stubble
