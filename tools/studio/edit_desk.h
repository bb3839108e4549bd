#pragma once
// The tools that edit by hand, one of them in use at a time.

#include "tools/studio/hairline_tool.h"

namespace stubble {

class EditDesk {
  public:
    enum class Tool { none, hairline };

    /// Once a frame, before all else. `settingHairline`: the line is being set elsewhere, and shown for that.
    void follow(const Design& design, const std::shared_ptr<const ReadyHead>& head, bool settingHairline);
    /// True: a tool has taken the mouse's buttons.
    bool point(const EditSurface& surface, const Pointer& pointer);
    void draw(const EditSurface& surface, ImDrawList& list) const;
    /// The tools and the settings of the one in use, in the upper left of the picture.
    void drawBar(ImVec2 corner);
    DesignEdit takeEdit();
    /// True: taken.
    bool key(const KeyPress& key);
    void letGo();

    [[nodiscard]] Tool tool() const { return tool_; }
    /// Takes a tool up, or puts it down where it is the one in use.
    void toggle(Tool tool);

  private:
    [[nodiscard]] EditTool* used();
    [[nodiscard]] const EditTool* used() const;

    Tool tool_ = Tool::none;
    HairlineTool hairline_;
    bool showsLine_ = false;
};

}  // namespace stubble
