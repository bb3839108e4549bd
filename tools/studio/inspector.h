#pragma once
// What of a design can be set, in groups, at the right of the window. Ranges and choices are the key table's.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/scene/design.h"

namespace stubble {

/// How a change came about: a whole drag is one step for undo.
enum class EditKind {
    step,  ///< by itself
    drag,  ///< part of a drag that goes on
};

/// What a hand did to the design in this frame.
struct DesignEdit {
    std::optional<Design> design;  ///< the new one
    EditKind kind = EditKind::step;
    std::string key;  ///< that was changed: names the step
    bool dragEnded = false;
};

/// A key whose row is marked.
struct Revealed {
    std::string_view key;  ///< one of a row (rowFor); empty: none
    bool scrolls = false;  ///< its section is opened and it is brought into view
};

/// Draws into the current ImGui window.
/// `foot` is called at the foot of each open section with its name, for what is not the design's.
DesignEdit drawInspector(const Design& design, const Revealed& revealed = {},
                         const std::function<void(std::string_view)>& foot = {});

}  // namespace stubble
