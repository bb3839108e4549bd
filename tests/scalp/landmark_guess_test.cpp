#include "engine/scalp/landmark_guess.h"

#include <gmock/gmock.h>

#include <glm/gtc/matrix_transform.hpp>

#include "engine/geometry/import.h"
#include "engine/geometry/mesh_repair.h"
#include "tests/support/mesh_files.h"
#include "tests/support/synthetic_head.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

using ::testing::HasSubstr;

constexpr float kToleranceMm = 12;

void expectNear(const Landmarks& found, const Landmarks& truth, const glm::mat4& mmFromTruth) {
    for (int i = 0; i < kLandmarkCount; ++i) {
        const auto l = static_cast<Landmark>(i);
        const glm::vec3 expected(mmFromTruth * glm::vec4(truth[l], 1));
        EXPECT_LT(glm::distance(found[l], expected), kToleranceMm)
            << landmarkName(l) << " at " << found[l].x << " " << found[l].y << " " << found[l].z
            << ", expected " << expected.x << " " << expected.y << " " << expected.z;
        EXPECT_GT(found.confidence[static_cast<std::size_t>(i)], 0);
        EXPECT_LT(found.confidence[static_cast<std::size_t>(i)], 1);
    }
}

TriMesh meshOf(const PolygonMesh& polygons) {
    TriMesh mesh = triangulate(polygons);
    dropBadTriangles(mesh);
    computeNormals(mesh);
    return mesh;
}

struct FilePose {
    const char* name;
    float mmPerUnit;
    AxisDirection up, face;
};
std::ostream& operator<<(std::ostream& out, const FilePose& pose) {
    return out << pose.name;
}

class LandmarkGuessPoseTest : public TempDirTest, public ::testing::WithParamInterface<FilePose> {};

/// The file's unit and axes are guessed, and the landmarks found, whatever they are.
TEST_P(LandmarkGuessPoseTest, FindsUnitAxesAndLandmarks) {
    const FilePose pose = GetParam();
    const SyntheticHead head = syntheticHead();
    const glm::vec3 y = vectorOf(pose.up), z = vectorOf(pose.face);
    const glm::mat3 fileFromMm = glm::mat3(glm::cross(y, z), y, z) * (1 / pose.mmPerUnit);
    PolygonMesh inFile = head.mesh;
    for (glm::vec3& p : inFile.positions) p = fileFromMm * p;
    const auto imported = importMesh(write("head.obj", objText(inFile)));
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->report.mmPerUnit, pose.mmPerUnit);
    EXPECT_EQ(imported->report.up, pose.up);
    EXPECT_EQ(imported->report.face, pose.face);
    EXPECT_TRUE(imported->report.unitsGuessed && imported->report.unitsPlausible &&
                imported->report.axesGuessed);
    EXPECT_NEAR(imported->report.headBreadthMm, 152, 6);
    EXPECT_EQ(imported->report.openRims, 1u);
    const RayScene scene(imported->mesh);
    const auto found = guessLandmarks(imported->mesh, scene);
    ASSERT_TRUE(found) << found.error().message;
    expectNear(*found, head.landmarks, imported->mmFromFile * glm::mat4(fileFromMm));
}

INSTANTIATE_TEST_SUITE_P(
    Poses, LandmarkGuessPoseTest,
    ::testing::Values(FilePose{"metresYUp", 1000, AxisDirection::plusY, AxisDirection::plusZ},
                      FilePose{"decimetresYUp", 100, AxisDirection::plusY, AxisDirection::plusZ},
                      FilePose{"centimetresZUp", 10, AxisDirection::plusZ, AxisDirection::minusY},
                      FilePose{"inchesYUpBackwards", 25.4f, AxisDirection::plusY, AxisDirection::minusZ},
                      FilePose{"millimetresZUpSideways", 1, AxisDirection::plusZ, AxisDirection::plusX},
                      FilePose{"millimetresLyingOnItsBack", 1, AxisDirection::minusZ, AxisDirection::plusY}),
    [](const auto& pose) { return std::string(pose.param.name); });

