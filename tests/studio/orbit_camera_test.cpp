#include "tools/studio/orbit_camera.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

Camera front() {
    Camera camera;
    camera.eyeMm = {0, 60, 1200};
    camera.targetMm = {0, 20, 0};
    camera.fieldOfView = 0.28f;
    return camera;
}

void settle(OrbitCamera& camera) {
    for (int i = 0; i < 1000 && camera.advance(0.01); ++i) {
    }
}

/// Where a point stands in the picture, shares of its height from the middle.
glm::vec2 placeOf(const Camera& camera, glm::vec3 point) {
    const glm::vec3 arm = point - camera.eyeMm;
    const float depth = glm::dot(arm, camera.forward());
    const float wide = 2 * std::tan(0.5f * camera.fieldOfView) * depth;
    return {glm::dot(arm, camera.right()) / wide, -glm::dot(arm, camera.trueUp()) / wide};
}

TEST(OrbitCamera, ShowsTheCameraItWasGivenBitForBit) {
    Camera top = front();
    top.eyeMm = {0, 1200, 180};
    top.up = {0, 0, -1};
    EXPECT_EQ(OrbitCamera(top).camera(), top);
    OrbitCamera camera(front());
    camera.glideTo(top);
    EXPECT_NE(camera.camera(), top);
    settle(camera);
    EXPECT_EQ(camera.camera(), top);
    EXPECT_FALSE(camera.moves());
}

TEST(OrbitCamera, TurnsAsFarAsTheHandGoesAndKeepsItsDistance) {
    OrbitCamera camera(front());
    const float before = camera.distanceMm();
    camera.orbit({0.5f, 0});  // a quarter turn
    const Camera turned = camera.camera();
    EXPECT_NEAR(turned.eyeMm.x, -1200, 1);
    EXPECT_NEAR(turned.eyeMm.z, 0, 1);
    EXPECT_NEAR(turned.eyeMm.y, 60, 0.1);
    EXPECT_NEAR(glm::distance(turned.eyeMm, turned.targetMm), before, 0.01);
}

TEST(OrbitCamera, NeverGoesOverThePole) {
    OrbitCamera camera(front());
    camera.orbit({0, 10});
    const Camera above = camera.camera();
    EXPECT_GT(above.eyeMm.y, 1190);
    EXPECT_GT(above.trueUp().y, 0);
    EXPECT_FALSE(std::isnan(above.right().x));
}

TEST(OrbitCamera, PanKeepsTheTargetUnderThePointer) {
    OrbitCamera camera(front());
    const glm::vec3 grasped = front().targetMm;
    camera.pan({0.2f, -0.1f});
    const glm::vec2 place = placeOf(camera.camera(), grasped);
    EXPECT_NEAR(place.x, 0.2f, 1e-4);
    EXPECT_NEAR(place.y, -0.1f, 1e-4);
}

TEST(OrbitCamera, ZoomKeepsTheAnchorsPlaceAndNeverPassesIt) {
    OrbitCamera camera(front());
    const glm::vec3 skin{30, 80, 95};
    const glm::vec2 before = placeOf(front(), skin);
    camera.zoom(8, skin);
    settle(camera);
    const Camera near = camera.camera();
    EXPECT_NEAR(placeOf(near, skin).x, before.x, 1e-3);
    EXPECT_NEAR(placeOf(near, skin).y, before.y, 1e-3);
    EXPECT_LT(glm::distance(near.eyeMm, skin), 600);
    for (int i = 0; i < 40; ++i) {
        camera.zoom(5, skin);
        settle(camera);
    }
    EXPECT_GT(glm::distance(camera.camera().eyeMm, skin), 10);
    EXPECT_LT(glm::distance(camera.camera().eyeMm, skin), 40);
}

TEST(OrbitCamera, ZoomsBackOutAfterTheNearestPlace) {
    OrbitCamera camera(front());
    camera.zoom(1000);
    settle(camera);
    const float nearest = camera.distanceMm();
    camera.zoom(-5);
    settle(camera);
    EXPECT_GT(camera.distanceMm(), 1.5f * nearest);
}

TEST(OrbitCamera, SwingDoesNotDependOnTheFrameRate) {
    OrbitCamera coarse(front()), fine(front());
    coarse.release({1.5f, 0.2f});
    fine.release({1.5f, 0.2f});
    for (int i = 0; i < 5; ++i) coarse.advance(0.06);
    for (int i = 0; i < 60; ++i) fine.advance(0.005);
    EXPECT_NEAR(glm::distance(coarse.camera().eyeMm, fine.camera().eyeMm), 0, 0.5);
    EXPECT_GT(glm::distance(coarse.camera().eyeMm, front().eyeMm), 300);
}

TEST(OrbitCamera, SwingComesToRest) {
    OrbitCamera camera(front());
    camera.release({2, 0});
    double seconds = 0;
    while (camera.advance(0.02) && seconds < 10) seconds += 0.02;
    EXPECT_LT(seconds, 1.5);
    const Camera rested = camera.camera();
    EXPECT_FALSE(camera.advance(1));
    EXPECT_EQ(camera.camera(), rested);
}

TEST(OrbitCamera, AHandStopsAGlide) {
    OrbitCamera camera(front());
    Camera left = front();
    left.eyeMm = {1200, 60, 0};
    camera.glideTo(left);
    camera.advance(0.1);
    camera.orbit({0.01f, 0});
    EXPECT_FALSE(camera.moves());
    const Camera held = camera.camera();
    EXPECT_GT(held.eyeMm.x, 50);
    EXPECT_LT(held.eyeMm.x, 1150);
}

TEST(OrbitCamera, GlideTakesTheShortWay) {
    Camera behindLeft = front(), behindRight = front();
    behindLeft.eyeMm = {100, 60, -1200};
    behindRight.eyeMm = {-100, 60, -1200};
    OrbitCamera camera(behindLeft);
    camera.glideTo(behindRight);
    while (camera.advance(0.02)) EXPECT_LT(camera.camera().eyeMm.z, -1100);
    EXPECT_EQ(camera.camera(), behindRight);
}

}  // namespace
}  // namespace stubble
