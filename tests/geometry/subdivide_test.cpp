#include "engine/geometry/subdivide.h"

#include <gtest/gtest.h>

#include "engine/geometry/decimate.h"
#include "engine/geometry/mesh_repair.h"
#include "tests/support/mesh_files.h"
#include "tests/support/synthetic_head.h"

namespace stubble {
namespace {

float longestEdge(const TriMesh& mesh) {
    float longest = 0;
    for (const glm::uvec3& t : mesh.triangles)
        for (int k = 0; k < 3; ++k)
            longest =
                std::max(longest, glm::distance(mesh.positionsMm[t[k]], mesh.positionsMm[t[(k + 1) % 3]]));
    return longest;
}

TEST(SubdivideTest, CatmullClarkOfACubeLiesOnTheKnownLimit) {
    PolygonMesh cage = cube(2);
    for (glm::vec3& p : cage.positions) p -= glm::vec3(1);
    const PolygonMesh fine = subdivide(cage, SubdivisionScheme::catmullClark, 3);
    EXPECT_EQ(fine.faceCount(), 6u * 64);
    // Limit mask at a vertex of valence n (Halstead, Kass and DeRose, 1993): (n²v + 4Σe + Σf) / (n(n + 5));
    // for a cube's corner v = (1,1,1), e sums to (1,1,1) and f (opposite corners of the faces) to (−1,−1,−1).
    const float expected = (9.0f + 4 * 1.0f - 1.0f) / (3 * 8);
    float nearest = 1e9f, radius = 0;
    for (const glm::vec3& p : fine.positions) {
        nearest = std::min(nearest, glm::distance(p, glm::vec3(expected)));
        radius = std::max(radius, glm::length(p));
    }
    EXPECT_LT(nearest, 1e-5f);
    EXPECT_NEAR(radius, std::sqrt(3.0f) * expected, 1e-4f);
}

TEST(SubdivideTest, RimsStayClosedCurvesAndColoursComeAlong) {
    PolygonMesh cage = syntheticHead(15).mesh;
    cage.colours.assign(cage.positions.size(), glm::vec3(0.25f, 0.5f, 0.75f));
    PolygonMesh fine = subdivide(cage, SubdivisionScheme::catmullClark, 2);
    ASSERT_EQ(fine.colours.size(), fine.positions.size());
    EXPECT_NEAR(glm::distance(fine.colours[100], glm::vec3(0.25f, 0.5f, 0.75f)), 0, 1e-5f);
    bool turned = false;
    EXPECT_EQ(orientOutwards(fine, turned).openRims, 1u);
    EXPECT_FALSE(turned);
    float lowest = 0;
    for (const glm::vec3& p : fine.positions) lowest = std::min(lowest, p.y);
    EXPECT_NEAR(lowest, -150, 1e-3) << "the neck's rim moved";
}

TEST(SubdivideTest, LoopRefinesTriangles) {
    PolygonMesh cage;
    const TriMesh triangles = triangulate(syntheticHead(15).mesh);
    cage.positions = triangles.positionsMm;
    for (const glm::uvec3& t : triangles.triangles) {
        cage.faceSizes.push_back(3);
        for (int k = 0; k < 3; ++k) cage.indices.push_back(t[k]);
    }
    const PolygonMesh fine = subdivide(cage, SubdivisionScheme::loop, 2);
    EXPECT_EQ(fine.faceCount(), 16 * cage.faceCount());
    EXPECT_NEAR(areaMm2(triangulate(fine)) / areaMm2(triangles), 1, 0.03);
}

Topology topologyOf(const TriMesh& mesh) {
    PolygonMesh polygons;
    polygons.positions = mesh.positionsMm;
    for (const glm::uvec3& t : mesh.triangles) {
        polygons.faceSizes.push_back(3);
        for (int k = 0; k < 3; ++k) polygons.indices.push_back(t[k]);
    }
    bool turned = false;
    return orientOutwards(polygons, turned);
}

/// A sphere of this radius, from the cube's faces.
TriMesh sphere(float radius) {
    TriMesh mesh = triangulate(subdivide(cube(1), SubdivisionScheme::catmullClark, 3));
    for (glm::vec3& p : mesh.positionsMm) p = radius * glm::normalize(p - glm::vec3(0.5f));
    computeNormals(mesh);
    return mesh;
}

TEST(SplitLongEdgesTest, NewVerticesLieOnTheCurvedSurface) {
    TriMesh mesh = sphere(80);
    ASSERT_GT(longestEdge(mesh), 10);
    EXPECT_GT(splitLongEdges(mesh, 2.5f, 400'000), 0u);
    EXPECT_LE(longestEdge(mesh), 2.5f);
    for (const glm::vec3& p : mesh.positionsMm) EXPECT_NEAR(glm::length(p), 80, 0.25);
    // Closed before, closed after: no crack between split and whole neighbours.
    EXPECT_EQ(topologyOf(mesh).openRims, 0u);
    EXPECT_EQ(topologyOf(mesh).nonManifoldEdges, 0u);
}

TEST(SplitLongEdgesTest, StopsAtTheTriangleLimit) {
    TriMesh mesh = sphere(80);
    splitLongEdges(mesh, 0.5f, 5000);
    EXPECT_LE(mesh.triangles.size(), 5000u);
    EXPECT_GT(mesh.triangles.size(), 3000u);
}

TEST(DecimateTest, ThinsToTheLimitKeepsTheShapeAndTurnsNothingOver) {
    TriMesh mesh = sphere(80);
    splitLongEdges(mesh, 1.5f, 400'000);
    const double area = areaMm2(mesh);
    ASSERT_GT(mesh.triangles.size(), 50'000u);
    mesh.tints.assign(mesh.positionsMm.size(), glm::vec3(0.5f));
    decimate(mesh, 20'000);
    EXPECT_LE(mesh.triangles.size(), 20'000u);
    EXPECT_GE(mesh.triangles.size(), 19'990u);
    EXPECT_NEAR(areaMm2(mesh) / area, 1, 0.002);
    EXPECT_EQ(mesh.tints.size(), mesh.positionsMm.size());
    for (const glm::vec3& p : mesh.positionsMm) EXPECT_NEAR(glm::length(p), 80, 0.3);
    for (const glm::uvec3& t : mesh.triangles) {
        const glm::vec3 a = mesh.positionsMm[t.x], b = mesh.positionsMm[t.y], c = mesh.positionsMm[t.z];
        EXPECT_GT(glm::dot(glm::normalize(glm::cross(b - a, c - a)), glm::normalize(a + b + c)), 0.9f);
    }
    EXPECT_EQ(topologyOf(mesh).openRims, 0u);
    EXPECT_EQ(topologyOf(mesh).nonManifoldEdges, 0u);
}

TEST(DecimateTest, RimsStay) {
    TriMesh mesh = triangulate(syntheticHead(3).mesh);
    dropBadTriangles(mesh);
    const Bounds before = boundsOf(mesh);
    decimate(mesh, mesh.triangles.size() / 4);
    EXPECT_EQ(topologyOf(mesh).openRims, 1u);
    EXPECT_NEAR(boundsOf(mesh).minMm.y, before.minMm.y, 0.05);
    EXPECT_NEAR(boundsOf(mesh).maxMm.z, before.maxMm.z, 0.5);
}

}  // namespace
}  // namespace stubble
