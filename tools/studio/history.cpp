#include "tools/studio/history.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stubble {
namespace {

/// What turns `current` into `other`.
template <typename Item>
ListChange<Item> changeOf(const std::vector<Item>& current, std::vector<Item>&& other) {
    const auto [currentFirst, otherFirst] =
        std::mismatch(current.begin(), current.end(), other.begin(), other.end());
    auto currentEnd = current.end();
    auto otherEnd = other.end();
    while (currentEnd != currentFirst && otherEnd != otherFirst && *(currentEnd - 1) == *(otherEnd - 1)) {
        --currentEnd;
        --otherEnd;
    }
    return {.first = static_cast<std::size_t>(currentFirst - current.begin()),
            .count = static_cast<std::size_t>(currentEnd - currentFirst),
            .items = {std::make_move_iterator(otherFirst), std::make_move_iterator(otherEnd)}};
}

/// Makes the change, and the change what leads back.
template <typename Item>
void swapIn(std::vector<Item>& list, ListChange<Item>& change) {
    const auto first = list.begin() + static_cast<std::ptrdiff_t>(change.first);
    const auto last = first + static_cast<std::ptrdiff_t>(change.count);
    std::vector<Item> gone(std::make_move_iterator(first), std::make_move_iterator(last));
    const auto place = list.erase(first, last);
    change.count = change.items.size();
    list.insert(place, std::make_move_iterator(change.items.begin()),
                std::make_move_iterator(change.items.end()));
    change.items = std::move(gone);
}

/// The long lists of a design, away from it while this lives.
class ListsApart {
  public:
    explicit ListsApart(Design& design)
        : design_(design),
          strokes_(std::exchange(design.smp.strokes, {})),
          scars_(std::exchange(design.skin.scars, {})) {}
    ~ListsApart() {
        design_.smp.strokes = std::move(strokes_);
        design_.skin.scars = std::move(scars_);
    }
    ListsApart(const ListsApart&) = delete;
    ListsApart& operator=(const ListsApart&) = delete;

  private:
    Design& design_;
    std::vector<BrushStroke> strokes_;
    std::vector<Scar> scars_;
};

template <typename Item>
void noteList(std::vector<DesignChange>& changes, const std::vector<Item>& current,
              std::vector<Item>&& other) {
    ListChange<Item> change = changeOf(current, std::move(other));
    if (change.count > 0 || !change.items.empty()) changes.emplace_back(std::move(change));
}

/// What turns `current` into `other`.
std::vector<DesignChange> changesOf(Design& current, Design&& other) {
    std::vector<DesignChange> changes;
    noteList(changes, current.smp.strokes, std::exchange(other.smp.strokes, {}));
    noteList(changes, current.skin.scars, std::exchange(other.skin.scars, {}));
    const ListsApart apart(current);
    // One member more in Design does not compile here: it is to be noted, too.
    [[maybe_unused]] const auto& [name, description, head, skin, hair, hairline, grafts, concealer, smp, time,
                                  seed] = current;
    const auto note = [&]<typename Member>(Member Design::*member) {
        if (current.*member != other.*member)
            changes.emplace_back(MemberChange<Member>{member, std::move(other.*member)});
    };
    note(&Design::name), note(&Design::description), note(&Design::head);
    note(&Design::skin), note(&Design::hair), note(&Design::hairline), note(&Design::grafts);
    note(&Design::concealer), note(&Design::smp), note(&Design::time), note(&Design::seed);
    changes.shrink_to_fit();
    return changes;
}

void swapIn(Design& design, ListChange<BrushStroke>& change) {
    swapIn(design.smp.strokes, change);
}

void swapIn(Design& design, ListChange<Scar>& change) {
    swapIn(design.skin.scars, change);
}

template <typename Member>
void swapIn(Design& design, MemberChange<Member>& change) {
    const ListsApart apart(design);
    std::swap(design.*change.member, change.other);
}

}  // namespace

History::History(Design first) : design_(std::move(first)) {}

void History::begin(std::string_view what) {
    end();
    inGesture_ = true;
    gesture_ = what;
    gestureStart_ = design_;
}

void History::end() {
    if (!std::exchange(inGesture_, false)) return;
    record(std::exchange(gestureStart_, {}), gesture_);
}

void History::cancel() {
    if (!std::exchange(inGesture_, false)) return;
    design_ = std::exchange(gestureStart_, {});
}

void History::change(Design next, std::string_view what) {
    Design before = std::exchange(design_, std::move(next));
    if (!inGesture_) record(std::move(before), what);
}

void History::record(Design before, std::string_view what) {
    if (before == design_) return;
    undos_.push_back({std::string(what), changesOf(design_, std::move(before))});
    redos_.clear();
}

bool History::take(Steps& from, Steps& to) {
    end();
    if (from.empty()) return false;
    Step step = std::move(from.back());
    from.pop_back();
    for (DesignChange& change : step.changes) std::visit([this](auto& one) { swapIn(design_, one); }, change);
    to.push_back(std::move(step));
    return true;
}

bool History::undo() {
    return take(undos_, redos_);
}

bool History::redo() {
    return take(redos_, undos_);
}

bool History::canUndo() const {
    return !undos_.empty() || (inGesture_ && gestureStart_ != design_);
}

std::string_view History::undoName() const {
    if (inGesture_ && gestureStart_ != design_) return gesture_;
    return undos_.empty() ? std::string_view() : undos_.back().what;
}

std::string_view History::redoName() const {
    return canRedo() ? redos_.back().what : std::string_view();
}

}  // namespace stubble
