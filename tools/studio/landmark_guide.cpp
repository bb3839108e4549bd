#include "tools/studio/landmark_guide.h"

#include <algorithm>

namespace stubble {
namespace {

constexpr std::array<LandmarkStep, 8> kSteps = {{{Landmark::nasion, "front"},
                                                 {Landmark::glabella, "front"},
                                                 {Landmark::canthusRight, "front"},
                                                 {Landmark::canthusLeft, "front"},
                                                 {Landmark::tragusRight, "right"},
                                                 {Landmark::tragusLeft, "left"},
                                                 {Landmark::inion, "back"},
                                                 {Landmark::vertex, "top"}}};

}  // namespace

std::span<const LandmarkStep> landmarkSteps() {
    return kSteps;
}

LandmarkGuide::LandmarkGuide(const Landmarks& landmarks) : landmarks_(landmarks) {}

void LandmarkGuide::goTo(std::size_t step) {
    step_ = std::min(step, kSteps.size() - 1);
}

void LandmarkGuide::place(Landmark landmark, glm::vec3 positionMm) {
    landmarks_[landmark] = positionMm;
    landmarks_.confidence[static_cast<std::size_t>(landmark)] = 1;
    changed_ = true;
}

bool LandmarkGuide::isPlaced(Landmark landmark) const {
    return landmarks_.confidence[static_cast<std::size_t>(landmark)] >= 1;
}

GivenLandmarks LandmarkGuide::given(const glm::mat4& headFromFile) const {
    const glm::mat4 fileFromHead = glm::inverse(headFromFile);
    GivenLandmarks given;
    for (int i = 0; i < kLandmarkCount; ++i)
        if (const auto landmark = static_cast<Landmark>(i); isPlaced(landmark))
            given.emplace_back(landmark, glm::vec3(fileFromHead * glm::vec4(landmarks_[landmark], 1)));
    return given;
}

}  // namespace stubble
