#include "engine/geometry/mesh_repair.h"

#include <gtest/gtest.h>

#include "engine/geometry/mesh_parts.h"
#include "tests/support/mesh_files.h"

namespace stubble {
namespace {

void append(PolygonMesh& mesh, const PolygonMesh& other, glm::vec3 offset, float scale = 1) {
    const auto base = static_cast<std::uint32_t>(mesh.positions.size());
    for (const glm::vec3& p : other.positions) mesh.positions.push_back(scale * p + offset);
    for (const std::uint32_t v : other.indices) mesh.indices.push_back(base + v);
    mesh.faceSizes.insert(mesh.faceSizes.end(), other.faceSizes.begin(), other.faceSizes.end());
}

double volumeOf(const PolygonMesh& polygons) {
    const TriMesh mesh = triangulate(polygons);
    double sum = 0;
    for (const glm::uvec3& t : mesh.triangles)
        sum += glm::dot(glm::dvec3(mesh.positionsMm[t.x]),
                        glm::cross(glm::dvec3(mesh.positionsMm[t.y]), glm::dvec3(mesh.positionsMm[t.z]))) /
               6;
    return sum;
}

TEST(MeshRepairTest, WeldsWhatLiesWithinTheToleranceOnly) {
    PolygonMesh mesh = cube(1);
    append(mesh, cube(1), {0, 0, 1.0f + 1e-5f});  // shares a side, almost
    PolygonMesh apart = mesh;
    EXPECT_EQ(weldVertices(mesh, 1e-4f), 4u);
    EXPECT_EQ(mesh.positions.size(), 12u);
    EXPECT_EQ(weldVertices(apart, 1e-6f), 0u);
    EXPECT_EQ(weldVertices(apart, 0), 0u);
}

TEST(MeshRepairTest, DropsDegenerateAndRepeatedFaces) {
    PolygonMesh mesh;
    mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {2, 0, 0}, {0, 0, 5}};
    mesh.faceSizes = {3, 3, 3, 3, 4, 4};
    mesh.indices = {
        0, 1, 2, 2, 0, 1 /* the first again */, 0, 1, 1, 0, 1, 3 /* a line */, 0, 1, 1, 4 /* a triangle */,
        0, 1, 2, 4};
    EXPECT_EQ(dropBadFaces(mesh), 3u);
    EXPECT_EQ(mesh.faceSizes, (std::vector<std::uint32_t>{3, 3, 4}));
    EXPECT_EQ(mesh.positions.size(), 4u) << "a vertex without faces stayed";
}

TEST(MeshRepairTest, DropsCrumbsAndWhatLiesInsideButKeepsLargeNeighbours) {
    PolygonMesh mesh = cube(1);
    append(mesh, cube(1), {3, 0, 0}, 0.1f);           // a crumb: 1 % of the area
    append(mesh, cube(1), {0.2f, 0.2f, 0.2f}, 0.5f);  // inside, a quarter of the area
    append(mesh, cube(1), {5, 0, 0}, 0.5f);           // as large, but outside
    EXPECT_EQ(findParts(mesh).count, 4u);
    EXPECT_EQ(dropLooseParts(mesh), 2u);
    EXPECT_EQ(mesh.faceCount(), 12u);
    EXPECT_EQ(dropLooseParts(mesh), 0u);
}

TEST(MeshRepairTest, TurnsMixedFacesOutwards) {
    PolygonMesh mesh = cube(2);
    std::reverse(mesh.indices.begin(), mesh.indices.begin() + 4);
    std::reverse(mesh.indices.begin() + 12, mesh.indices.begin() + 16);
    bool turned = true;
    Topology topology = orientOutwards(mesh, turned);
    EXPECT_FALSE(turned);
    EXPECT_NEAR(volumeOf(mesh), 8, 1e-5);
    EXPECT_EQ(topology.openRims, 0u);
    EXPECT_EQ(topology.nonManifoldEdges, 0u);

    for (std::size_t f = 0; f < 6; ++f)
        std::reverse(mesh.indices.begin() + static_cast<std::ptrdiff_t>(4 * f),
                     mesh.indices.begin() + static_cast<std::ptrdiff_t>(4 * f + 4));
    EXPECT_NEAR(volumeOf(mesh), -8, 1e-5);
    orientOutwards(mesh, turned);
    EXPECT_TRUE(turned);
    EXPECT_NEAR(volumeOf(mesh), 8, 1e-5);
}

TEST(MeshRepairTest, CountsRimsAndNonManifoldEdges) {
    PolygonMesh mesh = cube(1);
    std::vector<char> keep(6, 1);
    keep[0] = keep[1] = 0;  // opposite sides: a tube
    keepFaces(mesh, keep);
    bool turned = false;
    EXPECT_EQ(orientOutwards(mesh, turned).openRims, 2u);
    mesh = cube(1);
    mesh.positions.emplace_back(-1, -1, 0);
    mesh.faceSizes.push_back(3);
    for (const std::uint32_t v : {0u, 1u, 8u}) mesh.indices.push_back(v);  // a fin on an edge
    EXPECT_EQ(orientOutwards(mesh, turned).nonManifoldEdges, 1u);
}

TEST(MeshRepairTest, TintsOfOnePlainColourAreNone) {
    TriMesh mesh = triangulate(cube(1));
    mesh.tints.assign(8, glm::vec3(0.3f, 0.2f, 0.1f));
    tintsFromColours(mesh);
    EXPECT_TRUE(mesh.tints.empty());
}

TEST(PolygonMeshTest, SplitsConcavePolygonsWithoutFlippedTriangles) {
    PolygonMesh mesh;  // an L of six corners, and an arrowhead quad
    mesh.positions = {{0, 0, 0}, {2, 0, 0}, {2, 1, 0},  {1, 1, 0},  {1, 2, 0},
                      {0, 2, 0}, {9, 0, 0}, {8, -1, 0}, {10, 0, 0}, {8, 1, 0}};
    mesh.faceSizes = {6, 4};
    mesh.indices = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const TriMesh triangles = triangulate(mesh);
    ASSERT_EQ(triangles.triangles.size(), 6u);
    double area = 0;
    for (std::uint32_t t = 0; t < 6; ++t) {
        const glm::uvec3 v = triangles.triangles[t];
        const auto& p = triangles.positionsMm;
        EXPECT_GT(glm::cross(p[v.y] - p[v.x], p[v.z] - p[v.x]).z, 0) << t;
        area += triangleAreaMm2(triangles, t);
    }
    EXPECT_NEAR(area, 3 + 1, 1e-6);
}

}  // namespace
}  // namespace stubble
