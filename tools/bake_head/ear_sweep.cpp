#include "ear_sweep.h"

#include <limits>

#include "ear_ops.h"

namespace stubble::bake::ear {

namespace {
constexpr int kStepsPerSpan = 5;
// Beyond this the tube cannot take part in any blend, so the box will do.
constexpr float kSkipMm = 9.0F;
}  // namespace

Sweep::Sweep(std::span<const glm::vec4> controlMm)
    : controlMm_(controlMm.begin(), controlMm.end()),
      boxMinMm_(std::numeric_limits<float>::max()),
      boxMaxMm_(std::numeric_limits<float>::lowest()) {
    const int count = (static_cast<int>(controlMm_.size()) - 1) * kStepsPerSpan;
    for (int i = 0; i <= count; ++i) {
        const glm::vec4 n = at(static_cast<float>(i) / kStepsPerSpan);
        nodesMm_.push_back(n);
        boxMinMm_ = glm::min(boxMinMm_, glm::vec3(n) - n.w);
        boxMaxMm_ = glm::max(boxMaxMm_, glm::vec3(n) + n.w);
    }
}

glm::vec4 Sweep::at(float u) const {
    const int last = static_cast<int>(controlMm_.size()) - 1;
    const int i = std::clamp(static_cast<int>(u), 0, last - 1);
    const auto point = [&](int k) { return controlMm_[static_cast<std::size_t>(std::clamp(k, 0, last))]; };
    return catmullRom(point(i - 1), point(i), point(i + 1), point(i + 2), u - static_cast<float>(i));
}

float Sweep::distanceMm(const glm::vec3& pMm) const {
    const float box = boxDistanceMm(pMm, boxMinMm_, boxMaxMm_);
    if (box > kSkipMm) {
        return box;
    }
    float best = std::numeric_limits<float>::max();
    float bestU = 0.0F;
    for (std::size_t i = 0; i + 1 < nodesMm_.size(); ++i) {
        const glm::vec4 step = nodesMm_[i + 1] - nodesMm_[i];
        const glm::vec3 axis(step);
        const glm::vec3 rel = pMm - glm::vec3(nodesMm_[i]);
        const float t = std::clamp(glm::dot(rel, axis) / glm::dot(axis, axis), 0.0F, 1.0F);
        const float d = glm::length(rel - axis * t) - (nodesMm_[i].w + step.w * t);
        if (d < best) {
            best = d;
            bestU = (static_cast<float>(i) + t) / kStepsPerSpan;
        }
    }
    // The chords find the place; a parabola through three points of the curve itself gives the distance, so
    // that no facets show.
    constexpr float kProbe = 0.5F / kStepsPerSpan;
    const float mid = std::clamp(bestU, kProbe, static_cast<float>(controlMm_.size() - 1) - kProbe);
    const auto distance = [&](float u) {
        const glm::vec4 c = at(u);
        return glm::length(pMm - glm::vec3(c)) - c.w;
    };
    const float before = distance(mid - kProbe);
    const float after = distance(mid + kProbe);
    const float here = distance(mid);
    const float slope = 0.5F * (after - before);
    const float bend = before + after - 2.0F * here;
    const float t = bend > 1e-6F ? std::clamp(-slope / bend, -1.0F, 1.0F) : (slope > 0.0F ? -1.0F : 1.0F);
    return here + t * (slope + 0.5F * bend * t);
}

}  // namespace stubble::bake::ear
