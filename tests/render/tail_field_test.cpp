#include "engine/render/tail_baker.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/rays.h"
#include "engine/scalp/head_load.h"
#include "tests/render/patch_scene.h"

namespace stubble {
namespace {

const Head& builtinHead() {
    static const Head head = loadHead(HeadSource{}).value().head;
    return head;
}

SkinDot dotAt(glm::vec3 positionMm, glm::vec3 normal, std::size_t tail) {
    SkinDot dot{positionMm, normal, {}};
    dot.profile.tailLoss[tail] = glm::vec3(0.3f, 0.2f, 0.1f);
    return dot;
}

struct Place {
    const char* name;
    glm::vec2 chart;
};
/// Over all the skull: where the map is true, where it is stretched and where skin stands aslant in it.
constexpr Place kPlaces[] = {{"vertex", {0, 0}},        {"front", {0, 0.6f}},          {"crown", {0, -0.55f}},
                             {"left side", {-0.7f, 0}}, {"right back", {0.6f, -0.6f}}, {"nape", {0, -1.05f}},
                             {"temple", {0.55f, 0.5f}}};

SkinDot skullDot(const Place& place, std::size_t tail) {
    const Head& head = builtinHead();
    const RayScene rays(head.mesh);
    const auto hit = rays.firstHit(head.chart.centreMm(), head.chart.directionFromChart(place.chart));
    return dotAt(hit->positionMm, normalAt(head.mesh, hit->point), tail);
}

/// Calls visit(position, area mm²) for little pieces of the mesh within `reachMm` of a place.
template <typename Visit>
void eachPiece(const TriMesh& mesh, glm::vec3 middleMm, float reachMm, float pieceMm, const Visit& visit) {
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        const glm::vec3 a = mesh.positionsMm[t.x], b = mesh.positionsMm[t.y], c = mesh.positionsMm[t.z];
        const float size = std::max(glm::distance(a, b), std::max(glm::distance(b, c), glm::distance(c, a)));
        if (glm::distance((a + b + c) / 3.0f, middleMm) > reachMm + size) continue;
        const int n = static_cast<int>(std::ceil(size / pieceMm));
        const double area = triangleAreaMm2(mesh, i) / (n * n);
        const auto at = [&](float u, float v) {
            return a + (b - a) * (u / float(n)) + (c - a) * (v / float(n));
        };
        for (int y = 0; y < n; ++y)
            for (int x = 0; x < n - y; ++x) {
                visit(at(float(x) + 1.0f / 3, float(y) + 1.0f / 3), area);
                if (x + y < n - 1) visit(at(float(x) + 2.0f / 3, float(y) + 2.0f / 3), area);
            }
    }
}

TEST(TailFieldTest, LoneDotTakesItsIntegralAnywhereOnTheSkull) {
    for (const Place& place : kPlaces)
        for (std::size_t tail = 0; tail < kTailLobes; ++tail) {
            const SkinDot dot = skullDot(place, tail);
            const TailField field = bakeTailField(builtinHead(), std::span(&dot, 1));
            const float sigmaMm = kTailSigmaMm[tail];
            glm::dvec3 sum(0);
            eachPiece(builtinHead().mesh, dot.positionMm, 5 * sigmaMm, 0.12f * sigmaMm,
                      [&](glm::vec3 p, double area) { sum += area * glm::dvec3(field.at(p)); });
            for (int k = 0; k < 3; ++k) {
                const double expected = 2 * kPi * sigmaMm * sigmaMm * dot.profile.tailLoss[tail][k];
                EXPECT_NEAR(sum[k] / expected, 1, 0.01)
                    << place.name << ", tail " << tail << ", channel " << k;
            }
        }
}

TEST(TailFieldTest, AgreesWithTheSumOverAllDots) {
    // A flat patch with all tails at once.
    const Scene scene = patchScene(60, 100, 0.14f, 0.15f);
    std::vector<SkinDot> dots = skinDotsOf(scene);
    RandomStream random(3);
    for (SkinDot& dot : dots)
        for (glm::vec3& loss : dot.profile.tailLoss)
            loss = 0.1f * glm::vec3(random.uniform(), random.uniform(), random.uniform());
    const TailField field = bakeTailField(*scene.head, dots);
    EXPECT_LE(field.texelMm, 0.2f);
    glm::vec3 peak(0), worst(0);
    for (int i = 0; i < 300; ++i) {
        const glm::vec3 place(56 * (random.uniform() - 0.5f), 56 * (random.uniform() - 0.5f), 0);
        glm::vec3 sum(0);
        for (const SkinDot& dot : dots)
            for (std::size_t k = 0; k < kTailLobes; ++k) {
                const float r = glm::distance(place, dot.positionMm) / kTailSigmaMm[k];
                sum += dot.profile.tailLoss[k] * std::exp(-0.5f * r * r);
            }
        peak = glm::max(peak, sum);
        worst = glm::max(worst, glm::abs(field.at(place) - sum));
    }
    for (int k = 0; k < 3; ++k) EXPECT_LE(worst[k], 0.01f * peak[k]) << "channel " << k;
}

TEST(TailFieldTest, LoneDotIsRoundOnTheSkull) {
    const RayScene rays(builtinHead().mesh);
    for (const Place& place : kPlaces)
        for (std::size_t tail = 0; tail < kTailLobes; ++tail) {
            const SkinDot dot = skullDot(place, tail);
            const TailField field = bakeTailField(builtinHead(), std::span(&dot, 1));
            const float sigmaMm = kTailSigmaMm[tail];
            RandomStream random(11);
            float worst = 0;
            for (int i = 0; i < 200; ++i) {
                // Braces: the same order, and so the same places, from every compiler.
                const glm::vec3 off{random.uniform() - 0.5f, random.uniform() - 0.5f,
                                    random.uniform() - 0.5f};
                const auto near = rays.closestPoint(dot.positionMm + 6 * sigmaMm * off, 20);
                const float r = glm::distance(near->positionMm, dot.positionMm) / sigmaMm;
                const float expected = dot.profile.tailLoss[tail].r * std::exp(-0.5f * r * r);
                worst = std::max(worst, std::abs(field.at(near->positionMm).r - expected));
            }
            // A linear read of texels of h strays by h²/6σ² at their middles, once its mean blur is
            // taken out; skin that stands aslant in the map has wider texels, up to 0.258 mm on this head
            // where they are 0.2 mm.
            const float texels = 0.258f / 0.2f * field.texelMm / sigmaMm;
            EXPECT_LE(worst, (0.01f + texels * texels / 6) * dot.profile.tailLoss[tail].r)
                << place.name << ", tail " << tail;
        }
}

TEST(TailFieldTest, SameBytesForAnyNumberOfThreads) {
    const Head& head = builtinHead();
    RandomStream random(5);
    std::vector<SkinDot> dots;
    for (int i = 0; i < 3000; ++i) {
        const std::size_t v = std::size_t(random.uniform() * float(head.mesh.positionsMm.size()));
        if (head.craniumMask[v] > 0.5f)
            dots.push_back(dotAt(head.mesh.positionsMm[v], head.mesh.normals[v], dots.size() % kTailLobes));
    }
    ASSERT_GT(dots.size(), 500u);
    const auto bakeOn = [&](int threads) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, std::size_t(threads));
        TailField field;
        tbb::task_arena(threads).execute([&] { field = bakeTailField(head, dots); });
        return field;
    };
    const TailField one = bakeOn(1);
    EXPECT_TRUE(one.blocks == bakeOn(2).blocks);
    EXPECT_TRUE(one.blocks == bakeOn(8).blocks);
}

