#include "engine/render/surface_clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>

#include "engine/geometry/mesh.h"
#include "engine/geometry/rays.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

class SurfaceClustersTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        head_ = new Head(loadHead(HeadSource{}).value().head);
        surface_ = new ClusteredSurface(clusteredSurface(head_->mesh));
    }
    static void TearDownTestSuite() {
        delete surface_;
        delete head_;
    }
    static std::vector<char> drawnFrom(const Camera& camera, bool closed) {
        const glm::mat4 clip = glm::perspective(camera.fieldOfView, 1.5f, 10.0f, 2000.0f) *
                               glm::lookAt(camera.eyeMm, camera.targetMm, camera.up);
        std::vector<char> drawn(surface_->triangles.size(), 0);
        for (const glm::uvec2 run : visibleRuns(surface_->levels[0].clusters, clip, camera.eyeMm, closed))
            std::fill_n(drawn.begin() + run.x, run.y, 1);
        return drawn;
    }
    static glm::vec3 corner(std::uint32_t vertex) {
        return head_->mesh.positionsMm[surface_->vertices[vertex]];
    }
    static inline Head* head_ = nullptr;
    static inline ClusteredSurface* surface_ = nullptr;
};

TEST_F(SurfaceClustersTest, HasTheMeshsTriangles) {
    std::vector<std::array<std::uint32_t, 3>> own, clustered;
    for (const glm::uvec3 t : head_->mesh.triangles) own.push_back({t.x, t.y, t.z});
    for (const glm::uvec3 t : surface_->triangles)
        clustered.push_back({surface_->vertices[t.x], surface_->vertices[t.y], surface_->vertices[t.z]});
    std::ranges::sort(own), std::ranges::sort(clustered);
    EXPECT_EQ(own, clustered);
    std::uint32_t next = 0;
    for (const SurfaceCluster& cluster : surface_->levels[0].clusters) {
        EXPECT_EQ(cluster.firstTriangle, next);
        next += cluster.triangleCount;
    }
    EXPECT_EQ(next, surface_->triangles.size());
}

TEST_F(SurfaceClustersTest, CoarserLevelsStayOnTheMesh) {
    constexpr std::array kErrorsMm = {0.02f, 0.1f};
    const ClusteredSurface surface = clusteredSurface(head_->mesh, head_->scalpMask, kErrorsMm);
    ASSERT_EQ(surface.levels.size(), 3);
    const RayScene rays(head_->mesh);
    std::size_t triangles = head_->mesh.triangles.size();
    for (std::size_t level = 1; level < surface.levels.size(); ++level) {
        std::size_t count = 0;
        double meanSquare = 0;
        for (const SurfaceCluster& cluster : surface.levels[level].clusters)
            for (std::uint32_t i = 0; i < cluster.triangleCount; ++i, ++count) {
                const glm::uvec3 t = surface.triangles[cluster.firstTriangle + i];
                glm::vec3 middleMm(0);
                for (int k = 0; k < 3; ++k)
                    middleMm += head_->mesh.positionsMm[surface.vertices[t[k]]] / 3.0f;
                const auto nearest = rays.closestPoint(middleMm, 5);
                ASSERT_TRUE(nearest);
                meanSquare += nearest->distanceMm * nearest->distanceMm;
            }
        EXPECT_LT(count, triangles * 3 / 4) << "level " << level;
        triangles = count;
        EXPECT_LE(std::sqrt(meanSquare / double(count)), kErrorsMm[level - 1]) << "level " << level;
    }
}

TEST_F(SurfaceClustersTest, CoarserLevelsKeepWhereColourChanges) {
    TriMesh mesh = head_->mesh;
    mesh.tints.assign(mesh.positionsMm.size(), glm::vec3(1));
    std::vector<char> needed(mesh.positionsMm.size(), 0);
    for (std::size_t i = 0; i < mesh.tints.size(); ++i)
        if (mesh.positionsMm[i].x > 20) mesh.tints[i] = glm::vec3(0.5f);
    for (const glm::uvec3 t : mesh.triangles)
        for (int k = 0; k < 3; ++k)
            if (mesh.tints[t[k]] != mesh.tints[t[(k + 1) % 3]]) needed[t[k]] = needed[t[(k + 1) % 3]] = 1;
    constexpr std::array kErrorsMm = {0.1f};
    const ClusteredSurface surface = clusteredSurface(mesh, {}, kErrorsMm);
    for (const SurfaceCluster& cluster : surface.levels[1].clusters)
        for (std::uint32_t i = 0; i < cluster.triangleCount; ++i)
            for (int k = 0; k < 3; ++k)
                needed[surface.vertices[surface.triangles[cluster.firstTriangle + i][k]]] = 0;
    EXPECT_EQ(std::ranges::count(needed, 1), 0);
}

TEST_F(SurfaceClustersTest, LeavesOutOnlyWhatCannotBeSeen) {
    // An open mesh shows its inside as well.
    for (const bool closed : {true, false})
        for (const char* name : {"three-quarter", "front", "top", "hairline", "macro"}) {
            const Camera camera = *namedCamera(name, *head_);
            const std::vector<char> drawn = drawnFrom(camera, closed);
            const glm::mat4 clip = glm::perspective(camera.fieldOfView, 1.5f, 10.0f, 2000.0f) *
                                   glm::lookAt(camera.eyeMm, camera.targetMm, camera.up);
            std::size_t left = 0;
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                if (drawn[i]) continue;
                ++left;
                const glm::uvec3 t = surface_->triangles[i];
                const glm::vec3 a = corner(t.x), b = corner(t.y), c = corner(t.z);
                if (closed && glm::dot(glm::cross(b - a, c - a), a - camera.eyeMm) >= 0)
                    continue;  // turned away
                for (const glm::vec3 place : {a, b, c, (a + b + c) / 3.0f}) {
                    const glm::vec4 p = clip * glm::vec4(place, 1);
                    ASSERT_FALSE(std::abs(p.x) < p.w && std::abs(p.y) < p.w) << name << ": triangle " << i;
                }
            }
            if (closed) {
                EXPECT_GT(left, drawn.size() / 5) << name;
            }
        }
}

}  // namespace
}  // namespace stubble
