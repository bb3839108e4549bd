#pragma once
// Leads through the landmarks of a head, one by one: where each is, and which a person has placed.

#include <array>
#include <span>
#include <string_view>

#include "engine/scalp/landmark_file.h"

namespace stubble {

/// One landmark's turn.
struct LandmarkStep {
    Landmark landmark;
    std::string_view camera;  ///< one of cameraNames() that sees it
};
/// In the order in which they are asked for: those that fix chart and hairline.
std::span<const LandmarkStep> landmarkSteps();

class LandmarkGuide {
  public:
    /// Begins with what was found or given for the head.
    explicit LandmarkGuide(const Landmarks& landmarks);

    [[nodiscard]] std::size_t step() const { return step_; }
    [[nodiscard]] const LandmarkStep& now() const { return landmarkSteps()[step_]; }
    void goTo(std::size_t step);
    void next() { goTo(step_ + 1); }
    void back() { goTo(step_ > 0 ? step_ - 1 : 0); }
    [[nodiscard]] bool isLast() const { return step_ + 1 == landmarkSteps().size(); }

    /// On the skin, mm, in the head's frame.
    void place(Landmark landmark, glm::vec3 positionMm);
    [[nodiscard]] glm::vec3 positionMm(Landmark landmark) const { return landmarks_[landmark]; }
    /// By a person, now or before; else it was found.
    [[nodiscard]] bool isPlaced(Landmark landmark) const;
    /// Whether anything was placed since the guide began.
    [[nodiscard]] bool hasChanges() const { return changed_; }

    /// All that persons have placed, in the coordinates of the head's file.
    [[nodiscard]] GivenLandmarks given(const glm::mat4& headFromFile) const;

  private:
    Landmarks landmarks_;
    std::size_t step_ = 0;
    bool changed_ = false;
};

}  // namespace stubble