TEST(TailFieldTest, LiesOnTheSkinOfItsDotsOnly) {
    const SkinDot dot = skullDot({"side", {0.7f, 0}}, 1);
    const TailField field = bakeTailField(builtinHead(), std::span(&dot, 1));
    const glm::vec3 out = glm::normalize(dot.positionMm - field.map.centreMm);
    EXPECT_GT(field.at(dot.positionMm).g, 0.15f);
    EXPECT_EQ(field.at(dot.positionMm + 8.0f * out), glm::vec3(0)) << "an ear over it";
    SkinDot turned = dot, deep = dot;
    turned.normal = -turned.normal;
    deep.positionMm -= 12.0f * out;
    for (const SkinDot& stray : {turned, deep})
        EXPECT_EQ(bakeTailField(builtinHead(), std::span(&stray, 1)).at(dot.positionMm), glm::vec3(0));
    EXPECT_EQ(bakeTailField(builtinHead(), {}).at(dot.positionMm), glm::vec3(0)) << "no dots";
}

TEST(TailMapTest, GradientsAreThoseOfTheMap) {
    const TailMap onHead = TailMap::of(builtinHead()),
                  flat = TailMap::of(*patchScene(40, 10, 0.1f, 0.1f).head);
    const auto check = [](const TailMap& map, glm::vec3 place, float tolerance) {
        const glm::mat2x3 rows = map.gradients(place);
        for (int axis = 0; axis < 3; ++axis) {
            glm::vec3 step(0);
            step[axis] = 0.5f;
            const glm::vec2 measured = map.mapMm(place + step) - map.mapMm(place - step);
            EXPECT_NEAR(rows[0][axis], measured.x, tolerance);
            EXPECT_NEAR(rows[1][axis], measured.y, tolerance);
        }
    };
    for (const Place& place : kPlaces) check(onHead, skullDot(place, 0).positionMm, 2e-3f);
    check(flat, {7, -12, 0}, 2e-3f);
    EXPECT_NEAR(glm::distance(flat.mapMm({15, 0, 0}), flat.mapMm({-15, 0, 0})), 30, 0.03);
}

}  // namespace
}  // namespace stubble
