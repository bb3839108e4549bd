// A scene under edits is a fresh one, byte by byte, and does over only what an edit touches.
#include "engine/jobs/live_scene.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>

#include "engine/core/random.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

std::shared_ptr<const Head> builtinHead() {
    static const auto head = std::make_shared<const Head>(loadHead(HeadSource{}).value().head);
    return head;
}

/// Few dots and hairs, so that a fresh bake is soon done.
Design sparseDesign() {
    Design design;
    design.hair.lengthMm = 3;
    design.hair.densityPerCm2 = 15;
    design.smp.densityPerCm2 = 30;
    return design;
}

template <typename T>
void expectSame(const std::vector<T>& a, const std::vector<T>& b, const std::string& what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    EXPECT_TRUE(a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0) << what;
}

template <typename T>
void expectSameValue(const T& a, const T& b, const std::string& what) {
    EXPECT_EQ(std::memcmp(&a, &b, sizeof(T)), 0) << what;
}

void expectSame(const Scene& a, const Scene& b, const std::string& what) {
    EXPECT_TRUE(a.impressions == b.impressions) << what;
    std::vector<std::vector<std::byte>> hairs;
    for (const Scene* scene : {&a, &b}) {
        ByteWriter bytes;
        eachField(scene->follicles, bytes);
        bytes(scene->concealerShare), bytes(scene->concealerHides);
        bytes(scene->looseFibres.pointsMm), bytes(scene->looseFibres.melanin);
        bytes(scene->brows.rootsMm), bytes(scene->brows.tipsMm);
        for (const Scar& scar : scene->scars) bytes(scar.points), bytes(scar.widthMm), bytes(scar.paleness);
        hairs.push_back(bytes.bytes());
    }
    expectSame(hairs[0], hairs[1], what + ": scene");
    for (const DesignKey& key : designKeys()) EXPECT_EQ(key.get(a.design), key.get(b.design)) << what;
}

void expectSame(const SceneArrays& a, const SceneArrays& b, const std::string& what) {
    expectSame(*a.vertices, *b.vertices, what + ": vertices");
    expectSame(*a.triangles, *b.triangles, what + ": triangles");
    expectSame(a.shadow->positionsMm, b.shadow->positionsMm, what + ": shadow caster");
    expectSame(a.shadow->triangles, b.shadow->triangles, what + ": shadow caster");
    expectSame(*a.dots, *b.dots, what + ": dots");
    expectSame(*a.strands, *b.strands, what + ": strands");
    expectSame(*a.dotLobes, *b.dotLobes, what + ": lobes of dots");
    expectSame(a.dotTree.groups, b.dotTree.groups, what + ": groups of dots");
    expectSame(a.dotTree.roots, b.dotTree.roots, what + ": roots of dots");
    expectSame(a.strandGroups, b.strandGroups, what + ": groups of strands");
    ASSERT_EQ(a.levels.size(), b.levels.size());
    for (std::size_t i = 0; i < a.levels.size(); ++i) {
        EXPECT_EQ(a.levels[i].errorMm, b.levels[i].errorMm);
        ASSERT_EQ(a.levels[i].clusters.size(), b.levels[i].clusters.size()) << what;
        for (std::size_t k = 0; k < a.levels[i].clusters.size(); ++k) {
            const SurfaceCluster &p = a.levels[i].clusters[k], &q = b.levels[i].clusters[k];
            ASSERT_TRUE(p.firstTriangle == q.firstTriangle && p.triangleCount == q.triangleCount &&
                        p.centreMm == q.centreMm && p.radiusMm == q.radiusMm && p.axis == q.axis &&
                        p.coneCosine == q.coneCosine && p.bare == q.bare)
                << what << ": cluster " << k << " of level " << i;
        }
    }
    EXPECT_EQ(a.tails->width, b.tails->width) << what;
    EXPECT_EQ(a.tails->height, b.tails->height) << what;
    expectSameValue(a.tails->map, b.tails->map, what + ": map of the tails");
    EXPECT_TRUE(a.tails->blocks == b.tails->blocks) << what << ": tails";
    ASSERT_EQ(a.scars->has_value(), b.scars->has_value()) << what;
    if (*a.scars) expectSame((*a.scars)->halves, (*b.scars)->halves, what + ": scars");
    if (*a.scars) expectSameValue((*a.scars)->window, (*b.scars)->window, what + ": scars");
    expectSameValue(a.tailMap, b.tailMap, what + ": map of the tails");
    for (const auto figure : {&SceneArrays::longestHairMm, &SceneArrays::meanHairMm})
        expectSameValue(a.*figure, b.*figure, what + ": hair");
    expectSameValue(a.widestSigmaMm, b.widestSigmaMm, what + ": dots");
    for (const auto figure :
         {&SceneArrays::shine, &SceneArrays::bloodMottling, &SceneArrays::melaninMottling})
        expectSameValue(a.*figure, b.*figure, what + ": skin");
    expectSameValue(a.reachable, b.reachable, what + ": reachable");
    expectSameValue(a.tailWindow, b.tailWindow, what + ": window of the tails");
    for (const auto figure : {&SceneArrays::skinAlbedo, &SceneArrays::scatterMm, &SceneArrays::paleAlbedo,
                              &SceneArrays::boundsMinMm, &SceneArrays::boundsMaxMm})
        expectSameValue(a.*figure, b.*figure, what + ": figures");
    EXPECT_EQ(a.closed, b.closed);
}

