// Cones of normals: Shirman and Abi-Ezzi, "The cone of normals technique for fast processing of curved
// patches", 1993.
#include "engine/render/splat_groups.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/parallel.h"

namespace stubble {

std::vector<SplatGroup> splatGroups(std::span<const glm::vec3> positionsMm,
                                    std::span<const glm::vec3> normals) {
    std::vector<SplatGroup> groups((positionsMm.size() + kSplatGroup - 1) / kSplatGroup);
    parallelFor(groups.size(), [&](std::size_t g) {
        const std::size_t from = g * kSplatGroup, to = std::min(from + kSplatGroup, positionsMm.size());
        glm::vec3 low(std::numeric_limits<float>::max()), high(-low), sum(0);
        for (std::size_t i = from; i < to; ++i) {
            low = glm::min(low, positionsMm[i]), high = glm::max(high, positionsMm[i]);
            sum += normals[i];
        }
        const float length = glm::length(sum);
        const glm::vec3 axis = length > 1e-3f ? sum / length : glm::vec3(0, 0, 1);
        float least = 1;
        for (std::size_t i = from; i < to; ++i) least = std::min(least, glm::dot(axis, normals[i]));
        constexpr float kRounding = 2e-3f;  // radians, of normals in records
        groups[g] = {0.5f * (low + high), 0.5f * glm::length(high - low), axis,
                     std::acos(std::clamp(least, -1.0f, 1.0f)) + kRounding};
    });
    return groups;
}

std::optional<PixelSpan> pixelsOfSphere(const shared::FrameBlock& frame, glm::vec3 centreMm, float radiusMm) {
    const glm::vec3 fromEye = centreMm - glm::vec3(frame.eyeMm);
    const float depthMm = glm::dot(fromEye, glm::vec3(frame.viewForward));
    if (depthMm + radiusMm < 1) return std::nullopt;
    constexpr float kEverywhere = 1e9f;
    if (depthMm < 4 * radiusMm) return PixelSpan{glm::vec2(-kEverywhere), glm::vec2(kEverywhere)};
    const glm::vec2 slope =
        glm::vec2(glm::dot(fromEye, glm::vec3(frame.viewRight)), glm::dot(fromEye, glm::vec3(frame.viewUp))) /
        depthMm;
    const float focal = frame.eyeMm.w;
    // A sphere is seen a little off its middle and as an ellipse: this much holds both.
    const float radius = focal * radiusMm / (depthMm - radiusMm) * (1 + glm::dot(slope, slope));
    const glm::vec2 centre = glm::vec2(frame.viewRight.w, frame.viewUp.w) + focal * slope;
    return PixelSpan{centre - radius, centre + radius};
}

GroupCuller::GroupCuller(const shared::FrameBlock& frame, float reachMm, float reachPixels, float leastFacing)
    : frame_(frame),
      low_(glm::vec2(frame.tile) + glm::vec2(frame.box) - reachPixels),
      high_(low_ + glm::vec2(frame.box.z, frame.box.w) + 2 * reachPixels),
      reachMm_(reachMm),
      mostRadians_(std::acos(std::clamp(leastFacing, -1.0f, 1.0f))) {}

bool GroupCuller::mayShow(const SplatGroup& group) const {
    const auto span = pixelsOfSphere(frame_, group.centreMm, group.radiusMm + reachMm_);
    if (!span || glm::any(glm::lessThan(span->high, low_)) || glm::any(glm::greaterThan(span->low, high_)))
        return false;
    const glm::vec3 toEye = glm::vec3(frame_.eyeMm) - group.centreMm;
    const float distanceMm = glm::length(toEye);
    if (distanceMm <= group.radiusMm) return true;
    // The least angle between any normal and any line of sight.
    const float between = std::acos(std::clamp(glm::dot(group.axis, toEye) / distanceMm, -1.0f, 1.0f));
    return between - group.coneRadians - std::asin(group.radiusMm / distanceMm) <= mostRadians_;
}

std::vector<std::uint32_t> visibleGroups(std::span<const SplatGroup> groups, const GroupCuller& culler) {
    std::vector<std::uint32_t> visible;
    visible.reserve(groups.size());
    for (std::uint32_t g = 0; g < groups.size(); ++g)
        if (culler.mayShow(groups[g])) visible.push_back(g);
    return visible;
}

}  // namespace stubble
