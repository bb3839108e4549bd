#include "engine/jobs/treated_view.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// Where the eye is, cm. How far the observer stands is told by pixels per degree alone: within a window
/// lines of sight differ by less than 2° either way, so one picture does for all distances.
constexpr float kEyeCm = 75;
/// 131 pixels per degree at 75 cm: the finest grating an eye resolves, 60 cycles per degree, is below half.
constexpr float kWindowMmPerPixel = 0.1f;
constexpr int kWindowPx = 512;  // 8 × 8 patches
/// 82 pixels per degree at 75 cm: a head fits a screen, and what is lost is hardly seen.
constexpr float kWholeMmPerPixel = 0.16f, kWholeMarginMm = 20;
constexpr float kLeastWholePatches = 20;  // a side: room for the legend
/// Skin counts as treated from this share of lost hair on. Working default.
constexpr float kLeastLost = 0.25f;
/// Cosine between the skin's normal and the line of sight: 66°. Beyond it lies the silhouette, where texture
/// is squeezed and a head's edge begins. Working default.
constexpr float kLeastFacing = 0.4f;
constexpr int kRayStepPx = 4;
constexpr float kReachMm = 25;  // of the window's middle, for its place among the treated skin

}  // namespace

TreatedView::TreatedView(const Head& head, std::span<const float> lost)
    : head_(head), lost_(lost), rays_(head.mesh) {
    std::vector<float> areas(lost.size(), 0.0f);
    for (std::uint32_t i = 0; i < head.mesh.triangles.size(); ++i)
        for (int k = 0; k < 3; ++k)
            areas[head.mesh.triangles[i][k]] += static_cast<float>(triangleAreaMm2(head.mesh, i)) / 3;
    for (std::size_t i = 0; i < lost.size(); ++i)
        if (lost[i] >= kLeastLost)
            places_.push_back({head.mesh.positionsMm[i], head.mesh.normals[i], lost[i] * areas[i]});
}

glm::vec3 TreatedView::middleFrom(glm::vec3 towardsEye) const {
    // Mean shift from the middle of all, so that of two recesses one is looked at and not the skin between.
    const auto facing = [&](const Place& p) { return std::max(glm::dot(p.normal, towardsEye), 0.0f); };
    glm::dvec3 sum(0);
    double weights = 0;
    for (const Place& p : places_) {
        const double weight = double(p.weight) * facing(p) * facing(p);
        sum += weight * glm::dvec3(p.positionMm), weights += weight;
    }
    glm::vec3 middle = sum / std::max(weights, 1e-9);
    const auto snap = [&] {
        const Place* nearest = &places_.front();
        for (const Place& p : places_)
            if (facing(p) >= kLeastFacing &&
                (facing(*nearest) < kLeastFacing ||
                 glm::distance(p.positionMm, middle) < glm::distance(nearest->positionMm, middle)))
                nearest = &p;
        middle = nearest->positionMm;
    };
    snap();
    for (int step = 0; step < 12; ++step) {
        sum = glm::dvec3(0), weights = 0;
        for (const Place& p : places_) {
            const float d = glm::distance(p.positionMm, middle) / kReachMm;
            if (d >= 1) continue;
            const double weight = double(p.weight) * facing(p) * facing(p) * (1 - d * d);
            sum += weight * glm::dvec3(p.positionMm), weights += weight;
        }
        if (weights > 0) middle = sum / weights;
    }
    snap();
    return middle;
}

Result<Camera> TreatedView::aimed(std::string_view name) const {
    auto camera = namedCamera(name, head_);
    if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", name);
    const glm::vec3 towardsEye = -camera->forward();
    if (places_.empty())
        return fail(
            ExitCode::badInput,
            "no hair was lost behind the hairline: nothing to compare, expected a stage of hair loss, "
            "such as hair.norwood=VI");
    camera->targetMm = middleFrom(towardsEye);
    camera->eyeMm = camera->targetMm + 10 * kEyeCm * towardsEye;
    return *camera;
}

