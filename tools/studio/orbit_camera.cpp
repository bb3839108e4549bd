#include "tools/studio/orbit_camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubble {
namespace {

// Working defaults, tried by hand.
constexpr float kTurnPerHeight = std::numbers::pi_v<float>;
constexpr float kMaxElevation = 1.55f;  // radians: short of the poles, where "up" would be undefined
constexpr float kMinReachMm = 15;       // from the eye to what it comes near
constexpr float kMinPictureMm = 4;      // height of what the picture shows at the target
constexpr float kMaxPictureMm = 1500;
constexpr float kZoomPerStep = 0.12f;  // of the logarithm
constexpr double kGlideSeconds = 0.25;
constexpr float kSpinDecay = 6, kZoomDecay = 14;  // per second
constexpr float kRestSpeed = 0.01f;               // picture heights a second: no longer seen
constexpr float kRestZoom = 0.001f;

float pictureMm(float distanceMm, float fieldOfView) {
    return 2 * distanceMm * std::tan(0.5f * fieldOfView);
}

float wrapped(float angle) {
    return std::remainder(angle, 2 * std::numbers::pi_v<float>);
}

}  // namespace

OrbitCamera::Pose OrbitCamera::poseOf(const Camera& camera) {
    const glm::vec3 arm = camera.eyeMm - camera.targetMm;
    Pose pose;
    pose.targetMm = camera.targetMm;
    pose.distanceMm = glm::length(arm);
    pose.elevation = std::clamp(std::asin(std::clamp(arm.y / pose.distanceMm, -1.0f, 1.0f)), -kMaxElevation,
                                kMaxElevation);
    pose.azimuth = std::atan2(arm.x, arm.z);
    pose.fieldOfView = camera.fieldOfView;
    return pose;
}

Camera OrbitCamera::camera() const {
    if (isExact_) return exact_;
    Camera camera;
    camera.targetMm = pose_.targetMm;
    camera.eyeMm =
        pose_.targetMm + pose_.distanceMm * glm::vec3(std::sin(pose_.azimuth) * std::cos(pose_.elevation),
                                                      std::sin(pose_.elevation),
                                                      std::cos(pose_.azimuth) * std::cos(pose_.elevation));
    camera.up = {0, 1, 0};
    camera.fieldOfView = pose_.fieldOfView;
    return camera;
}

void OrbitCamera::jumpTo(const Camera& camera) {
    stop();
    pose_ = poseOf(camera);
    exact_ = camera;
    isExact_ = true;
}

void OrbitCamera::glideTo(const Camera& camera) {
    stop();
    if (isExact_ && exact_ == camera) return;
    from_ = pose_;
    to_ = poseOf(camera);
    to_.azimuth = from_.azimuth + wrapped(to_.azimuth - from_.azimuth);
    exact_ = camera;
    isExact_ = false;
    gliding_ = true;
    glideSeconds_ = 0;
}

void OrbitCamera::stop() {
    gliding_ = false;
    speed_ = glm::vec2(0);
    zoomLeft_ = 0;
}

void OrbitCamera::touch() {
    isExact_ = false;
    gliding_ = false;
}

void OrbitCamera::orbit(glm::vec2 drag) {
    touch();
    // The skin follows the hand: what is near moves with it.
    pose_.azimuth = wrapped(pose_.azimuth - drag.x * kTurnPerHeight);
    pose_.elevation = std::clamp(pose_.elevation + drag.y * kTurnPerHeight, -kMaxElevation, kMaxElevation);
}

void OrbitCamera::pan(glm::vec2 drag) {
    touch();
    const Camera now = camera();
    const float heightMm = pictureMm(pose_.distanceMm, pose_.fieldOfView);
    pose_.targetMm += heightMm * (drag.y * now.trueUp() - drag.x * now.right());
}

void OrbitCamera::zoom(float steps, glm::vec3 anchorMm) {
    touch();
    zoomLeft_ -= steps * kZoomPerStep;
    anchorMm_ = anchorMm;
}

/// All that the picture shows grows about the anchor. False at the end of the way.
bool OrbitCamera::zoomBy(float logarithm) {
    touch();
    const float reachMm = glm::distance(camera().eyeMm, anchorMm_);
    const float wide = 2 * std::tan(0.5f * pose_.fieldOfView);
    const float nearest = std::max(kMinPictureMm / wide, kMinReachMm), farthest = kMaxPictureMm / wide;
    const float wanted = reachMm * std::exp(logarithm);
    // One that is already beyond a limit stays, but comes back.
    const float limited = std::clamp(wanted, std::min(nearest, reachMm), std::max(farthest, reachMm));
    const float factor = limited / reachMm;
    pose_.targetMm = anchorMm_ + (pose_.targetMm - anchorMm_) * factor;
    pose_.distanceMm *= factor;
    return limited == wanted;
}

void OrbitCamera::release(glm::vec2 speed) {
    if (glm::length(speed) > kRestSpeed) touch(), speed_ = speed;
}

void OrbitCamera::turnTo(glm::vec3 targetMm) {
    Camera aim = camera();
    aim.eyeMm += targetMm - aim.targetMm;
    aim.targetMm = targetMm;
    aim.up = {0, 1, 0};
    glideTo(aim);
}

bool OrbitCamera::advance(double seconds) {
    if (!moves()) return false;
    const auto dt = static_cast<float>(seconds);
    if (gliding_) {
        glideSeconds_ += seconds;
        const auto t = static_cast<float>(std::min(glideSeconds_ / kGlideSeconds, 1.0));
        if (t >= 1) {
            const Camera there = exact_;
            jumpTo(there);
            return false;
        }
        const float s = t * t * (3 - 2 * t);
        pose_.targetMm = glm::mix(from_.targetMm, to_.targetMm, s);
        pose_.azimuth = glm::mix(from_.azimuth, to_.azimuth, s);
        pose_.elevation = glm::mix(from_.elevation, to_.elevation, s);
        pose_.distanceMm = from_.distanceMm * std::pow(to_.distanceMm / from_.distanceMm, s);
        pose_.fieldOfView = from_.fieldOfView * std::pow(to_.fieldOfView / from_.fieldOfView, s);
        return true;
    }
    // The integral of a speed that falls exponentially: equal for any cut of the time.
    if (speed_ != glm::vec2(0)) {
        const float kept = std::exp(-kSpinDecay * dt);
        orbit(speed_ * ((1 - kept) / kSpinDecay));
        speed_ *= kept;
        if (glm::length(speed_) < kRestSpeed) speed_ = glm::vec2(0);
    }
    if (zoomLeft_ != 0) {
        const float kept = std::abs(zoomLeft_) < kRestZoom ? 0 : std::exp(-kZoomDecay * dt);
        const bool free = zoomBy(zoomLeft_ * (1 - kept));
        zoomLeft_ = free ? zoomLeft_ * kept : 0;
    }
    return moves();
}

}  // namespace stubble
