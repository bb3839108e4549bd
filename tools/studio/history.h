#pragma once
// Undo and redo without limit over designs, small enough to keep for a whole day of work.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/json.h"
#include "engine/scene/design.h"

namespace stubble {

/// The items by which one list differs from another: what stands between their common beginning and end.
template <typename Item>
struct ListChange {
    std::size_t first = 0, count = 0;  ///< items of the current list that give way
    std::vector<Item> items;           ///< what comes in their place
};

/// The states of a design in the order they came about. A step holds of the other side only what differs, so
/// that a figure changed takes about a hundred bytes however much has been painted.
class History {
  public:
    explicit History(Design first);

    [[nodiscard]] const Design& design() const { return design_; }

    /// What a person does in one go: between begin and end all changes become one step, named `what` (a
    /// design key or another name that the window can put into words). A begin ends what was begun before.
    void begin(std::string_view what);
    void end();
    /// Back to where the gesture began, as with Escape; without one, nothing.
    void cancel();
    [[nodiscard]] bool inGesture() const { return inGesture_; }
    /// What it was begun with; empty outside one.
    [[nodiscard]] std::string_view gestureName() const { return inGesture_ ? gesture_ : std::string_view(); }

    /// The design becomes `next`. Outside a gesture that is a step by itself. What equals the present is
    /// none.
    void change(Design next, std::string_view what);

    /// One step back or forth; false where there is none. Both end a gesture first.
    bool undo();
    bool redo();
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] std::size_t undoCount() const { return undos_.size(); }
    [[nodiscard]] bool canRedo() const { return !inGesture_ && !redos_.empty(); }
    /// Names of the steps that undo and redo would take; empty where there is none.
    [[nodiscard]] std::string_view undoName() const;
    [[nodiscard]] std::string_view redoName() const;

  private:
    struct Lists {
        ListChange<glm::vec2> hairline;
        ListChange<BrushStroke> strokes;
        ListChange<Scar> scars;
    };
    struct Value {
        std::uint16_t key;  ///< in designKeys()
        Json other;
    };
    struct Step {
        std::uint16_t what = 0;  ///< in names_
        std::vector<Value> values;
        std::unique_ptr<Lists> lists;  ///< null where none has changed
    };
    std::uint16_t nameOf(std::string_view what);
    void record(Design before, std::string_view what);
    bool take(std::vector<Step>& from, std::vector<Step>& to);

    Design design_;
    std::vector<Step> undos_, redos_;
    std::vector<std::string> names_;
    bool inGesture_ = false;
    std::string gesture_;
    Design gestureStart_;
};

}  // namespace stubble
