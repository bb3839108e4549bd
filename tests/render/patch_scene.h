#pragma once
// A flat or domed patch of skin with a known field of dots: scenes for the renderer's tests.

#include <cmath>

#include "engine/core/random.h"
#include "engine/render/camera.h"
#include "engine/scalp/flat_skin.h"
#include "engine/scene/scene.h"

namespace stubble {

/// A square of skin of the given width in the plane z = 0, facing +Z, with dots of one size on a jittered
/// grid.
inline Scene patchScene(float widthMm, float dotsPerCm2, float diameterMm, float depthMm,
                        std::uint64_t seed = 1) {
    Scene scene;
    scene.head = std::make_shared<const Head>(flatSkin(widthMm));
    scene.design.time.days = 60;
    scene.looks = *DotLooks::create(scene.design);
    const float stepMm = 10 / std::sqrt(dotsPerCm2);
    const int count = static_cast<int>(widthMm / stepMm) - 1;
    RandomStream random(seed);
    Impressions& dots = scene.impressions;
    for (int y = 0; y < count; ++y)
        for (int x = 0; x < count; ++x) {
            const float px =
                (static_cast<float>(x) + 0.5f + 0.6f * (random.uniform() - 0.5f)) * stepMm - 0.5f * widthMm;
            const float py =
                (static_cast<float>(y) + 0.5f + 0.6f * (random.uniform() - 0.5f)) * stepMm - 0.5f * widthMm;
            dots.positionsMm.emplace_back(px, py, 0.0f);
            dots.normals.emplace_back(0, 0, 1);
            dots.diametersMm.push_back(diameterMm);
            dots.depthsMm.push_back(depthMm);
            dots.loads.push_back(0.8f);
            dots.sessions.push_back(0);
            dots.zones.push_back(0);
        }
    return scene;
}

/// Looks at the patch's middle from `tiltDegrees` off its normal, `pixelsPerMm` there, for a picture of the
/// given height.
inline Camera patchCamera(float pixelsPerMm, int height, float tiltDegrees,
                          glm::vec2 shiftPixels = glm::vec2(0)) {
    constexpr float kDistanceMm = 750;
    Camera camera;
    const float tilt = tiltDegrees * 3.14159265f / 180;
    const glm::vec3 towards(std::sin(tilt), 0, std::cos(tilt));
    camera.eyeMm = kDistanceMm * towards;
    camera.targetMm = glm::vec3(0);
    camera.fieldOfView = 2 * std::atan(0.5f * static_cast<float>(height) / pixelsPerMm / kDistanceMm);
    const glm::vec3 shift = (shiftPixels.x * camera.right() + shiftPixels.y * camera.trueUp()) / pixelsPerMm;
    camera.eyeMm += shift;
    camera.targetMm += shift;
    return camera;
}

}  // namespace stubble
