#pragma once
// The other design that the present one is compared with: the left half of a split picture.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tools/studio/scene_loader.h"

namespace stubble {

/// The same head and hair without the treatment; edits of the treatment do not change it.
Design beforeTreatment(Design design);

/// What stands over the halves of a picture.
struct ComparisonLabels {
    std::string left, right;
};
/// For a pinned design and the present one: the settings that differ, as the inspector names them, where
/// there are but a few; else that one is pinned.
ComparisonLabels pinnedLabels(const Design& pinned, const Design& present);

class Comparison {
  public:
    /// `wake` is called from a worker whenever there is something to see.
    explicit Comparison(std::function<void()> wake) : wake_(std::move(wake)) {}

    [[nodiscard]] bool isOn() const { return on_; }
    void turn(bool on);
    /// From now on with this one; without a value with the present one before treatment.
    void compareWith(std::optional<Design> pinned) { pinned_ = std::move(pinned); }
    [[nodiscard]] bool isPinned() const { return pinned_.has_value(); }
    [[nodiscard]] ComparisonLabels labels(const Design& present) const;

    /// The files of heads are others now.
    void readHeadAnew() { asked_.reset(), anew_ = true; }
    /// Bakes what is to be compared with `present`, where it is not baked yet. The present design's own work
    /// should be done.
    void follow(const Design& present);
    /// The newest result, once.
    std::optional<Result<LoadedScene>> take();
    /// Whether a newer one is in work.
    [[nodiscard]] bool isBusy() const { return loader_ && loader_->state().busy; }

  private:
    std::function<void()> wake_;
    std::optional<Design> pinned_, asked_;
    std::unique_ptr<SceneLoader> loader_;  ///< since the first comparison
    bool on_ = false, anew_ = false;
};

}  // namespace stubble
