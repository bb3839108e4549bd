// A scene's arrays on disk: found again, and made anew where the files are damaged.
#include "engine/render/scene_arrays.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cstring>

#include "tests/cache_folder.h"
#include "tests/render/patch_scene.h"

namespace stubble {
namespace {

template <typename T>
bool sameBytes(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

bool sameSurface(const SceneArrays& a, const SceneArrays& b) {
    bool same = *a.triangles == *b.triangles && sameBytes(*a.vertices, *b.vertices) &&
                a.levels.size() == b.levels.size();
    for (std::size_t i = 0; same && i < a.levels.size(); ++i) {
        same = a.levels[i].errorMm == b.levels[i].errorMm &&
               a.levels[i].clusters.size() == b.levels[i].clusters.size();
        for (std::size_t k = 0; same && k < a.levels[i].clusters.size(); ++k) {
            const SurfaceCluster &p = a.levels[i].clusters[k], &q = b.levels[i].clusters[k];
            same = p.firstTriangle == q.firstTriangle && p.triangleCount == q.triangleCount &&
                   p.centreMm == q.centreMm && p.radiusMm == q.radiusMm && p.axis == q.axis &&
                   p.coneCosine == q.coneCosine && p.bare == q.bare;
        }
    }
    return same;
}

TEST(SceneArrays, SurfaceOnDiskIsTheComputedOneWhateverHappensToTheFile) {
    const CacheFolder cache;
    const Scene scene = patchScene(40, 60, 0.1f, 0.15f);
    const SceneArrays computed = SceneArrays::of(scene, true);
    EXPECT_GT(computed.triangles->size(), 100u);
    cache.expectRebuilt("surface", [&] { EXPECT_TRUE(sameSurface(SceneArrays::of(scene, true), computed)); });
}

TEST(SceneArrays, ShadowCasterOnDiskIsTheComputedOneWhateverHappensToTheFile) {
    const CacheFolder cache;
    const Head head = flatSkin(40);
    const ShadowCaster computed = ShadowCaster::of(head.mesh);
    cache.expectRebuilt("shadow-caster", [&] {
        const ShadowCaster again = ShadowCaster::of(head.mesh);
        EXPECT_EQ(again.positionsMm, computed.positionsMm);
        EXPECT_EQ(again.triangles, computed.triangles);
        EXPECT_EQ(again.hash(), computed.hash());
    });
    EXPECT_NE(ShadowCaster::of(flatSkin(41).mesh).hash(), computed.hash());
}

TEST(SceneArrays, SurfaceIsKeyedByWhatShowsOnIt) {
    const CacheFolder cache;
    Scene scene = patchScene(40, 60, 0.1f, 0.15f);
    SceneArrays::of(scene);
    EXPECT_EQ(cache.entries("surface").size(), 0u) << "an edit's step was stored";
    SceneArrays::of(scene, true);
    scene.design.skin.redness = 1;
    SceneArrays::of(scene, true);
    EXPECT_EQ(cache.entries("surface").size(), 1u);
    scene.concealerHides.assign(scene.head->mesh.positionsMm.size(), 0.0f);
    scene.concealerHides[3] = 1;
    SceneArrays::of(scene, true);
    EXPECT_EQ(cache.entries("surface").size(), 2u);
}

TEST(SceneArrays, SameBytesForAnyNumberOfThreads) {
    const Scene scene = patchScene(60, 100, 0.1f, 0.15f);
    const CacheFolder cache;
    const SceneArrays many = SceneArrays::of(scene, true);
    for (const auto& entry : cache.entries("surface")) std::filesystem::remove(entry);
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    const SceneArrays single = SceneArrays::of(scene, true);
    EXPECT_TRUE(sameSurface(many, single));
    EXPECT_TRUE(sameBytes(*many.dots, *single.dots));
    EXPECT_TRUE(many.tails->blocks == single.tails->blocks);
    EXPECT_EQ(many.tailWindow, single.tailWindow);
    EXPECT_EQ(many.reachable, single.reachable);
}

}  // namespace
}  // namespace stubble
