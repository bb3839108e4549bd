// What a dot looks like in a picture, against its profile.
#include <glad/gl.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/rays.h"
#include "engine/render/tail_baker.h"
#include "engine/scalp/head_load.h"
#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

constexpr float kFilterVariance = 0.25f;  // pixel², of a single sub-frame

/// A flat-topped dot of radius about 0.12 mm: wide minus narrow, as a fit to photon transport may give it.
DotProfile flatTop() {
    DotProfile profile;
    profile.coreSigmaMm = {0.08f, 0.05f, 0.03f};
    profile.coreLoss = {glm::vec3(0.8f, 0.85f, 0.7f), glm::vec3(-0.35f, -0.3f, -0.4f),
                        glm::vec3(0.1f, 0, 0.05f)};
    return profile;
}

DotProfile singleGaussian(float sigmaMm) {
    DotProfile profile;
    profile.coreSigmaMm[0] = sigmaMm;
    profile.coreLoss[0] = glm::vec3(0.8f, 0.7f, 0.4f);
    return profile;
}

/// Losses of the cores at a distance, seen through the pixel filter.
glm::vec3 coresThrough(const DotProfile& profile, float distanceMm, float filterMm2) {
    glm::vec3 sum(0);
    for (std::size_t k = 0; k < kCoreLobes; ++k) {
        const float own = profile.coreSigmaMm[k] * profile.coreSigmaMm[k], all = own + filterMm2;
        sum += profile.coreLoss[k] * (own / all) * std::exp(-0.5f * distanceMm * distanceMm / all);
    }
    return sum;
}

/// Between a picture of a lone dot and its profile.
float worstDifference(const ImageLinear& ratio, const DotProfile& profile, float pixelsPerMm,
                      glm::vec2 shift) {
    glm::vec3 worst(0);
    for (int y = 0; y < ratio.height; ++y)
        for (int x = 0; x < ratio.width; ++x) {
            // Rows run from the top.
            const glm::vec2 off(float(x) + 0.5f - 0.5f * float(ratio.width) + shift.x,
                                0.5f * float(ratio.height) - float(y) - 0.5f + shift.y);
            const glm::vec3 expected = 1.0f - coresThrough(profile, glm::length(off) / pixelsPerMm,
                                                           kFilterVariance / (pixelsPerMm * pixelsPerMm));
            worst = glm::max(worst, glm::abs(ratio.at(x, y) - expected));
        }
    return std::max({worst.r, worst.g, worst.b});
}

class DotGLTest : public RendererTest {
  protected:
    /// Other dots than the scene was made with, on skin that it may have found bare.
    static void putDots(GpuScene& gpu, std::span<const SkinDot> dots) {
        const DotRecords records = dotRecords(dots);
        gpu.dots = makeBuffer("dots", std::span(records.dots));
        gpu.dotLobes = makeBuffer("lobes", std::span(records.lobes));
        gpu.dotCount = static_cast<GLuint>(records.lobes.size());
        gpu.dotTree = records.tree;
        for (SurfaceLevel& level : gpu.levels)
            for (SurfaceCluster& cluster : level.clusters) cluster.bare = false;
    }
    static View viewFrom(const Camera& camera, int size) {
        View view;
        view.camera = camera;
        view.light.sky = view.light.side = view.light.ground = glm::vec3(1);
        view.width = view.height = size;
        view.samples = 1;
        return view;
    }
    ImageLinear imageOf(const GpuScene& scene, const View& view) {
        EXPECT_TRUE(renderer_->render(scene, view));
        return *renderer_->linearImage();
    }
    /// Scattered light as a share of what it is without dots; shine apart.
    ImageLinear ratioOf(const Scene& scene, const std::function<void(GpuScene&)>& dress, const View& view) {
        Scene bare = scene;
        bare.impressions = {}, bare.follicles = {}, bare.brows = {};
        GpuScene with(scene), without(bare);
        dress(with);
        without.levels.resize(with.levels.size());
        const ImageLinear dotted = imageOf(with, view), plain = imageOf(without, view);
        with.skinAlbedo = glm::vec3(0);
        const ImageLinear shine = imageOf(with, view);
        ImageLinear ratio(view.width, view.height);
        for (std::size_t i = 0; i < ratio.pixels.size(); ++i)
            ratio.pixels[i] = (dotted.pixels[i] - shine.pixels[i]) / (plain.pixels[i] - shine.pixels[i]);
        return ratio;
    }
    /// A patch with one dot of the given profile in its middle, seen from straight above.
    ImageLinear loneDot(const DotProfile& profile, float pixelsPerMm, int size, glm::vec2 shiftPixels) {
        Scene scene = patchScene(60, 1e-3f, 0.1f, 0.15f);
        const SkinDot dot{{0, 0, 0}, {0, 0, 1}, profile};
        const auto dress = [&](GpuScene& gpu) {
            putDots(gpu, std::span(&dot, 1));
            for (const float sigmaMm : profile.coreSigmaMm)
                gpu.widestSigmaMm = std::max(gpu.widestSigmaMm, sigmaMm);
        };
        return ratioOf(scene, dress, viewFrom(patchCamera(pixelsPerMm, size, 0, shiftPixels), size));
    }
};

