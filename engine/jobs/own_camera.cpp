#include "engine/jobs/own_camera.h"

#include <numbers>

namespace stubble {

Camera ownCamera(glm::vec3 eyeMm, glm::vec3 targetMm, glm::vec3 up, double fieldOfViewDegrees) {
    return {eyeMm, targetMm, up, static_cast<float>(fieldOfViewDegrees * std::numbers::pi / 180)};
}

bool canSee(const Camera& camera) {
    constexpr float kMinSine = 1e-4f;
    const glm::vec3 sight = camera.targetMm - camera.eyeMm;
    const float size = glm::length(sight) * glm::length(camera.up);
    return glm::length(camera.eyeMm) < kMaxCameraMm && glm::length(camera.targetMm) < kMaxCameraMm &&
           size > 0 && glm::length(glm::cross(sight, camera.up)) > kMinSine * size;
}

}  // namespace stubble
