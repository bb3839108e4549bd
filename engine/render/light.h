#pragma once
// What a picture is lit by.

#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/render/camera.h"

namespace stubble {

/// A distant round light. The rig turns with the camera's azimuth, as a client turns on a stool before fixed
/// lamps.
struct AreaLight {
    float azimuthDegrees = 0;  ///< 0 from the camera, positive to the picture's right
    float elevationDegrees = 45;
    float radiusDegrees = 8;  ///< angular radius: how soft its shadow is
    glm::vec3 irradiance{1};  ///< linear RGB on a surface that faces it, ÷ π

    friend bool operator==(const AreaLight&, const AreaLight&) = default;
};

struct LightRig {
    std::vector<AreaLight> lights;  ///< at most STUBBLE_MAX_LIGHTS
    glm::vec3 sky{0.2f}, side{0.15f},
        ground{0.08f};  ///< ambient irradiance ÷ π from above, the sides and below
    glm::vec3 backdropCentre{0.3f}, backdropEdge{0.1f};
    float exposure = 1.54f;  ///< skin that faces the lights shows about its nominal colour: kReferenceLevel

    friend bool operator==(const LightRig&, const LightRig&) = default;
};

/// studio, clinic, daylight, harsh-top.
std::span<const std::string_view> lightNames();
std::optional<LightRig> namedLight(std::string_view name);

/// Unit direction towards a point of the light's disc; `disc` in the unit disc, (0, 0) its centre.
glm::vec3 directionToLight(const AreaLight& light, const Camera& camera, glm::vec2 disc);

}  // namespace stubble