TEST_F(DotGLTest, LoneDotHasItsProfileAtAnyZoom) {
    // From where its Gaussians are still told apart to where all go through the coarse sums.
    const DotProfile profile = flatTop();
    for (const float pixelsPerMm : {6.0f, 20.0f, 45.0f, 90.0f, 300.0f}) {
        const glm::vec2 shift(0.3f, -0.45f);
        const ImageLinear ratio = loneDot(profile, pixelsPerMm, 128, shift);
        EXPECT_LE(worstDifference(ratio, profile, pixelsPerMm, shift), 0.01f)
            << pixelsPerMm << " pixels a mm";
    }
}

TEST_F(DotGLTest, BareSkinIsWhereNoDotsAre) {
    // The same picture whether or not bare skin goes its own way.
    auto loaded = loadHead({});
    ASSERT_TRUE(loaded) << loaded.error().message;
    const auto scene = bakeScene(std::make_shared<const Head>(std::move(loaded->head)), Design{});
    ASSERT_TRUE(scene) << scene.error().message;
    GpuScene split(*scene), whole(*scene);
    std::size_t bare = 0, clusters = 0;
    for (SurfaceLevel& level : whole.levels)
        for (SurfaceCluster& cluster : level.clusters) bare += cluster.bare, ++clusters, cluster.bare = false;
    EXPECT_GT(bare, clusters / 4);
    EXPECT_LT(bare, clusters * 9 / 10);
    const View view = viewFrom(*namedCamera("three-quarter", *scene->head), 400);
    const ImageLinear one = imageOf(split, view), other = imageOf(whole, view);
    for (std::size_t i = 0; i < one.pixels.size(); ++i)
        for (int k = 0; k < 3; ++k) ASSERT_NEAR(one.pixels[i][k], other.pixels[i][k], 2e-3f) << i;
}

TEST_F(DotGLTest, SwitchesOfPathAreNotSeen) {
    // Through the sizes at which a dot, by its darkness, is no longer drawn as small, and just below and
    // above the sigma from which on it is summed coarsely.
    constexpr float kSigmaMm = 0.1f, kCoarse = STUBBLE_COARSE_FROM_SIGMA;
    for (const float peak : {1.0f, 0.35f})
        for (const float sigmaPixels :
             {0.2f, 0.25f, 0.3f, 0.35f, 0.4f, 0.45f, 0.5f, 0.58f, 0.62f, 0.999f * kCoarse, 1.001f * kCoarse})
            for (const glm::vec2 shift : {glm::vec2(0), glm::vec2(0.2f, 0.4f), glm::vec2(1.5f, 2)}) {
                DotProfile profile = singleGaussian(kSigmaMm);
                profile.coreLoss[0] *= peak;
                const float pixelsPerMm = sigmaPixels / kSigmaMm;
                const ImageLinear ratio = loneDot(profile, pixelsPerMm, 96, shift);
                EXPECT_LE(worstDifference(ratio, profile, pixelsPerMm, shift), 0.01f)
                    << "sigma of " << sigmaPixels << " pixels, peak times " << peak << ", moved by "
                    << shift.x << ", " << shift.y;
            }
}

