#include "engine/scalp/skull_guides.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubble {
namespace {

constexpr float kUsualRadiusMm = 90;  // where the mesh has a hole: a skull's mean outer radius
constexpr int kProfileSteps = 720;    // about 0.35 mm each
constexpr float kPastTop = 0.75f * std::numbers::pi_v<float>;  // profiles end so far up and over, from level

template <typename T>
T interpolate(const std::vector<float>& from, const std::vector<T>& to, float at) {
    if (at <= from.front()) return to.front();
    if (at >= from.back()) return to.back();
    const auto i = static_cast<std::size_t>(std::upper_bound(from.begin(), from.end(), at) - from.begin());
    const float share = (at - from[i - 1]) / (from[i] - from[i - 1]);
    return (1 - share) * to[i - 1] + share * to[i];
}

}  // namespace

SkullGuides::SkullGuides(const Landmarks& landmarks, const ScalpChart& chart, const SkullTracer& tracer)
    : landmarks_(&landmarks), chart_(&chart), tracer_(&tracer) {
    midline_ = profileInPlane(landmarks[Landmark::glabella].x);
    verticals_[0] = profileInPlane(canthusMm(Side::left).x);
    verticals_[1] = profileInPlane(canthusMm(Side::right).x);
}

SkullGuides::Profile SkullGuides::profileInPlane(float xMm) const {
    const glm::vec3 glabella = (*landmarks_)[Landmark::glabella];
    const glm::vec3 origin(xMm, chart_->centreMm().y, chart_->centreMm().z);
    const float start = std::atan2(glabella.y - origin.y, glabella.z - origin.z);
    Profile profile;
    std::optional<glm::vec3> last;
    double arc = 0;
    for (int i = -kProfileSteps / 8; i <= kProfileSteps; ++i) {
        const float elevation = start + (kPastTop - start) * static_cast<float>(i) / kProfileSteps;
        const glm::vec3 direction(0, std::sin(elevation), std::cos(elevation));
        const auto hit = tracer_->hitFrom(origin, direction);
        const glm::vec3 place = hit ? hit->positionMm : origin + kUsualRadiusMm * direction;
        if (place.y < glabella.y) {  // still below the brows
            last = place;
            continue;
        }
        if (last && last->y < glabella.y) {
            const float share = (glabella.y - last->y) / (place.y - last->y);
            last = glm::mix(*last, place, share);
            profile.arcMm.push_back(0);
            profile.chart.push_back(chart_->chartFromMm(*last));
            profile.heightMm.push_back(last->y);
        }
        const float step = last ? glm::distance(*last, place) : 0;
        arc += step;
        last = place;
        if (!profile.arcMm.empty() && !(step > 0)) continue;
        profile.arcMm.push_back(static_cast<float>(arc));
        profile.chart.push_back(chart_->chartFromMm(place));
        profile.heightMm.push_back(place.y);
    }
    return profile;
}

glm::vec2 SkullGuides::aboveGlabella(float arcMm) const {
    return interpolate(midline_.arcMm, midline_.chart, arcMm);
}

float SkullGuides::heightAboveGlabellaMm(float arcMm) const {
    return interpolate(midline_.arcMm, midline_.heightMm, arcMm);
}

glm::vec2 SkullGuides::onCanthusVertical(Side side, float arcMm) const {
    const Profile& vertical = verticals_[side == Side::left ? 0 : 1];
    return interpolate(vertical.arcMm, vertical.chart, arcMm);
}

float SkullGuides::canthusArcAtHeightMm(Side side, float yMm) const {
    const Profile& vertical = verticals_[side == Side::left ? 0 : 1];
    const auto top = std::max_element(vertical.heightMm.begin(), vertical.heightMm.end());
    const auto above = std::find_if(vertical.heightMm.begin(), top, [yMm](float y) { return y >= yMm; });
    return vertical.arcMm[static_cast<std::size_t>(above - vertical.heightMm.begin())];
}

glm::vec3 SkullGuides::tragusMm(Side side) const {
    return (*landmarks_)[side == Side::left ? Landmark::tragusLeft : Landmark::tragusRight];
}

glm::vec3 SkullGuides::canthusMm(Side side) const {
    return (*landmarks_)[side == Side::left ? Landmark::canthusLeft : Landmark::canthusRight];
}

glm::vec2 SkullGuides::chartAlong(glm::vec3 originMm, glm::vec3 direction) const {
    const auto hit = tracer_->hitFrom(originMm, direction);
    return chart_->chartFromMm(hit ? hit->positionMm : originMm + kUsualRadiusMm * direction);
}

glm::vec2 SkullGuides::onSide(Side side, float yMm, float zMm) const {
    return chartAlong({0, yMm, zMm}, {side == Side::left ? 1.0f : -1.0f, 0, 0});
}

glm::vec2 SkullGuides::fromTragus(Side side, float upMm, float forwardMm) const {
    const glm::vec3 tragus = tragusMm(side);
    return onSide(side, tragus.y + upMm, tragus.z + forwardMm);
}

glm::vec2 SkullGuides::fromInion(float xMm, float upMm) const {
    const glm::vec3 inion = (*landmarks_)[Landmark::inion];
    return chartAlong({xMm, inion.y + upMm, 0.5f * inion.z}, {0, 0, -1});
}

}  // namespace stubble
