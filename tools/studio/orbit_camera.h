#pragma once
// The camera that a hand turns: round a point, with inertia. No window, no clock: time comes in as seconds.

#include <glm/glm.hpp>

#include "engine/render/camera.h"

namespace stubble {

/// Turntable about the head's upright axis.
class OrbitCamera {
  public:
    explicit OrbitCamera(const Camera& camera) { jumpTo(camera); }

    [[nodiscard]] Camera camera() const;
    /// Shows exactly this camera, byte for byte, until it is moved. Its `up` may be any but along its sight.
    void jumpTo(const Camera& camera);
    /// Glides there in about a quarter of a second, then shows exactly it.
    void glideTo(const Camera& camera);

    // Of a hand; angles and lengths in shares of the picture's height, x to the right, y down.

    /// Half a turn for the whole height.
    void orbit(glm::vec2 drag);
    /// What lies at the target stays under the pointer.
    void pan(glm::vec2 drag);
    /// Nearer by a step where `steps` > 0, as a wheel's click; `anchorMm` keeps its place in the picture and
    /// is never passed.
    void zoom(float steps, glm::vec3 anchorMm);
    void zoom(float steps) { zoom(steps, pose_.targetMm); }
    /// Lets go with the speed of the last drags, shares of the picture's height a second.
    void release(glm::vec2 speed);
    /// Looks at another point from where it is, as far away.
    void turnTo(glm::vec3 targetMm);

    /// Moves on by `seconds`; the way does not depend on how they are cut. False: nothing moves any more.
    bool advance(double seconds);
    [[nodiscard]] bool moves() const { return gliding_ || speed_ != glm::vec2(0) || zoomLeft_ != 0; }
    void stop();

    [[nodiscard]] float distanceMm() const { return pose_.distanceMm; }

  private:
    struct Pose {
        glm::vec3 targetMm{0};
        float azimuth = 0, elevation = 0;  ///< radians; azimuth from the face to the head's own left
        float distanceMm = 1000, fieldOfView = 0.5f;
    };
    static Pose poseOf(const Camera& camera);
    void touch();
    bool zoomBy(float logarithm);

    Pose pose_, from_, to_;
    Camera exact_;
    bool isExact_ = false, gliding_ = false;
    double glideSeconds_ = 0;
    glm::vec2 speed_{0};
    float zoomLeft_ = 0;  ///< of the logarithm of the distance
    glm::vec3 anchorMm_{0};
};

}  // namespace stubble
