#pragma once
// A tool that edits on the skin, in the picture and on the map alike.

#include <imgui.h>

#include <utility>

#include "tools/studio/edit_surface.h"
#include "tools/studio/inspector.h"
#include "tools/studio/key_press.h"
#include "tools/studio/scene_loader.h"

namespace stubble {

/// The mouse in one frame.
struct Pointer {
    glm::vec2 at{0};
    bool over = false;     ///< on the surface, nothing above it, and the camera does not turn
    bool pressed = false;  ///< left, in this frame
    bool doubleClicked = false, rightPressed = false;
    bool held = false;  ///< left
    bool ctrl = false, shift = false, alt = false;
};
Pointer readPointer(bool over);

class EditTool {
  public:
    virtual ~EditTool() = default;

    /// Once a frame, before all else: the design as it is, and the head that it is seen on.
    virtual void follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) = 0;
    /// The mouse before the camera gets it. True: the tool has taken the buttons.
    virtual bool point(const EditSurface& surface, const Pointer& pointer) = 0;
    /// Over what the surface shows.
    virtual void draw(const EditSurface& surface, ImDrawList& list) const = 0;
    /// Its settings as a row of controls in the current ImGui window.
    virtual void drawOptions() = 0;
    /// True: the tool has taken the key.
    virtual bool key(const KeyPress& key) = 0;
    /// Something is in the hand.
    [[nodiscard]] virtual bool holds() const = 0;
    /// The design is another now: lets go of what is held.
    virtual void letGo() = 0;

    /// What the hand did since the last call.
    DesignEdit takeEdit() { return std::exchange(edit_, {}); }

  protected:
    /// Takes the design and the head for this frame; true: the head is another one.
    bool meet(const Design& design, const std::shared_ptr<const ReadyHead>& head);

    const Design* design_ = nullptr;  ///< of this frame
    std::shared_ptr<const ReadyHead> head_;
    std::shared_ptr<const Skull> skull_;
    DesignEdit edit_;
};

}  // namespace stubble
