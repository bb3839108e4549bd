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
    Step step{.what = std::string(what), .other = {}, .strokes = {}, .scars = {}};
    step.strokes = changeOf(design_.smp.strokes, std::exchange(before.smp.strokes, {}));
    step.scars = changeOf(design_.skin.scars, std::exchange(before.skin.scars, {}));
    step.other = std::move(before);
    undos_.push_back(std::move(step));
    redos_.clear();
}

bool History::take(std::vector<Step>& from, std::vector<Step>& to) {
    end();
    if (from.empty()) return false;
    Step step = std::move(from.back());
    from.pop_back();
    swapIn(design_.smp.strokes, step.strokes);
    swapIn(design_.skin.scars, step.scars);
    // The lists stay with the design; the rest changes sides.
    std::swap(step.other.smp.strokes, design_.smp.strokes);
    std::swap(step.other.skin.scars, design_.skin.scars);
    std::swap(step.other, design_);
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
