#pragma once
// Where a picture is taken from.

#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/scalp/head.h"

namespace stubble {

/// A pinhole camera. Millimetres; the picture's vertical field of view in radians.
struct Camera {
    glm::vec3 eyeMm{0, 0, 750};
    glm::vec3 targetMm{0};
    glm::vec3 up{0, 1, 0};
    float fieldOfView = 0.5f;

    [[nodiscard]] glm::vec3 forward() const { return glm::normalize(targetMm - eyeMm); }
    [[nodiscard]] glm::vec3 right() const { return glm::normalize(glm::cross(forward(), up)); }
    [[nodiscard]] glm::vec3 trueUp() const { return glm::cross(right(), forward()); }
    /// Focal length in pixels for a picture of the given height.
    [[nodiscard]] float focalPixels(int height) const;

    friend bool operator==(const Camera&, const Camera&) = default;
};

/// front, back, left, right, top, three-quarter, hairline, macro.
std::span<const std::string_view> cameraNames();

/// Whether it looks at the whole head, not at a piece of its skin.
bool showsWholeHead(std::string_view camera);

/// Frames a head as the named camera does. `distanceCm` is from the eye to what the camera looks at, skin or
/// the head's middle: it sets the perspective, the field of view follows. Unset: 120 for whole heads, 45 for
/// hairline, 25 for macro.
std::optional<Camera> namedCamera(std::string_view name, const Head& head,
                                  std::optional<float> distanceCm = std::nullopt);

}  // namespace stubble
