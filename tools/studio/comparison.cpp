#include "tools/studio/comparison.h"

#include <fmt/format.h>

#include <utility>

#include "engine/scene/design_keys.h"
#include "tools/studio/figures.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxNamedDifferences = 2;

std::string valueText(const DesignKey& key, const Json& value) {
    if (value.is_number()) return figureFor(key, value.get<double>());
    if (value.is_string()) {
        const std::string choice = fmt::format("choice.{}.{}", key.path, value.get<std::string>());
        if (hasText(choice)) return text(choice);
    }
    return {};
}

}  // namespace

Design beforeTreatment(Design design) {
    design.smp = {};
    design.smp.enabled = false;
    return design;
}

ComparisonLabels pinnedLabels(const Design& pinned, const Design& present) {
    const ComparisonLabels plain{text("compare.pinned"), text("compare.now")};
    ComparisonLabels labels;
    std::size_t count = 0;
    for (const DesignKey& key : designKeys()) {
        const Json a = key.get(pinned), b = key.get(present);
        if (a == b) continue;
        const std::string label = fmt::format("key.{}", key.path);
        const std::string left = valueText(key, a), right = valueText(key, b);
        if (!hasText(label) || left.empty() || right.empty() || left == right ||
            ++count > kMaxNamedDifferences)
            return plain;
        const char* const gap = count > 1 ? ", " : "";
        labels.left += fmt::format("{}{} {}", gap, text(label), left);
        labels.right += fmt::format("{}{} {}", gap, text(label), right);
    }
    return count > 0 ? labels : plain;
}

void Comparison::turn(bool on) {
    if (on && !on_) asked_.reset();  // once more what is baked already: that costs nothing
    on_ = on;
}

ComparisonLabels Comparison::labels(const Design& present) const {
    if (pinned_) return pinnedLabels(*pinned_, present);
    return {text("compare.before"), text("compare.after")};
}

void Comparison::follow(const Design& present) {
    if (!on_) return;
    Design wanted = pinned_ ? *pinned_ : beforeTreatment(present);
    if (asked_ == wanted) return;
    if (!loader_) loader_ = std::make_unique<SceneLoader>(wake_);
    loader_->request(wanted, {.head = wanted.head, .landmarks = {}, .import = {}},
                     std::exchange(anew_, false));
    asked_ = std::move(wanted);
}

std::optional<Result<LoadedScene>> Comparison::take() {
    return loader_ ? loader_->take() : std::nullopt;
}

}  // namespace stubble