TEST_F(DotGLTest, LossIsKeptAtAnyZoomAndOffset) {
    const DotProfile profile = flatTop();
    const glm::vec3 expectedMm2 = integratedLossMm2(profile);
    for (const float pixelsPerMm : {2.0f, 4.0f, 6.0f, 20.0f, 55.0f, 100.0f})
        for (const glm::vec2 shift : {glm::vec2(0), glm::vec2(0.5f), glm::vec2(0.15f, -0.35f)}) {
            const ImageLinear ratio = loneDot(profile, pixelsPerMm, 96, shift);
            glm::dvec3 sum(0);
            for (const glm::vec3& pixel : ratio.pixels) sum += 1.0 - glm::dvec3(pixel);
            for (int k = 0; k < 3; ++k)
                EXPECT_NEAR(sum[k] / (pixelsPerMm * pixelsPerMm) / expectedMm2[k], 1, 0.01)
                    << pixelsPerMm << " pixels a mm, moved by " << shift.x << ", " << shift.y;
        }
}

TEST_F(DotGLTest, ManyDotsInOnePixelTurnItBlackAndSpillNowhere) {
    Scene scene = patchScene(60, 1e-3f, 0.1f, 0.15f);
    const std::vector<SkinDot> dots(3000, {{0, 0, 0}, {0, 0, 1}, singleGaussian(0.1f)});
    const auto dress = [&](GpuScene& gpu) {
        putDots(gpu, dots);
        gpu.widestSigmaMm = 0.1f;
    };
    for (const float pixelsPerMm : {3.0f, 30.0f}) {
        constexpr int kSize = 64;
        const ImageLinear ratio =
            ratioOf(scene, dress, viewFrom(patchCamera(pixelsPerMm, kSize, 0, glm::vec2(0.5f)), kSize));
        for (int y = 0; y < kSize; ++y)
            for (int x = 0; x < kSize; ++x) {
                const float mm =
                    glm::distance(glm::vec2(x, y), glm::vec2(kSize / 2 - 1, kSize / 2)) / pixelsPerMm;
                const glm::vec3 pixel = ratio.at(x, y);
                for (int k = 0; k < 3; ++k) {
                    EXPECT_GE(pixel[k], -0.001f);
                    EXPECT_LE(pixel[k], 1.001f);
                    if (mm < 0.1f) {
                        EXPECT_LE(pixel[k], 0.001f) << x << ", " << y;
                    }
                    if (mm > 0.7f + 2 / pixelsPerMm) {
                        EXPECT_NEAR(pixel[k], 1, 0.001) << x << ", " << y;
                    }
                }
            }
    }
}

TEST_F(DotGLTest, MergedDotsInAMovingFrameLookLikeAll) {
    const Scene scene = patchScene(60, 1250, 0.12f, 0.15f);  // as a million on a head
    for (const float pixelsPerMm : {2.8f, 2.0f, 1.4f}) {
        View view = viewFrom(patchCamera(pixelsPerMm, 96, 20), 96);
        const GpuScene gpu(scene);
        const ImageLinear all = imageOf(gpu, view);
        view.fast = true;
        const ImageLinear merged = imageOf(gpu, view);
        ASSERT_NE(all.pixels, merged.pixels) << "nothing was merged";
        double sumAll = 0, sumMerged = 0, squares = 0;
        for (std::size_t i = 0; i < all.pixels.size(); ++i) {
            const double a = double(all.pixels[i].g), b = double(merged.pixels[i].g);
            sumAll += a, sumMerged += b, squares += (b - a) * (b - a);
        }
        const auto count = static_cast<double>(all.pixels.size());
        EXPECT_NEAR(sumMerged / sumAll, 1, 0.001);
        EXPECT_LT(std::sqrt(squares / count) / (sumAll / count), 0.04) << pixelsPerMm << " pixels a mm";
    }
}

