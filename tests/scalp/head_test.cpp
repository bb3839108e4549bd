#include "engine/scalp/head.h"

#include <gmock/gmock.h>

#include <glm/gtc/matrix_transform.hpp>

#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

using test::ellipsoidHead;
using test::vertexNear;
using ::testing::HasSubstr;

TEST(Head, MovesIntoItsFrameFromAnyPose) {
    test::MeshAndLandmarks parts = test::ellipsoidParts(40);
    const auto straight = buildHead("straight", parts.mesh, parts.landmarks);
    ASSERT_TRUE(straight) << straight.error().message;
    const glm::mat3 turn(glm::rotate(glm::mat4(1), 1.9f, glm::normalize(glm::vec3(0.3f, -1, 0.5f))));
    const auto move = [&](glm::vec3 p) { return turn * p + glm::vec3(300, -1200, 40); };
    for (glm::vec3& p : parts.mesh.positionsMm) p = move(p);
    for (glm::vec3& n : parts.mesh.normals) n = turn * n;
    for (glm::vec3& p : parts.landmarks.positionsMm) p = move(p);
    const auto turned = buildHead("turned", parts.mesh, parts.landmarks);
    ASSERT_TRUE(turned) << turned.error().message;
    for (std::size_t i = 0; i < parts.mesh.positionsMm.size(); ++i) {
        EXPECT_LT(glm::distance(straight->mesh.positionsMm[i], turned->mesh.positionsMm[i]), 2e-3f);
        EXPECT_LT(glm::distance(straight->mesh.normals[i], turned->mesh.normals[i]), 1e-4f);
    }
    const glm::vec3 tragi =
        straight->landmarks[Landmark::tragusLeft] + straight->landmarks[Landmark::tragusRight];
    EXPECT_LT(glm::length(tragi), 1e-3f);
    EXPECT_GT(straight->landmarks[Landmark::tragusLeft].x, 60);
    EXPECT_GT(straight->landmarks[Landmark::nasion].z, 60);
    EXPECT_GT(straight->landmarks[Landmark::vertex].y, 100);
}

TEST(Head, MasksKnowScalpForeheadFaceEarsAndNeck) {
    const Head& head = ellipsoidHead();
    ASSERT_FALSE(head.mesh.positionsMm.empty());
    const auto scalp = [&](glm::vec3 p) { return head.scalpMask[vertexNear(head, p)]; };
    const auto cranium = [&](glm::vec3 p) { return head.craniumMask[vertexNear(head, p)]; };
    const Landmarks& l = head.landmarks;
    for (const Landmark face :
         {Landmark::nasion, Landmark::pronasale, Landmark::menton, Landmark::canthusLeft}) {
        EXPECT_EQ(scalp(l[face]), 0) << landmarkName(face);
        EXPECT_EQ(cranium(l[face]), 0) << landmarkName(face);
    }
    EXPECT_EQ(scalp(l[Landmark::vertex]), 1);
    EXPECT_EQ(scalp(l[Landmark::inion]), 1);
    EXPECT_EQ(cranium(l[Landmark::inion]), 1);
    const glm::vec3 forehead = test::onFront(0, 78, 1);
    EXPECT_EQ(scalp(forehead), 0);
    EXPECT_EQ(cranium(forehead), 1);
    EXPECT_EQ(scalp({0, -70, 0}), 0);  // the bottom, where a neck would be
    EXPECT_EQ(cranium({0, -70, 0}), 0);
    EXPECT_EQ(scalp({75, 60, 0}), 1);  // above the ear
}

TEST(Head, MasksAreZeroOnEars) {
    const Head& head = ellipsoidHead();
    const std::size_t skull = test::ellipsoidParts().skullVertices;
    ASSERT_GT(head.scalpMask.size(), skull);
    for (std::size_t i = skull; i < head.scalpMask.size(); ++i) {
        EXPECT_EQ(head.scalpMask[i], 0) << i;
        EXPECT_EQ(head.craniumMask[i], 0) << i;
    }
}

TEST(Head, MasksAreSymmetricAndWithinRange) {
    const Head& head = ellipsoidHead();
    const std::size_t skull = test::ellipsoidParts().skullVertices;
    for (std::size_t i = 0; i < skull; ++i) {
        const glm::vec3 across = head.mesh.positionsMm[test::mirrorOf(i)] * glm::vec3(-1, 1, 1);
        ASSERT_LT(glm::distance(head.mesh.positionsMm[i], across), 0.01f);
        EXPECT_GE(head.scalpMask[i], 0);
        EXPECT_LE(head.scalpMask[i], 1);
        EXPECT_NEAR(head.scalpMask[i], head.scalpMask[test::mirrorOf(i)], 0.02f);
        EXPECT_LE(head.scalpMask[i], head.craniumMask[i] + 0.02f);
    }
}

TEST(Head, SaysWhatIsWrong) {
    const auto message = [](auto change) {
        test::MeshAndLandmarks parts = test::ellipsoidParts(24);
        change(parts);
        const auto head = buildHead("x", std::move(parts.mesh), parts.landmarks);
        return head ? std::string() : head.error().message;
    };
    EXPECT_EQ(message([](auto&) {}), "");
    EXPECT_THAT(message([](auto& p) { p.mesh = {}; }), HasSubstr("head \"x\": the mesh is empty"));
    EXPECT_THAT(message([](auto& p) { p.mesh.triangles[3].y = 999999; }),
                HasSubstr("triangle 3 names vertex 999999"));
    EXPECT_THAT(message([](auto& p) { p.mesh.positionsMm[5].z = NAN; }), HasSubstr("vertex 5 is not finite"));
    EXPECT_THAT(message([](auto& p) { p.landmarks[Landmark::menton].y = INFINITY; }),
                HasSubstr("landmark menton is not finite"));
    EXPECT_THAT(message([](auto& p) {
                    for (auto& v : p.mesh.positionsMm) v *= 0.1f;
                    for (auto& v : p.landmarks.positionsMm) v *= 0.1f;
                }),
                HasSubstr("the tragi are 14.31 mm apart; expected 80 to 200 mm (are the units right?)"));
    EXPECT_THAT(message([](auto& p) {
                    std::swap(p.landmarks[Landmark::tragusLeft], p.landmarks[Landmark::tragusRight]);
                }),
                HasSubstr("landmark vertex lies"));
    EXPECT_THAT(message([](auto& p) { p.landmarks[Landmark::glabella] = p.landmarks[Landmark::pronasale]; }),
                HasSubstr("landmark glabella lies"));
    EXPECT_THAT(message([](auto& p) { p.landmarks[Landmark::inion] += glm::vec3(0, 0, -30); }),
                HasSubstr("landmark inion lies more than 15 mm from the skin"));
    EXPECT_THAT(message([](auto& p) {
                    for (auto& v : p.mesh.positionsMm) v.x *= 0.6f;
                }),
                HasSubstr("the skull is"));
}

}  // namespace
}  // namespace stubble
