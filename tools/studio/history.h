#pragma once
// Undo and redo without limit over designs, small enough to keep for a whole day of work.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/scene/design.h"

namespace stubble {

/// The items by which one list differs from another: what stands between their common beginning and end.
template <typename Item>
struct ListChange {
    std::size_t first = 0, count = 0;  ///< items of the current list that give way
    std::vector<Item> items;           ///< what comes in their place
};

/// A member of a design as the other side of a step has it, its long list left out.
template <typename Member>
struct MemberChange {
    Member Design::*member;
    Member other;
};

/// One thing by which two sides of a step differ.
using DesignChange =
    std::variant<MemberChange<std::string>, MemberChange<SkinDesign>, MemberChange<HairDesign>,
                 MemberChange<HairlineDesign>, MemberChange<GraftDesign>, MemberChange<ConcealerDesign>,
                 MemberChange<SmpDesign>, MemberChange<TimeDesign>, MemberChange<std::uint64_t>,
                 ListChange<BrushStroke>, ListChange<Scar>>;

/// The states of a design in the order they came about. A step holds only what differs, of the long lists
/// only the items: some hundred bytes however much has been painted.
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
    struct Step {
        std::string what;
        std::vector<DesignChange> changes;
    };
    using Steps = std::deque<Step>;  // grows without room to spare
    void record(Design before, std::string_view what);
    bool take(Steps& from, Steps& to);

    Design design_;
    Steps undos_, redos_;
    bool inGesture_ = false;
    std::string gesture_;
    Design gestureStart_;
};

}  // namespace stubble
