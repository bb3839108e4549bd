#pragma once
// The tools that edit by hand, one of them in use at a time.

#include "tools/studio/brush_tool.h"
#include "tools/studio/hairline_tool.h"

namespace stubble {

class EditDesk {
  public:
    enum class Tool { none, hairline, brush };

    /// Once a frame, before all else. `shown` may be null. `settingHairline`: the line is being set
    /// elsewhere, and shown for that.
    void follow(const Design& design, const LoadedScene* shown, bool settingHairline);
    /// True: a tool has taken the mouse's buttons.
    bool point(const EditSurface& surface, const Pointer& pointer);
    void draw(const EditSurface& surface, ImDrawList& list) const;
    /// The tools, the map's switch, and the settings of the tool in use, in the upper left of the picture.
    /// True: the map was asked for, or away.
    bool drawBar(ImVec2 corner, bool showsMap);
    DesignEdit takeEdit();
    /// True: taken.
    bool key(const KeyPress& key);
    [[nodiscard]] bool holds() const;
    void letGo();

    /// The smooth hairline stands in what the tool in use draws.
    [[nodiscard]] bool drawsHairline() const { return tool_ == Tool::hairline || showsLine_; }
    [[nodiscard]] Tool tool() const { return tool_; }
    /// Takes a tool up, or puts it down where it is the one in use.
    void toggle(Tool tool);

  private:
    [[nodiscard]] EditTool* used();
    [[nodiscard]] const EditTool* used() const;

    Tool tool_ = Tool::none;
    HairlineTool hairline_;
    BrushTool brush_;
    bool showsLine_ = false;
};

}  // namespace stubble
