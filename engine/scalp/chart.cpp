// Scalp chart: an azimuthal equidistant map around the vertex whose radius is scaled, azimuth by azimuth, so
// that the head's equator of the 10–20 system (Jasper, "The ten-twenty electrode system of the International
// Federation", 1958) falls on the unit circle.

#include "engine/scalp/chart.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubble {
namespace {

// Working default: the centre's place on the way from the middle of the tragi to the vertex. Low enough that
// radius 1.6 stays short of straight down, high enough that the whole calvaria is star-shaped from it.
constexpr float kCentreRise = 0.2f;

constexpr float kPiF = std::numbers::pi_v<float>;
constexpr float kMinBoundaryAngle = 0.30f * kPiF;
constexpr float kMaxBoundaryAngle = 0.75f * kPiF;
/// How far nasion and inion may stand from the plane midway between the tragi, seen from the centre.
constexpr float kMaxMidlineOffset = kPiF / 9;
/// A direction never quite reaches straight down, where azimuth ends.
constexpr float kMaxPolarAngle = 0.999f * kPiF;

bool isFinite(glm::vec3 v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

}  // namespace

Result<ScalpChart> ScalpChart::fit(const Landmarks& landmarks) {
    for (const Landmark l :
         {Landmark::nasion, Landmark::inion, Landmark::tragusLeft, Landmark::tragusRight, Landmark::vertex})
        if (!isFinite(landmarks[l]))
            return fail(ExitCode::badInput, "landmark {} is not finite", landmarkName(l));

    const glm::vec3 left = landmarks[Landmark::tragusLeft], right = landmarks[Landmark::tragusRight];
    const glm::vec3 vertex = landmarks[Landmark::vertex], middle = 0.5f * (left + right);
    if (!(glm::length(right - left) > 1) || !(glm::length(vertex - middle) > 1))
        return fail(ExitCode::badInput,
                    "landmarks tragusLeft, tragusRight and vertex must be three separate points");

    ScalpChart chart;
    chart.centreMm_ = glm::mix(middle, vertex, kCentreRise);
    const glm::vec3 up = glm::normalize(vertex - middle);
    const glm::vec3 across = (right - left) - glm::dot(right - left, up) * up;
    if (!(glm::length(across) > 0.5f * glm::length(right - left)))
        return fail(ExitCode::badInput, "landmark vertex must stand above the tragi, not beside them");
    // Centre, vertex and tragi share a plane, so the tragi stand at exactly ±90° of azimuth.
    const glm::vec3 rightward = glm::normalize(across);
    chart.worldFromChart_ = glm::mat3(rightward, glm::cross(up, rightward), up);

    constexpr Landmark kAround[4] = {Landmark::nasion, Landmark::tragusRight, Landmark::inion,
                                     Landmark::tragusLeft};
    float midlineOffsets[4];
    for (int k = 0; k < 4; ++k) {
        const glm::vec3 d = (landmarks[kAround[k]] - chart.centreMm_) * chart.worldFromChart_;
        const float polar = std::atan2(std::hypot(d.x, d.y), d.z);
        const float azimuth = std::atan2(d.x, d.y) - 0.5f * kPiF * static_cast<float>(k);
        midlineOffsets[k] = std::remainder(azimuth, 2 * kPiF);
        if (!(polar > kMinBoundaryAngle && polar < kMaxBoundaryAngle))
            return fail(
                ExitCode::badInput,
                "landmark {} lies {:.0f}° from the vertex as seen from inside the head; expected {:.0f}° "
                "to {:.0f}°",
                landmarkName(kAround[k]), polar * 180 / kPiF, kMinBoundaryAngle * 180 / kPiF,
                kMaxBoundaryAngle * 180 / kPiF);
        if (!(std::abs(midlineOffsets[k]) < kMaxMidlineOffset))
            return fail(ExitCode::badInput,
                        "landmark {} lies {:.0f}° off its side of the head (is it swapped with another, or "
                        "off the midline?); expected at most {:.0f}°",
                        landmarkName(kAround[k]), std::abs(midlineOffsets[k]) * 180 / kPiF,
                        kMaxMidlineOffset * 180 / kPiF);
        chart.boundaryAngles_[k] = polar;
    }
    chart.midlineOffsets_ = {midlineOffsets[0], midlineOffsets[2]};
    // Trigonometric interpolation through the four angles, the lowest smooth periodic curve there is.
    const glm::vec4 b = chart.boundaryAngles_;
    chart.boundarySeries_ = {0.25f * (b.x + b.y + b.z + b.w), 0.5f * (b.x - b.z), 0.5f * (b.y - b.w),
                             0.25f * (b.x - b.y + b.z - b.w)};
    return chart;
}

float ScalpChart::boundaryAngle(float azimuthCosine, float azimuthSine) const {
    const glm::vec4 s = boundarySeries_;
    return s.x + s.y * azimuthCosine + s.z * azimuthSine + s.w * (2 * azimuthCosine * azimuthCosine - 1);
}

float ScalpChart::azimuthShift(float azimuthCosine) const {
    const float front = midlineOffsets_.x, back = midlineOffsets_.y;
    return azimuthCosine * azimuthCosine * 0.5f * ((front + back) + (front - back) * azimuthCosine);
}

glm::vec2 ScalpChart::chartFromMm(glm::vec3 positionMm) const {
    const glm::vec3 d = (positionMm - centreMm_) * worldFromChart_;  // transpose times d
    const float across = std::sqrt(d.x * d.x + d.y * d.y);
    if (!(across > 0)) return d.z >= 0 ? glm::vec2(0) : glm::vec2(0, -kPiF / boundaryAngle(-1, 0));
    float sine = d.x / across, cosine = d.y / across;
    if (midlineOffsets_ != glm::vec2(0)) {
        // Seen azimuth = chart azimuth + shift(chart azimuth): a contraction, solved to float precision.
        const float seen = std::atan2(d.x, d.y);
        float azimuth = seen;
        for (int i = 0; i < 24; ++i) {
            const float next = seen - azimuthShift(std::cos(azimuth));
            const bool done = std::abs(next - azimuth) < 1e-7f;
            azimuth = next;
            if (done) break;
        }
        sine = std::sin(azimuth), cosine = std::cos(azimuth);
    }
    const float radius = std::atan2(across, d.z) / boundaryAngle(cosine, sine);
    return {radius * sine, radius * cosine};
}

glm::vec3 ScalpChart::directionFromChart(glm::vec2 chart) const {
    const float radius = glm::length(chart);
    if (!(radius > 0)) return worldFromChart_[2];
    float sine = chart.x / radius, cosine = chart.y / radius;
    const float polar = std::min(radius * boundaryAngle(cosine, sine), kMaxPolarAngle);
    if (midlineOffsets_ != glm::vec2(0)) {
        const float azimuth = std::atan2(sine, cosine) + azimuthShift(cosine);
        sine = std::sin(azimuth), cosine = std::cos(azimuth);
    }
    return worldFromChart_ * glm::vec3(std::sin(polar) * sine, std::sin(polar) * cosine, std::cos(polar));
}

}  // namespace stubble
