#include "tools/studio/landmark_guide.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <glm/gtc/matrix_transform.hpp>

#include "engine/render/camera.h"
#include "tests/support/synthetic_head.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

Landmarks found() {
    Landmarks landmarks = syntheticHead(8).landmarks;
    landmarks.confidence.fill(0.5f);
    return landmarks;
}

TEST(LandmarkGuide, AsksForAllThatFixTheChartEachOnceWithACameraAndWords) {
    ASSERT_TRUE(loadTexts("en"));
    for (const Landmark wanted :
         {Landmark::nasion, Landmark::inion, Landmark::tragusLeft, Landmark::tragusRight, Landmark::vertex})
        EXPECT_EQ(std::ranges::count(landmarkSteps(), wanted, &LandmarkStep::landmark), 1);
    for (const LandmarkStep& step : landmarkSteps()) {
        EXPECT_EQ(std::ranges::count(cameraNames(), step.camera), 1) << step.camera;
        EXPECT_TRUE(hasText(fmt::format("landmark.{}", landmarkName(step.landmark))));
        EXPECT_TRUE(hasText(fmt::format("landmark.{}.how", landmarkName(step.landmark))));
    }
}

TEST(LandmarkGuide, StepsStayInTheList) {
    LandmarkGuide guide(found());
    guide.back();
    EXPECT_EQ(guide.step(), 0u);
    for (int i = 0; i < 20; ++i) guide.next();
    EXPECT_TRUE(guide.isLast());
    guide.back();
    EXPECT_FALSE(guide.isLast());
    EXPECT_EQ(guide.step(), landmarkSteps().size() - 2);
}

TEST(LandmarkGuide, GivesOnlyWhatPersonsPlacedInTheFilesCoordinates) {
    Landmarks landmarks = found();
    landmarks.confidence[static_cast<std::size_t>(Landmark::menton)] = 1;  // from the file beside the scan
    LandmarkGuide guide(landmarks);
    EXPECT_FALSE(guide.hasChanges());
    guide.place(Landmark::inion, {0, 10, -93});
    EXPECT_TRUE(guide.hasChanges());
    EXPECT_TRUE(guide.isPlaced(Landmark::inion));
    EXPECT_FALSE(guide.isPlaced(Landmark::nasion));
    // A file in metres, lying on its back, off the origin.
    glm::mat4 headFromFile = glm::rotate(glm::mat4(1), 1.2f, glm::vec3(1, 0, 0));
    headFromFile = glm::translate(glm::mat4(1), glm::vec3(40, -700, 3)) * headFromFile *
                   glm::scale(glm::mat4(1), glm::vec3(1000));
    const GivenLandmarks given = guide.given(headFromFile);
    ASSERT_EQ(given.size(), 2u);
    EXPECT_EQ(given[0].first, Landmark::inion);
    EXPECT_EQ(given[1].first, Landmark::menton);
    for (const auto& [landmark, place] : given) {
        const glm::vec3 back(headFromFile * glm::vec4(place, 1));
        EXPECT_LT(glm::distance(back, guide.positionMm(landmark)), 0.01f);
    }
}

}  // namespace
}  // namespace stubble