struct Edit {
    const char* name;
    std::function<void(Design&, RandomStream&)> make;
};

int below(RandomStream& random, int count) {
    return static_cast<int>(random.bits() % static_cast<std::uint64_t>(count));
}

const std::vector<Edit>& edits() {
    const auto place = [](RandomStream& random) {
        const float x = 0.6f * random.uniform() - 0.3f, y = random.uniform() - 0.5f;
        return glm::vec2(x, y);
    };
    static const std::vector<Edit> all = {
        {"hairline drag",
         [](Design& d, RandomStream& r) {
             auto& points = d.hairline.points;
             if (points.empty()) points = designedHairline(*builtinHead(), d).value().points();
             const auto i = 3 + static_cast<std::size_t>(below(r, static_cast<int>(points.size()) - 6));
             points[i].y += 0.03f * (r.uniform() - 0.5f);
         }},
        {"hairline anew",
         [](Design& d, RandomStream& r) {
             d.hairline.points.clear();
             d.hairline.heightMm = 65 + 20 * r.uniform();
         }},
        {"density", [](Design& d, RandomStream& r) { d.smp.densityPerCm2 = 20 + 20 * r.uniform(); }},
        {"dot size", [](Design& d, RandomStream& r) { d.smp.diameterMm = 0.1f + 0.1f * r.uniform(); }},
        {"sessions", [](Design& d, RandomStream& r) { d.smp.sessions = 1 + below(r, 4); }},
        {"pattern", [](Design& d, RandomStream& r) { d.smp.pattern = static_cast<DotPattern>(below(r, 3)); }},
        {"zone", [](Design& d, RandomStream& r) { d.smp.zones[0].density = 0.5f + r.uniform(); }},
        {"treatment", [](Design& d, RandomStream&) { d.smp.enabled = !d.smp.enabled; }},
        {"pigment",
         [](Design& d, RandomStream& r) { d.smp.pigment = static_cast<PigmentBase>(below(r, 2)); }},
        {"brush stroke",
         [=](Design& d, RandomStream& r) {
             d.smp.strokes.push_back({{place(r)}, 6, below(r, 2) == 0 ? -0.8f : 0.8f, 0.5f});
         }},
        {"strokes undone", [](Design& d, RandomStream&) { d.smp.strokes.clear(); }},
        {"hair length", [](Design& d, RandomStream& r) { d.hair.lengthMm = 6 * r.uniform(); }},
        {"hours", [](Design& d, RandomStream& r) { d.hair.hoursSinceShave = 100 * r.uniform(); }},
        {"hair colour",
         [](Design& d, RandomStream& r) { d.hair.colour = static_cast<HairColour>(below(r, 5)); }},
        {"grey hair", [](Design& d, RandomStream& r) { d.hair.greyShare = r.uniform(); }},
        {"hair loss", [](Design& d, RandomStream& r) { d.hair.norwood = static_cast<Norwood>(below(r, 7)); }},
        {"skin tone", [](Design& d, RandomStream& r) { d.skin.monk = 1 + below(r, 10); }},
        {"redness", [](Design& d, RandomStream& r) { d.skin.redness = r.uniform(); }},
        {"shine", [](Design& d, RandomStream& r) { d.skin.shine = r.uniform(); }},
        {"scar",
         [=](Design& d, RandomStream& r) { d.skin.scars = {Scar{.points = {place(r)}, .widthMm = 12}}; }},
        {"paler scar",
         [](Design& d, RandomStream& r) {
             for (Scar& scar : d.skin.scars) scar.paleness = r.uniform();
         }},
        {"no scars", [](Design& d, RandomStream&) { d.skin.scars.clear(); }},
        {"grafts",
         [](Design& d, RandomStream& r) { d.grafts.count = d.grafts.count > 0 ? 0 : 50 + below(r, 200); }},
        {"concealer",
         [](Design& d, RandomStream& r) { d.concealer.kind = static_cast<ConcealerKind>(below(r, 3)); }},
        {"days", [](Design& d, RandomStream& r) { d.time.days = 2000 * r.uniform(); }},
        {"laser", [](Design& d, RandomStream& r) { d.time.laserSessions = below(r, 3); }},
        {"seed", [](Design& d, RandomStream& r) { d.seed = 1 + r.bits() % 2; }},
        {"name", [](Design& d, RandomStream&) { d.name += "x"; }},
    };
    return all;
}

