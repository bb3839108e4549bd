#pragma once
// Cameras that a person places, by numbers.

#include "engine/render/camera.h"

namespace stubble {

inline constexpr double kMinFieldDegrees = 0.1, kMaxFieldDegrees = 120;  ///< vertical
inline constexpr float kMaxCameraMm = 1e5f;                              ///< farther is a slip of the pen

/// `fieldOfViewDegrees` within the range above.
Camera ownCamera(glm::vec3 eyeMm, glm::vec3 targetMm, glm::vec3 up, double fieldOfViewDegrees);

/// Places within kMaxCameraMm, and an up that is not the line of sight.
bool canSee(const Camera& camera);

}  // namespace stubble
