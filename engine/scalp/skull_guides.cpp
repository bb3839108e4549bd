#include "engine/scalp/skull_guides.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubble {
namespace {

constexpr float kEarFrontMm = 8;    // farther in front of the tragus no auricle stands in the way
constexpr float kOutsideMm = 300;   // beyond any head
constexpr int kProfileSteps = 720;  // about 0.35 mm each
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
    for (const Side side : {Side::left, Side::right})
        for (int k = 0; k < 4; ++k)
            verticals_[side == Side::left ? 0 : 1][k] = profileInPlane(glm::mix(
                landmarks[Landmark::glabella].x, canthusMm(side).x, 0.25f * static_cast<float>(k + 1)));
}

const SkullGuides::Profile& SkullGuides::profile(Side side, float share) const {
    const int k = std::clamp(static_cast<int>(std::lround(4 * share)), 0, 4);
    return k == 0 ? midline_ : verticals_[side == Side::left ? 0 : 1][k - 1];
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
        const glm::vec3 place = hit ? hit->positionMm : origin + kSkullRadiusMm * direction;
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

float SkullGuides::arcAboveGlabellaMm(float chartY) const {
    std::vector<float> downward(midline_.chart.size());
    std::transform(midline_.chart.begin(), midline_.chart.end(), downward.begin(),
                   [](glm::vec2 c) { return -c.y; });
    return interpolate(downward, midline_.arcMm, -chartY);
}

glm::vec2 SkullGuides::onForehead(Side side, float share, float arcMm) const {
    const Profile& line = profile(side, share);
    return interpolate(line.arcMm, line.chart, arcMm);
}

float SkullGuides::foreheadArcAtHeightMm(Side side, float share, float yMm) const {
    const Profile& line = profile(side, share);
    const auto top = std::max_element(line.heightMm.begin(), line.heightMm.end());
    const auto above = std::find_if(line.heightMm.begin(), top, [yMm](float y) { return y >= yMm; });
    return line.arcMm[static_cast<std::size_t>(above - line.heightMm.begin())];
}

glm::vec3 SkullGuides::tragusMm(Side side) const {
    return (*landmarks_)[side == Side::left ? Landmark::tragusLeft : Landmark::tragusRight];
}

glm::vec3 SkullGuides::canthusMm(Side side) const {
    return (*landmarks_)[side == Side::left ? Landmark::canthusLeft : Landmark::canthusRight];
}

glm::vec2 SkullGuides::chartAlong(glm::vec3 originMm, glm::vec3 direction) const {
    const auto hit = tracer_->hitFrom(originMm, direction);
    return chart_->chartFromMm(hit ? hit->positionMm : originMm + kSkullRadiusMm * direction);
}

glm::vec2 SkullGuides::onSide(Side side, float yMm, float zMm) const {
    const float outward = side == Side::left ? 1.0f : -1.0f;
    if (zMm > tragusMm(side).z + kEarFrontMm) {
        const auto hit = tracer_->rays().firstHit({outward * kOutsideMm, yMm, zMm}, {-outward, 0, 0});
        if (hit && hit->positionMm.x * outward > 0) return chart_->chartFromMm(hit->positionMm);
    }
    return chartAlong({0, yMm, zMm}, {outward, 0, 0});
}

glm::vec2 SkullGuides::fromTragus(Side side, float upMm, float forwardMm) const {
    const glm::vec3 tragus = tragusMm(side);
    return onSide(side, tragus.y + upMm, tragus.z + forwardMm);
}

glm::vec2 SkullGuides::fromInion(float xMm, float upMm) const {
    const glm::vec3 inion = (*landmarks_)[Landmark::inion];
    return chartAlong({xMm, inion.y + upMm, 0.5f * inion.z}, {0, 0, -1});
}

std::vector<glm::vec3> layTapeMm(const SkullGuides& guides, glm::vec3 fromMm, glm::vec3 toMm) {
    constexpr float kStepMm = 2;
    const glm::vec3 centre = guides.chart().centreMm(), a = fromMm - centre, b = toMm - centre;
    const int steps = std::max(1, static_cast<int>(std::ceil(glm::distance(fromMm, toMm) / kStepMm)));
    std::vector<glm::vec3> way;
    for (int i = 0; i <= steps; ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(steps);
        if (const auto hit = guides.tracer().hitFrom(centre, glm::mix(a, b, share)))
            way.push_back(hit->positionMm);
    }
    return way;
}

}  // namespace stubble