/// DotProfile::reachable for all together: the mean by what each takes.
glm::vec3 meanReachable(std::span<const SkinDot> dots) {
    glm::dvec3 sum(0), weights(0);
    for (const SkinDot& dot : dots) {
        const glm::dvec3 weight(glm::max(integratedLossMm2(dot.profile), glm::vec3(1e-9f)));
        sum += weight * glm::dvec3(dot.profile.reachable), weights += weight;
    }
    return dots.empty() ? glm::vec3(1) : glm::vec3(sum / weights);
}

TEST_F(DotGLTest, TailsAreReadAsTheFieldSays) {
    auto head = std::make_shared<const Head>(loadHead(HeadSource{}).value().head);
    Scene scene;
    scene.head = head;
    scene.looks = *DotLooks::create(scene.design);
    RandomStream random(4);
    Impressions& dots = scene.impressions;
    while (dots.size() < 20000) {
        const std::size_t v = std::size_t(random.uniform() * float(head->mesh.positionsMm.size()));
        if (head->craniumMask[v] < 0.5f) continue;
        dots.positionsMm.push_back(head->mesh.positionsMm[v]);
        dots.normals.push_back(head->mesh.normals[v]);
        dots.diametersMm.push_back(0.2f);
        dots.depthsMm.push_back(0.2f);
        dots.loads.push_back(1);
        dots.sessions.push_back(0);
    }
    const std::vector<SkinDot> skinDots = skinDotsOf(scene);
    const TailField field = bakeTailField(*head, skinDots);
    const glm::vec3 reachable = meanReachable(skinDots);
    const RayScene rays(head->mesh);
    for (const char* name : {"left", "back", "top"}) {
        constexpr int kSize = 300;
        const View view = viewFrom(*namedCamera(name, *head), kSize);
        const ImageLinear ratio = ratioOf(
            scene,
            [](GpuScene& gpu) {
                gpu.dotCount = 0;
                gpu.levels.resize(1);  // the rays below hit the mesh itself
            },
            view);
        int compared = 0;
        for (int i = 0; i < 4000; ++i) {
            const int x = int(random.uniform() * kSize), y = int(random.uniform() * kSize);
            const float focal = view.camera.focalPixels(kSize);
            const glm::vec3 ray = view.camera.forward() +
                                  view.camera.right() * ((float(x) + 0.5f - kSize / 2) / focal) +
                                  view.camera.trueUp() * ((kSize / 2 - float(y) - 0.5f) / focal);
            const auto hit = rays.firstHit(view.camera.eyeMm, ray);
            if (!hit || glm::dot(normalAt(head->mesh, hit->point), glm::normalize(ray)) > -0.3f) continue;
            const glm::vec3 tails = field.at(hit->positionMm);
            const glm::vec3 expected = lightLeft(glm::vec3(0), tails, reachable), pixel = ratio.at(x, y);
            if (std::isnan(pixel.r)) continue;  // no light at all there
            compared += tails.g > 0.01f;
            for (int k = 0; k < 3; ++k)
                ASSERT_NEAR(pixel[k], expected[k], 0.005)
                    << name << ": " << x << ", " << y << ", tails " << tails.g;
        }
        EXPECT_GT(compared, 300) << name;
    }
}

}  // namespace
}  // namespace stubble
