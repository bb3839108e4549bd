#pragma once
// The studio's own controls, drawn in the theme. Labels come in as shown, `id` is never seen.

#include <imgui.h>

#include <optional>
#include <span>
#include <string>

namespace stubble {

/// What a hand did to a control in this frame.
enum class Touch {
    none,
    drags,  ///< the value changed and the hand has not let go
    ends,   ///< the hand let go after a drag
    sets,   ///< the value changed at once
};

struct SliderShape {
    double min = 0, max = 1;
    double byDefault = 0;  ///< where a double click on the label leads
    double curve = 1;      ///< above 1: finer at the low end; value = min + (max − min) · place^curve
    double step = 0;       ///< values snap to it; 0: none
};

/// Label, track and a figure that can be clicked to be typed. `figure` is the value for people, `typed` how
/// editing begins.
Touch slider(const char* id, const char* label, const char* hint, double& value, const SliderShape& shape,
             const std::string& figure, const std::string& typed);

/// A small button that stays lit while `selected`.
bool chip(const char* id, const char* label, bool selected, float width = 0);
/// Of chip without a width of its own.
float chipWidth(const char* label);

/// A row of colours to choose one from; the index that was clicked.
std::optional<int> swatches(const char* id, std::span<const ImU32> colours, int selected,
                            std::span<const std::string> hints);

/// ImGui's list to choose from, in the theme: EndList after the entries where it is open.
bool beginList(const char* id, const char* current, float width);
void endList();

/// A heading that opens and closes what stands below it.
bool section(const char* id, const char* label, bool openAtFirst);
/// Opens a section that comes in this window.
void openSection(const char* id);

/// A label in the column that sliders have theirs in; the cursor stands in the control's column after it.
void rowLabel(const char* label, const char* hint);

/// Explains the last item after a short rest on it.
void hintFor(const char* hint);
/// Seconds until a control wants a frame, as for a hint that is due; infinity: none does.
double widgetsDue();

/// A part of the window that neither moves nor scrolls unless told otherwise; ImGui::End ends it.
void beginPart(const char* id, ImVec2 corner, ImVec2 size, ImU32 back, ImVec2 padding,
               ImGuiWindowFlags more = 0);

}  // namespace stubble
