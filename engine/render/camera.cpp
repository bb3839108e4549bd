#include "engine/render/camera.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/units.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

/// Direction from the subject to the camera, as a photographer turns: azimuth from the face towards the
/// head's own left.
struct Framing {
    std::string_view name;
    float azimuthDegrees, elevationDegrees;
    float distanceCm;
    float heightMm;  ///< of the picture at the subject; 0: the whole head
};
constexpr std::array<Framing, 8> kFramings = {{
    {"front", 0, 3, 120, 0},
    {"back", 180, 8, 120, 0},
    {"left", 90, 3, 120, 0},
    {"right", -90, 3, 120, 0},
    {"top", 0, 80, 120, 0},
    {"three-quarter", 36, 16, 120, 0},
    {"hairline", 20, 34, 45, 95},
    {"macro", 24, 38, 25, 24},
}};
constexpr auto kNames = [] {
    std::array<std::string_view, kFramings.size()> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = kFramings[i].name;
    return names;
}();

glm::vec3 directionTo(float azimuthDegrees, float elevationDegrees) {
    const float azimuth = radiansFromDegrees(azimuthDegrees),
                elevation = radiansFromDegrees(elevationDegrees);
    return {std::sin(azimuth) * std::cos(elevation), std::sin(elevation),
            std::cos(azimuth) * std::cos(elevation)};
}

/// The skin under a chart place, or the chart's centre where there is none.
glm::vec3 skinAt(const Head& head, glm::vec2 chart) {
    const auto hit =
        skullOf(head)->tracer().rays().firstHit(head.chart.centreMm(), head.chart.directionFromChart(chart));
    return hit ? hit->positionMm : head.chart.centreMm();
}

}  // namespace

float Camera::focalPixels(int height) const {
    return 0.5f * static_cast<float>(height) / std::tan(0.5f * fieldOfView);
}

std::span<const std::string_view> cameraNames() {
    return kNames;
}

bool showsWholeHead(std::string_view camera) {
    const auto framing =
        std::find_if(kFramings.begin(), kFramings.end(), [&](const Framing& f) { return f.name == camera; });
    return framing != kFramings.end() && framing->heightMm <= 0;
}

std::optional<Camera> namedCamera(std::string_view name, const Head& head, std::optional<float> distanceCm) {
    const auto framing =
        std::find_if(kFramings.begin(), kFramings.end(), [&](const Framing& f) { return f.name == name; });
    if (framing == kFramings.end()) return std::nullopt;
    const float distanceMm = 10 * distanceCm.value_or(framing->distanceCm);
    const glm::vec3 towards = directionTo(framing->azimuthDegrees, framing->elevationDegrees);
    Camera camera;
    float heightMm = framing->heightMm;
    if (heightMm > 0) {
        // On the left half of the usual hairline, where edge, recess and density behind show together.
        camera.targetMm =
            skinAt(head, framing->name == "macro" ? glm::vec2(-0.13f, 0.32f) : glm::vec2(-0.15f, 0.36f));
    } else {
        const glm::vec3 top = head.landmarks[Landmark::vertex], chin = head.landmarks[Landmark::menton];
        const float headMm = top.y - chin.y;
        const glm::vec3 middle = 0.5f * (head.landmarks[Landmark::nasion] + head.landmarks[Landmark::inion]);
        const bool fromAbove = framing->elevationDegrees > 60;
        heightMm = fromAbove ? 1.25f * headMm : 1.48f * headMm;
        camera.targetMm = fromAbove ? middle : glm::vec3(middle.x, chin.y + 0.415f * headMm, middle.z);
    }
    camera.eyeMm = camera.targetMm + distanceMm * towards;
    camera.up = framing->elevationDegrees > 60 ? glm::vec3(0, 0, -1) : glm::vec3(0, 1, 0);
    camera.fieldOfView = 2 * std::atan(0.5f * heightMm / distanceMm);
    return camera;
}

}  // namespace stubble
