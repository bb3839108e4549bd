#include "tools/studio/history.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

/// What turns `current` into `other`.
template <typename Item>
ListChange<Item> changeOf(const std::vector<Item>& current, const std::vector<Item>& other) {
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
            .items = {otherFirst, otherEnd}};
}

template <typename Item>
bool isNone(const ListChange<Item>& change) {
    return change.count == 0 && change.items.empty();
}

/// Long ones, of which a step holds what differs.
bool isList(const DesignKey& key) {
    return key.path == "hairline.points" || key.path == "smp.strokes" || key.path == "skin.scars";
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

std::uint16_t History::nameOf(std::string_view what) {
    const auto index = std::ranges::find(names_, what) - names_.begin();
    if (static_cast<std::size_t>(index) == names_.size()) names_.emplace_back(what);
    return static_cast<std::uint16_t>(index);
}

void History::record(Design before, std::string_view what) {
    if (before == design_) return;
    Step step{.what = nameOf(what), .values = {}, .lists = {}};
    for (std::size_t i = 0; i < designKeys().size(); ++i) {
        const DesignKey& key = designKeys()[i];
        if (isList(key)) continue;
        if (Json other = key.get(before); other != key.get(design_))
            step.values.push_back({static_cast<std::uint16_t>(i), std::move(other)});
    }
    step.values.shrink_to_fit();
    Lists lists{changeOf(design_.hairline.points, before.hairline.points),
                changeOf(design_.smp.strokes, before.smp.strokes),
                changeOf(design_.skin.scars, before.skin.scars)};
    if (!isNone(lists.hairline) || !isNone(lists.strokes) || !isNone(lists.scars))
        step.lists = std::make_unique<Lists>(std::move(lists));
    undos_.push_back(std::move(step));
    redos_.clear();
}

bool History::take(std::vector<Step>& from, std::vector<Step>& to) {
    end();
    if (from.empty()) return false;
    Step step = std::move(from.back());
    from.pop_back();
    for (Value& value : step.values) {
        const DesignKey& key = designKeys()[value.key];
        Json now = key.get(design_);
        key.set(design_, value.other);
        value.other = std::move(now);
    }
    if (step.lists) {
        swapIn(design_.hairline.points, step.lists->hairline);
        swapIn(design_.smp.strokes, step.lists->strokes);
        swapIn(design_.skin.scars, step.lists->scars);
    }
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
    return undos_.empty() ? std::string_view() : names_[undos_.back().what];
}

std::string_view History::redoName() const {
    return canRedo() ? names_[redos_.back().what] : std::string_view();
}

}  // namespace stubble
