#include "engine/render/light.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"studio", "clinic", "daylight", "harsh-top"};

}  // namespace

std::span<const std::string_view> lightNames() {
    return kNames;
}

// All figures here are a photographer's choice: working defaults.
std::optional<LightRig> namedLight(std::string_view name) {
    LightRig rig;
    if (name == "studio") {
        rig.lights = {{-42, 38, 13, {0.84f, 0.77f, 0.69f}},    // key softbox
                      {58, 14, 18, {0.155f, 0.165f, 0.185f}},  // fill
                      {148, 34, 9, {0.55f, 0.57f, 0.60f}},     // rim, behind on the right
                      {-152, 42, 9, {0.34f, 0.36f, 0.40f}}};   // rim, behind on the left
        rig.sky = {0.12f, 0.122f, 0.125f};
        rig.side = {0.075f, 0.075f, 0.076f};
        rig.ground = {0.04f, 0.037f, 0.035f};
        rig.backdropCentre = {0.15f, 0.15f, 0.152f};
        rig.backdropEdge = {0.0357f, 0.0357f, 0.0364f};
    } else if (name == "clinic") {
        rig.lights = {{-18, 62, 24, {0.46f, 0.475f, 0.48f}}, {30, 58, 24, {0.38f, 0.39f, 0.395f}}};
        rig.sky = {0.34f, 0.35f, 0.36f};
        rig.side = {0.25f, 0.255f, 0.26f};
        rig.ground = {0.15f, 0.15f, 0.15f};
        rig.backdropCentre = {0.514f, 0.529f, 0.536f};
        rig.backdropEdge = {0.371f, 0.386f, 0.4f};
    } else if (name == "daylight") {
        rig.lights = {{50, 48, 1.5f, {0.92f, 0.86f, 0.76f}}};
        rig.sky = {0.27f, 0.32f, 0.40f};
        rig.side = {0.16f, 0.18f, 0.20f};
        rig.ground = {0.10f, 0.095f, 0.08f};
        rig.backdropCentre = {0.3f, 0.357f, 0.414f};
        rig.backdropEdge = {0.186f, 0.229f, 0.286f};
    } else if (name == "harsh-top") {
        rig.lights = {{8, 82, 2.5f, {1.15f, 1.10f, 1.0f}}};
        rig.sky = {0.07f, 0.07f, 0.07f};
        rig.side = {0.06f, 0.06f, 0.06f};
        rig.ground = {0.035f, 0.033f, 0.03f};
        rig.backdropCentre = {0.0643f, 0.0643f, 0.0643f};
        rig.backdropEdge = {0.0143f, 0.0143f, 0.0143f};
    } else {
        return std::nullopt;
    }
    return rig;
}

glm::vec3 directionToLight(const AreaLight& light, const Camera& camera, glm::vec2 disc) {
    const glm::vec3 fromTarget = -camera.forward();
    // Straight above, the picture's own up tells where the camera stands.
    const glm::vec3 level = std::hypot(fromTarget.x, fromTarget.z) > 0.3f ? fromTarget : -camera.trueUp();
    const float azimuth = std::atan2(level.x, level.z) + radiansFromDegrees(light.azimuthDegrees);
    const float elevation = radiansFromDegrees(light.elevationDegrees);
    const glm::vec3 centre(std::sin(azimuth) * std::cos(elevation), std::sin(elevation),
                           std::cos(azimuth) * std::cos(elevation));
    const glm::vec3 helper = std::abs(centre.y) < 0.95f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
    const glm::vec3 u = glm::normalize(glm::cross(helper, centre)), v = glm::cross(centre, u);
    const float spread = std::tan(radiansFromDegrees(light.radiusDegrees));
    return glm::normalize(centre + spread * (disc.x * u + disc.y * v));
}

}  // namespace stubble
