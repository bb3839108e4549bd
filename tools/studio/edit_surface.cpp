#include "tools/studio/edit_surface.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stubble {
namespace {

constexpr float kClearMm = 1.5f;  // skin so near before a place does not hide it: facets and rounding

}  // namespace

CameraSurface::CameraSurface(const Camera& camera, glm::vec2 corner, glm::vec2 size, const RayScene& rays,
                             const ScalpChart& chart)
    : eyeMm_(camera.eyeMm),
      forward_(camera.forward()),
      right_(camera.right()),
      up_(camera.trueUp()),
      middle_(corner + 0.5f * size),
      height_(size.y),
      tangent_(2 * std::tan(0.5f * camera.fieldOfView)),
      rays_(&rays),
      chart_(&chart) {}

std::optional<ScreenPlace> CameraSurface::screenOf(const SkinPlace& place) const {
    const glm::vec3 arm = place.positionMm - eyeMm_;
    const float depth = glm::dot(arm, forward_), away = glm::length(arm);
    if (depth <= kClearMm) return std::nullopt;
    const float scale = height_ / (tangent_ * depth);
    const glm::vec3 toEye = -arm / away;
    return ScreenPlace{
        middle_ + scale * glm::vec2(glm::dot(arm, right_), -glm::dot(arm, up_)),
        rays_->occluded(place.positionMm + kClearMm * toEye, toEye, std::max(away - kClearMm, kClearMm))};
}

std::optional<RayHit> CameraSurface::hitAt(glm::vec2 at) const {
    const glm::vec2 offset = (tangent_ / height_) * (at - middle_);
    return rays_->firstHit(eyeMm_, forward_ + offset.x * right_ - offset.y * up_);
}

std::optional<SkinPlace> CameraSurface::skinAt(glm::vec2 at) const {
    const auto hit = hitAt(at);
    if (!hit) return std::nullopt;
    return SkinPlace{chart_->chartFromMm(hit->positionMm), hit->positionMm};
}

std::optional<ScreenPlace> MapSurface::screenOf(const SkinPlace& place) const {
    return ScreenPlace{at(place.chart), glm::length(place.chart) > reach_};
}

std::optional<SkinPlace> MapSurface::skinAt(glm::vec2 at) const {
    const glm::vec2 away = (at - middle_) / unit_, chart(away.x, -away.y);
    if (glm::length(chart) > reach_) return std::nullopt;
    const auto positionMm = tracer_->positionMm(chart);
    if (!positionMm) return std::nullopt;
    return SkinPlace{chart, *positionMm};
}

std::vector<std::vector<glm::vec2>> seenRuns(const EditSurface& surface, std::span<const SkinPlace> line) {
    std::vector<std::vector<glm::vec2>> runs(1);
    for (const SkinPlace& place : line) {
        const auto seen = surface.screenOf(place);
        if (seen && !seen->hidden)
            runs.back().push_back(seen->at);
        else if (!runs.back().empty())
            runs.emplace_back();
    }
    std::erase_if(runs, [](const auto& run) { return run.size() < 2; });
    return runs;
}

float distanceTo(std::span<const std::vector<glm::vec2>> runs, glm::vec2 at) {
    float nearest = std::numeric_limits<float>::infinity();
    for (const auto& run : runs)
        for (std::size_t i = 1; i < run.size(); ++i) {
            const glm::vec2 a = run[i - 1], ab = run[i] - a;
            const float length = glm::dot(ab, ab);
            const float t = length > 0 ? std::clamp(glm::dot(at - a, ab) / length, 0.0f, 1.0f) : 0;
            nearest = std::min(nearest, glm::distance(at, a + t * ab));
        }
    return nearest;
}

}  // namespace stubble