TEST(LandmarkGuessTest, FindsThemOnATiltedHead) {
    const SyntheticHead head = syntheticHead();
    glm::mat4 tilt = glm::rotate(glm::mat4(1), 0.2f, glm::vec3(1, 0, 0));
    tilt = glm::rotate(tilt, 0.12f, glm::vec3(0, 1, 0));
    tilt = glm::rotate(tilt, -0.1f, glm::vec3(0, 0, 1));
    TriMesh mesh = meshOf(head.mesh);
    for (glm::vec3& p : mesh.positionsMm) p = glm::vec3(tilt * glm::vec4(p, 1)) + glm::vec3(30, 500, -80);
    const RayScene scene(mesh);
    const auto found = guessLandmarks(mesh, scene);
    ASSERT_TRUE(found) << found.error().message;
    expectNear(*found, head.landmarks, glm::translate(glm::mat4(1), glm::vec3(30, 500, -80)) * tilt);
}

TEST(LandmarkGuessTest, WithoutEarsTheTragiAreProportionsOfLowConfidence) {
    const SyntheticHead head = syntheticHead(2, false);
    const TriMesh mesh = meshOf(head.mesh);
    const RayScene scene(mesh);
    const auto found = guessLandmarks(mesh, scene);
    ASSERT_TRUE(found) << found.error().message;
    expectNear(*found, head.landmarks, glm::mat4(1));
    const auto confidence = [&](Landmark l) { return found->confidence[static_cast<std::size_t>(l)]; };
    EXPECT_LT(confidence(Landmark::tragusLeft), 0.5f);
    EXPECT_GT(confidence(Landmark::pronasale), 0.8f);
}

std::string refusalOf(const TriMesh& mesh) {
    const RayScene scene(mesh);
    const auto found = guessLandmarks(mesh, scene);
    if (found) return "accepted";
    EXPECT_EQ(found.error().code, ExitCode::badInput);
    return found.error().message;
}

/// An ellipsoid of quads.
PolygonMesh egg(glm::vec3 radii) {
    PolygonMesh mesh;
    constexpr int kRings = 60, kAround = 90;
    for (int r = 0; r <= kRings; ++r)
        for (int a = 0; a < kAround; ++a) {
            const float v = std::numbers::pi_v<float> * static_cast<float>(r) / kRings;
            const float u = 2 * std::numbers::pi_v<float> * static_cast<float>(a) / kAround;
            mesh.positions.push_back(
                radii * glm::vec3(std::sin(v) * std::sin(u), std::cos(v), std::sin(v) * std::cos(u)));
        }
    for (std::uint32_t r = 0; r < kRings; ++r)
        for (std::uint32_t a = 0; a < kAround; ++a) {
            mesh.faceSizes.push_back(4);
            const std::uint32_t b = (a + 1) % kAround;
            for (const std::uint32_t v :
                 {r * kAround + a, (r + 1) * kAround + a, (r + 1) * kAround + b, r * kAround + b})
                mesh.indices.push_back(v);
        }
    return mesh;
}

TEST(LandmarkGuessTest, SaysWhyThisIsNoHead) {
    TriMesh triangle;
    triangle.positionsMm = {{0, 0, 0}, {150, 0, 0}, {0, 150, 0}};
    triangle.triangles = {{0, 1, 2}};
    computeNormals(triangle);
    EXPECT_EQ(refusalOf(triangle), "is not a head: number of triangles 1, expected at least 100");
    EXPECT_THAT(refusalOf(meshOf(egg({75, 115, 95}))),
                HasSubstr("is not a head: no nose in the middle of its front"));
    EXPECT_THAT(refusalOf(meshOf(egg({400, 600, 500}))),
                HasSubstr("mm broad near the top, expected 110 to 200 mm"));
    EXPECT_THAT(refusalOf(meshOf(egg({75, 115, 190}))), HasSubstr("times as long as broad near the top"));
    PolygonMesh open = egg({75, 115, 95});
    std::vector<char> keep(open.faceCount(), 1);
    for (std::size_t f = 0; f < 30 * 90; ++f) keep[f] = f % 90 < 60;
    keepFaces(open, keep);
    EXPECT_THAT(refusalOf(meshOf(open)), HasSubstr("is not a head: "));
}

}  // namespace
}  // namespace stubble