Result<TreatedFrame> TreatedView::framed(std::string_view name, TreatedFrame frame) const {
    Camera& camera = frame.camera;
    const float eyeMm = glm::distance(camera.eyeMm, camera.targetMm);
    camera.fieldOfView = 2 * std::atan(0.5f * static_cast<float>(frame.height) * frame.mmPerPixel / eyeMm);
    frame.patchPx = static_cast<int>(std::lround(kPatchMm / frame.mmPerPixel));
    frame.mask = Plane(frame.width, frame.height, 0.0f);
    const glm::vec3 forward = camera.forward(), right = camera.right(), up = camera.trueUp();
    const float focal = camera.focalPixels(frame.height);
    const auto isTreated = [&](float x, float y) {
        const glm::vec3 ray = glm::normalize(forward + ((x - 0.5f * static_cast<float>(frame.width)) * right -
                                                        (y - 0.5f * static_cast<float>(frame.height)) * up) /
                                                           focal);
        const auto hit = rays_.firstHit(camera.eyeMm, ray);
        if (!hit || -glm::dot(normalAt(head_.mesh, hit->point), ray) < kLeastFacing) return false;
        float lost = 0;
        for (int k = 0; k < 3; ++k)
            lost += hit->point.barycentric[k] * lost_[head_.mesh.triangles[hit->point.triangle][k]];
        return lost >= kLeastLost;
    };
    parallelFor(
        static_cast<std::size_t>((frame.height + kRayStepPx - 1) / kRayStepPx),
        [&](std::size_t row) {
            const int top = static_cast<int>(row) * kRayStepPx;
            for (int left = 0; left < frame.width; left += kRayStepPx) {
                if (!isTreated(static_cast<float>(left + kRayStepPx / 2),
                               static_cast<float>(top + kRayStepPx / 2)))
                    continue;
                for (int y = top; y < std::min(top + kRayStepPx, frame.height); ++y)
                    for (int x = left; x < std::min(left + kRayStepPx, frame.width); ++x)
                        frame.mask.at(x, y) = 1;
            }
        },
        8);
    double area = 0;
    for (const float inside : frame.mask.pixels) area += double(inside);
    if (area < 4.0 * frame.patchPx * frame.patchPx)
        return fail(ExitCode::badInput,
                    "camera {}: sees {:.1f} cm² of treated skin, expected at least {:.1f}: choose another "
                    "camera",
                    name, area * double(frame.mmPerPixel) * double(frame.mmPerPixel) / 100,
                    4 * double(kPatchMm) * double(kPatchMm) / 100);
    return frame;
}

Result<TreatedFrame> TreatedView::window(std::string_view name, float turnDegrees) const {
    STUBBLE_TRY(Camera camera, aimed(name));
    const glm::vec3 toEye = camera.eyeMm - camera.targetMm;
    const float turn = radiansFromDegrees(turnDegrees);
    const glm::vec3 up = camera.trueUp();
    camera.eyeMm = camera.targetMm + std::cos(turn) * toEye + std::sin(turn) * glm::cross(up, toEye);
    camera.up = up;
    return framed(name, {camera, kWindowPx, kWindowPx, kWindowMmPerPixel, 0, {}});
}

Result<TreatedFrame> TreatedView::whole(std::string_view name) const {
    STUBBLE_TRY(Camera camera, aimed(name));
    const glm::vec3 forward = camera.forward(), right = camera.right(), up = camera.trueUp();
    glm::vec2 least(1e9f), most(-1e9f);
    for (const Place& p : places_) {
        if (glm::dot(p.normal, -forward) < kLeastFacing) continue;
        const glm::vec3 from = p.positionMm - camera.targetMm;
        const glm::vec2 across(glm::dot(from, right), glm::dot(from, up));
        least = glm::min(least, across), most = glm::max(most, across);
    }
    const glm::vec2 middle = 0.5f * (least + most), sizeMm = most - least + 2 * kWholeMarginMm;
    const glm::vec3 move = middle.x * right + middle.y * up;
    camera.eyeMm += move, camera.targetMm += move;
    const float patchPx = std::round(kPatchMm / kWholeMmPerPixel);
    const glm::ivec2 size = glm::max(glm::ceil(sizeMm / kPatchMm), glm::vec2(kLeastWholePatches)) * patchPx;
    return framed(name, {camera, size.x, size.y, kWholeMmPerPixel, 0, {}});
}

}  // namespace stubble