TEST(LiveSceneTest, IsAFreshSceneAfterAnyEdits) {
    Design design = sparseDesign();
    LiveScene live = LiveScene::open(builtinHead(), design).value();
    RandomStream random(2026);
    // All edits in a random order, and then any.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < edits().size(); ++i) order.push_back(i);
    for (std::size_t i = order.size(); i-- > 1;)
        std::swap(order[i], order[static_cast<std::size_t>(below(random, static_cast<int>(i) + 1))]);
    for (int i = 0; i < 24; ++i)
        order.push_back(static_cast<std::size_t>(below(random, static_cast<int>(edits().size()))));
    std::string history;
    int compared = 0;
    for (std::size_t step = 0; step < order.size(); ++step) {
        const Design before = design;
        edits()[order[step]].make(design, random);
        history += std::string(", ") + edits()[order[step]].name;
        const auto fresh = bakeScene(builtinHead(), design);
        const auto done = live.set(design);
        ASSERT_EQ(done.has_value(), fresh.has_value()) << history;
        if (!fresh) {
            EXPECT_EQ(done.error().message, fresh.error().message);
            design = before;
            continue;
        }
        expectSame(*live.scene(), *fresh, history);
        expectSame(*live.arrays(), SceneArrays::of(*fresh), history);
        ASSERT_FALSE(HasFailure());
        ++compared;
    }
    EXPECT_GT(compared, 40);
}

TEST(LiveSceneTest, EditsLeaveAloneWhatTheyDoNotTouch) {
    const Design design = sparseDesign();
    LiveScene live = LiveScene::open(builtinHead(), design).value();
    const auto changed = [&](const std::function<void(Design&)>& edit) {
        Design edited = design;
        edit(edited);
        EXPECT_TRUE(live.set(design).has_value());
        const auto before = live.arrays();
        EXPECT_TRUE(live.set(edited).has_value());
        const auto after = live.arrays();
        std::string names;
        const auto name = [&](const auto& a, const auto& b, const char* what) {
            if (a.id() != b.id()) names += what;
        };
        name(before->vertices, after->vertices, "vertices ");
        name(before->triangles, after->triangles, "triangles ");
        name(before->shadow, after->shadow, "shadow ");
        name(before->dots, after->dots, "dots ");
        name(before->strands, after->strands, "strands ");
        name(before->tails, after->tails, "tails ");
        name(before->scars, after->scars, "scars ");
        return names;
    };
    EXPECT_EQ(changed([](Design&) {}), "");
    EXPECT_EQ(changed([](Design& d) { d.name = "another"; }), "");
    EXPECT_EQ(changed([](Design& d) { d.skin.shine = 0.9f; }), "");
    EXPECT_EQ(changed([](Design& d) { d.hairline.heightMm = 72; }), "dots tails ");
    EXPECT_EQ(changed([](Design& d) { d.smp.densityPerCm2 = 25; }), "dots tails ");
    EXPECT_EQ(changed([](Design& d) { d.time.days = 900; }), "dots tails ");
    EXPECT_EQ(changed([](Design& d) { d.skin.redness = 0.9f; }), "vertices ");
    EXPECT_EQ(changed([](Design& d) { d.skin.monk = 7; }), "vertices dots tails ");
    const std::string byLength = changed([](Design& d) { d.hair.lengthMm = 3.1f; });
    EXPECT_NE(byLength.find("strands"), std::string::npos);
    EXPECT_EQ(byLength.find("dots"), std::string::npos);
    EXPECT_EQ(byLength.find("tails"), std::string::npos);
}

TEST(LiveSceneTest, AShortStrokeDrawsFewBlocksOfTheTails) {
    Design design = sparseDesign();
    LiveScene live = LiveScene::open(builtinHead(), design).value();
    const auto before = live.arrays();
    design.smp.strokes.push_back({{glm::vec2(0)}, 5, -1, 0.2f});
    ASSERT_TRUE(live.set(design).has_value());
    const auto &a = before->tails->blocks, &b = live.arrays()->tails->blocks;
    ASSERT_EQ(a.size(), b.size());
    std::size_t drawn = 0;
    for (std::size_t i = 0; i < a.size(); ++i) drawn += a[i].id() != b[i].id();
    EXPECT_GT(drawn, 0u);
    EXPECT_LE(drawn, 9u);
}

TEST(LiveSceneTest, AFaultLeavesTheLastGoodScene) {
    Design design = sparseDesign();
    LiveScene live = LiveScene::open(builtinHead(), design).value();
    const auto scene = live.scene();
    const auto arrays = live.arrays();
    Design faulty = design;
    faulty.smp.count = kMaxImpressionCount;
    faulty.hairline.heightMm = 80;
    const auto done = live.set(faulty);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().message, bakeScene(builtinHead(), faulty).error().message);
    EXPECT_EQ(live.scene(), scene);
    EXPECT_EQ(live.arrays(), arrays);
    design.smp.densityPerCm2 = 35;
    ASSERT_TRUE(live.set(design).has_value());
    const Scene fresh = bakeScene(builtinHead(), design).value();
    expectSame(*live.scene(), fresh, "after a fault");
    expectSame(*live.arrays(), SceneArrays::of(fresh), "after a fault");
}

}  // namespace
}  // namespace stubble
