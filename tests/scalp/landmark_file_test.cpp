#include "engine/scalp/landmark_file.h"

#include <gmock/gmock.h>

#include <glm/gtc/matrix_transform.hpp>

#include "engine/geometry/polygon_mesh.h"
#include "tests/support/mesh_files.h"

namespace stubble {
namespace {

using ::testing::HasSubstr;

std::string refusalOf(std::string_view text) {
    const auto given = parseLandmarks(text, "l.json");
    if (given) return "accepted";
    EXPECT_EQ(given.error().code, ExitCode::badInput);
    return given.error().message;
}

TEST(LandmarkFileTest, ReadsAnySubsetInTheFilesFrame) {
    const auto given =
        parseLandmarks(R"({"frame": "file", "menton": [0, -1, 2.5], "nasion": [1, 2, 3]})", "l.json");
    ASSERT_TRUE(given) << given.error().message;
    ASSERT_EQ(given->size(), 2u);
    EXPECT_EQ((*given)[0].first, Landmark::nasion);
    EXPECT_EQ((*given)[1].second, glm::vec3(0, -1, 2.5f));
}

TEST(LandmarkFileTest, WhatIsWrittenReadsBackTheSame) {
    const GivenLandmarks given = {{Landmark::nasion, {0.1f, 1.0f / 3, 1e-7f}},
                                  {Landmark::vertex, {-0.0f, 12345.678f, -3}}};
    const auto read = parseLandmarks(formatLandmarks(given), "l.json");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, given);
}

TEST(LandmarkFileTest, NamesThePlaceOfEveryFault) {
    EXPECT_EQ(refusalOf(R"({"nasion": [1, 2]})"),
              "l.json: nasion: is an array of 2, expected three numbers [x, y, z]");
    EXPECT_EQ(refusalOf(R"({"nasion": 3})"),
              "l.json: nasion: is the number 3, expected three numbers [x, y, z]");
    EXPECT_EQ(refusalOf(R"({"nasion": [1, "a", 3]})"),
              "l.json: nasion[1]: is the string \"a\", expected a number");
    EXPECT_EQ(refusalOf(R"({"nasion": [1, 2, 1e300]})"),
              "l.json: nasion[2]: is 1e+300, expected a finite number");
    EXPECT_EQ(refusalOf(R"({"nasoin": [1, 2, 3]})"),
              "l.json: \"nasoin\" is no landmark, did you mean nasion?");
    EXPECT_THAT(refusalOf(R"({"frame": "head", "nasion": [1, 2, 3]})"),
                HasSubstr("l.json: frame: is the string"));
    EXPECT_THAT(refusalOf("[1]"), HasSubstr("l.json: is an array, expected an object"));
    EXPECT_EQ(refusalOf("{}"), "l.json: names no landmark");
    EXPECT_THAT(refusalOf("{\"nasion\": [1, 2, 3]"), HasSubstr("not valid JSON"));
    EXPECT_TRUE(parseLandmarks(R"({"browPeak": [1], "inion": [1, 2, 3]})", "l.json", true));
}

TEST(LandmarkFileTest, MovesIntoTheMeshSnapsAndRefusesFarPlaces) {
    TriMesh mesh = triangulate(cube(100));
    const RayScene scene(mesh);
    Landmarks landmarks;
    const glm::mat4 mmFromFile = glm::scale(glm::mat4(1), glm::vec3(1000));
    ASSERT_TRUE(
        applyLandmarks({{Landmark::nasion, {0.05f, 0.05f, 0.105f}}}, mmFromFile, scene, "l.json", landmarks));
    EXPECT_NEAR(glm::distance(landmarks[Landmark::nasion], glm::vec3(50, 50, 100)), 0, 1e-3);
    EXPECT_EQ(landmarks.confidence[static_cast<std::size_t>(Landmark::nasion)], 1);
    EXPECT_EQ(landmarks.confidence[static_cast<std::size_t>(Landmark::inion)], 0);
    const auto far =
        applyLandmarks({{Landmark::inion, {0.05f, 0.05f, 0.13f}}}, mmFromFile, scene, "l.json", landmarks);
    ASSERT_FALSE(far);
    EXPECT_EQ(far.error().message,
              "l.json: inion: [0.05, 0.05, 0.13] lies 30 mm from the skin, expected at most 20 mm (are these "
              "the head "
              "file's own coordinates?)");
}

}  // namespace
}  // namespace stubble
