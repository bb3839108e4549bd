// Skin gives back no more light than it gets, and shows the colour that it should.
#include <gtest/gtest.h>

#include "engine/core/colour.h"
#include "engine/optics/skin_tone.h"
#include "engine/render/skin_colour.h"
#include "engine/scalp/head_load.h"
#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

/// Undotted skin; a sphere of the given radius around the origin where it is above 0, else a flat patch.
Scene bareSkin(float sphereMm) {
    Scene scene = patchScene(60, 1e-3f, 0.1f, 0.15f);
    if (sphereMm <= 0) return scene;
    auto head = std::make_shared<Head>();
    constexpr unsigned kRows = 60, kColumns = 120;
    for (unsigned y = 0; y <= kRows; ++y)
        for (unsigned x = 0; x <= kColumns; ++x) {
            const float polar = float(y) / kRows * 3.14159265f, turn = float(x) / kColumns * 6.2831853f;
            const glm::vec3 n(std::sin(polar) * std::sin(turn), std::cos(polar),
                              std::sin(polar) * std::cos(turn));
            head->mesh.positionsMm.push_back(sphereMm * n);
            head->mesh.normals.push_back(n);
            if (y == kRows || x == kColumns) continue;
            const unsigned i = y * (kColumns + 1) + x, below = i + kColumns + 1;
            head->mesh.triangles.emplace_back(i, below, below + 1);
            head->mesh.triangles.emplace_back(i, below + 1, i + 1);
        }
    head->scalpMask.assign(head->mesh.positionsMm.size(), 1.0f);
    scene.head = head;
    return scene;
}

class SkinGLTest : public RendererTest {
  protected:
    static View evenView(float tiltDegrees, float pixelsPerMm, int size) {
        View view;
        view.camera = patchCamera(pixelsPerMm, size, tiltDegrees);
        view.light = referenceLight();
        view.width = view.height = size;
        view.samples = 1;
        return view;
    }
    /// White and even, so that whatever is lost or made shows.
    static GpuScene whiteSkin(Scene scene, float shine) {
        scene.design.skin.shine = shine;
        scene.design.skin.redness = 0;
        GpuScene gpuScene(scene);
        gpuScene.skinAlbedo = glm::vec3(1);
        gpuScene.bloodMottling = gpuScene.melaninMottling = 0;
        return gpuScene;
    }
    ImageLinear linear(const GpuScene& scene, const View& view) {
        const auto image = renderer_->render(scene, view);
        EXPECT_TRUE(image) << image.error().message;
        return *renderer_->linearImage();
    }
    static glm::vec3 meanOf(const ImageLinear& image, int border) {
        glm::dvec3 sum(0);
        int count = 0;
        for (int y = border; y < image.height - border; ++y)
            for (int x = border; x < image.width - border; ++x, ++count) sum += glm::dvec3(image.at(x, y));
        return sum / double(count);
    }
};

TEST_F(SkinGLTest, WhitePatchVanishesInAnEvenSurrounding) {
    for (const float shine : {0.0f, 0.5f, 1.0f}) {
        const GpuScene scene = whiteSkin(bareSkin(0), shine);
        for (const float pixelsPerMm : {3.2f, 40.0f})
            for (const float tilt : {0.0f, 30.0f, 60.0f, 80.0f}) {
                const glm::vec3 mean = meanOf(linear(scene, evenView(tilt, pixelsPerMm, 64)), 30);
                for (int k = 0; k < 3; ++k)
                    EXPECT_NEAR(mean[k], 1, 0.005f) << shine << ", " << tilt << " degrees";
            }
    }
}

TEST_F(SkinGLTest, WhiteSphereVanishesInAnEvenSurrounding) {
    for (const float shine : {0.0f, 0.5f, 1.0f}) {
        const GpuScene scene = whiteSkin(bareSkin(40), shine);
        const ImageLinear image = linear(scene, evenView(0, 3.2f, 300));
        for (const float degrees : {0.0f, 40.0f, 60.0f, 75.0f, 80.0f})
            for (const glm::vec2 towards : {glm::vec2(1, 0), glm::vec2(0, 1), glm::vec2(-0.6f, 0.8f)}) {
                const glm::vec2 place = 150.0f + 3.2f * 40 * std::sin(degrees * 3.14159265f / 180) * towards;
                const glm::vec3 seen = image.at(int(place.x), int(place.y));
                for (int k = 0; k < 3; ++k)
                    EXPECT_NEAR(seen[k], 1, 0.005f) << shine << ", " << degrees << " degrees";
            }
    }
}

TEST_F(SkinGLTest, ReflectsNoMoreThanLampsSend) {
    // Directions over the hemisphere with equal shares of the projected solid angle: the mean of what a view
    // sees of each is the share of light that leaves towards it (Helmholtz: the same either way).
    constexpr int kRings = 30, kTurns = 12;
    for (const float shine : {0.0f, 0.5f, 1.0f}) {
        const GpuScene scene = whiteSkin(bareSkin(0), shine);
        for (const float tilt : {0.0f, 45.0f, 75.0f}) {
            View view = evenView(tilt, 8, 48);  // as wide as ten plateaus of the relief
            view.light.sky = view.light.side = view.light.ground = glm::vec3(0);
            glm::dvec3 sum(0);
            for (int ring = 0; ring < kRings; ++ring)
                for (int turn = 0; turn < kTurns; turn += 4) {
                    view.light.lights.clear();
                    const float sine = std::sqrt((float(ring) + 0.5f) / kRings),
                                cosine = std::sqrt(1 - sine * sine);
                    for (int i = 0; i < 4; ++i) {
                        const float azimuth = 6.2831853f * (float(turn + i) + 0.5f) / kTurns;
                        const glm::vec3 to(sine * std::cos(azimuth), sine * std::sin(azimuth), cosine);
                        AreaLight lamp;
                        lamp.azimuthDegrees = std::atan2(to.x, to.z) * 57.29578f - tilt;
                        lamp.elevationDegrees = std::asin(to.y) * 57.29578f;
                        lamp.radiusDegrees = 1;
                        lamp.irradiance = glm::vec3(1 / cosine);
                        view.light.lights.push_back(lamp);
                    }
                    sum += glm::dvec3(meanOf(linear(scene, view), 4));
                }
            const double reflected = sum.g / (kRings * kTurns);
            std::printf("shine %.1f at %2.0f degrees: %.4f\n", double(shine), double(tilt), reflected);
            EXPECT_LE(reflected, 1.0) << shine << ", " << tilt << " degrees";
            // Light that microfacets pass on to each other is left out, most near the horizon.
            EXPECT_GE(reflected, 0.8) << shine << ", " << tilt << " degrees";
        }
    }
}

TEST_F(SkinGLTest, MonkTonesShowTheirSwatches) {
    for (int tone = 1; tone <= 10; ++tone) {
        Scene scene = bareSkin(0);
        scene.design.skin.monk = tone;
        scene.looks = *DotLooks::create(scene.design);
        const View view = evenView(0, 4, 160);
        const auto image = renderer_->render(GpuScene(scene), view);
        ASSERT_TRUE(image) << image.error().message;
        glm::dvec3 sum(0);
        for (const Rgb8 pixel : image->pixels)
            for (int k = 0; k < 3; ++k) sum[k] += double(linearFromSrgb(float(pixel[k]) / 255));
        const glm::vec3 shown = sum / double(image->pixels.size());
        const float difference = deltaE2000(labFromLinearSrgb(shown), labFromLinearSrgb(monkSwatch(tone)));
        std::printf("Monk %2d: CIEDE2000 %.2f\n", tone, double(difference));
        EXPECT_LE(difference, 3) << "Monk " << tone;
    }
}

TEST_F(SkinGLTest, RednessAndShineAtTheirDefaultsKeepTheMeanColour) {
    Scene scene = bareSkin(0);
    const View view = evenView(0, 4, 160);
    const glm::vec3 usual = meanOf(linear(GpuScene(scene), view), 2);
    GpuScene even(scene);
    even.bloodMottling = even.melaninMottling = 0;
    const glm::vec3 plain = meanOf(linear(even, view), 2);
    for (int k = 0; k < 3; ++k) EXPECT_NEAR(usual[k] / plain[k], 1, 0.01f) << "channel " << k;
}

TEST_F(SkinGLTest, ScatteringMovesLightButKeepsIt) {
    // A flat patch whose left half is turned from the lamp: with and without scattering it gives as much
    // light.
    Scene scene = bareSkin(0);
    auto head = std::make_shared<Head>(*scene.head);
    for (std::size_t i = 0; i < head->mesh.normals.size(); ++i)
        if (head->mesh.positionsMm[i].x < -0.1f) head->mesh.normals[i] = {-0.8f, 0, 0.6f};
    scene.head = head;
    GpuScene gpuScene = whiteSkin(scene, 0);
    for (const float pixelsPerMm : {3.2f, 20.0f, 40.0f}) {
        View view = evenView(0, pixelsPerMm, pixelsPerMm < 30 ? 240 : 640);
        view.light.sky = view.light.side = view.light.ground = glm::vec3(0);
        view.light.lights = {{60, 0, 1, glm::vec3(1)}};
        view.samples = 8;
        gpuScene.scatterMm = {0.75f, 0.35f, 0.22f};
        const ImageLinear spread = linear(gpuScene, view);
        gpuScene.scatterMm = glm::vec3(1e-3f);
        const ImageLinear sharp = linear(gpuScene, view);
        const glm::vec3 ratio = meanOf(spread, 2) / meanOf(sharp, 2);
        for (int k = 0; k < 3; ++k) EXPECT_NEAR(ratio[k], 1, 0.01f) << pixelsPerMm << " pixels/mm";
        // On the dark side red reaches farthest: 3.5 mm from the middle, where light ends between 0 and 2.5
        // mm.
        const glm::vec3 beyond = spread.at(view.width / 2 - int(3.5f * pixelsPerMm), view.height / 2);
        EXPECT_GT(beyond.r, 1.2f * beyond.b) << pixelsPerMm << " pixels/mm";
    }
}

TEST_F(SkinGLTest, PowderDarkensSkinAndTakesItsShine) {
    Scene scene = bareSkin(80);
    scene.design.skin.shine = 1;
    View view = evenView(0, 2, 200);
    view.light.sky = view.light.side = view.light.ground = glm::vec3(0.2f);
    view.light.lights = {{0, 30, 0.3f, glm::vec3(0.8f)}};
    const auto shown = [&](float hides) {
        scene.concealerHides.assign(hides > 0 ? scene.head->mesh.positionsMm.size() : 0, hides);
        const ImageLinear image = linear(GpuScene(scene), view);
        double sum = 0, brightest = 0;
        for (const glm::vec3& pixel : image.pixels)
            sum += double(pixel.g), brightest = std::max(brightest, double(pixel.g));
        const double mean = sum / double(image.pixels.size());
        return std::pair(mean, brightest - mean);
    };
    const auto plain = shown(0), half = shown(0.5f), whole = shown(1);
    EXPECT_LT(half.first, 0.75 * plain.first);
    EXPECT_LT(whole.first, 0.6 * half.first);
    EXPECT_LT(half.second, 0.9 * plain.second) << "the highlight stands out less";
    EXPECT_LT(whole.second, 0.5 * plain.second);
}

TEST_F(SkinGLTest, ScarsShowTheirColourAndRelief) {
    auto loaded = loadHead({});
    ASSERT_TRUE(loaded) << loaded.error().message;
    Scene scene;
    scene.head = std::make_shared<const Head>(std::move(loaded->head));
    scene.design.skin.monk = 6;
    scene.looks = *DotLooks::create(scene.design);
    View view;
    view.camera = *namedCamera("back", *scene.head);
    view.light = referenceLight();
    view.light.sky = view.light.side = view.light.ground = glm::vec3(0.3f);
    view.light.lights = {{0, 80, 1, glm::vec3(0.7f)}};
    view.width = view.height = 400;
    view.samples = 1;
    const auto shown = [&](Scar scar) {
        scar.points = {{-0.3f, -0.8f}, {0.3f, -0.8f}};
        scene.scars = {scar};
        return linear(GpuScene(scene), view);
    };
    const ImageLinear plain = linear(GpuScene(scene), view);
    const auto change =
        [&](const ImageLinear& image) {  // of the pixels that changed: mean ratio; and how many
            glm::dvec3 sum(0);
            int count = 0;
            for (std::size_t i = 0; i < image.pixels.size(); ++i)
                if (glm::distance(image.pixels[i], plain.pixels[i]) > 0.02f * plain.pixels[i].g) {
                    sum += glm::dvec3(image.pixels[i] / plain.pixels[i]);
                    ++count;
                }
            return std::pair(sum / std::max(double(count), 1.0), count);
        };
    const auto pale = change(shown({.points = {}, .widthMm = 6, .paleness = 1, .gloss = 0}));
    EXPECT_GT(pale.second, 200);
    EXPECT_GT(pale.first.g, 1.1);
    const auto young = change(shown({.points = {}, .widthMm = 6, .paleness = 0, .redness = 1, .gloss = 0}));
    EXPECT_LT(young.first.g, 0.85 * young.first.r);
    // A ridge under a lamp from above: its upper side gains what its lower side loses.
    const ImageLinear ridge = shown({.points = {}, .widthMm = 6, .paleness = 0, .gloss = 0, .reliefMm = 1});
    double most = 0, least = 10;
    for (std::size_t i = 0; i < ridge.pixels.size(); ++i) {
        const double ratio = double(ridge.pixels[i].g / plain.pixels[i].g);
        most = std::max(most, ratio), least = std::min(least, ratio);
    }
    EXPECT_GT(most, 1.1);
    EXPECT_LT(least, 0.9);
    const auto none = change(shown({.points = {}, .widthMm = 6, .paleness = 0, .gloss = 0}));
    EXPECT_EQ(none.second, 0);
}

TEST(SkinColourTest, ToneCurveComesBack) {
    for (const glm::vec3 scene : {glm::vec3(0.05f, 0.045f, 0.04f), glm::vec3(0.3f, 0.2f, 0.1f),
                                  glm::vec3(1.4f, 1.2f, 0.9f), glm::vec3(0.9f, 0.5f, 0.06f)})
        EXPECT_LT(glm::distance(sceneFromDisplayed(displayedFromScene(scene)), scene), 1e-4f) << scene.r;
}

TEST(SkinColourTest, AlbedosOfAllMonkTonesArePhysical) {
    for (int tone = 1; tone <= 10; ++tone) {
        const glm::vec3 albedo = albedoShownAs(monkSwatch(tone));
        for (int k = 0; k < 3; ++k) {
            EXPECT_GT(albedo[k], 0.004f) << tone;
            EXPECT_LT(albedo[k], 0.95f) << tone;
        }
        const float surface = surfaceReflection(0.62f);
        const glm::vec3 back = displayedFromScene(kReferenceLevel * (albedo * (1 - surface) + surface));
        EXPECT_LT(glm::distance(back, monkSwatch(tone)), 1e-3f) << tone;
    }
}

}  // namespace
}  // namespace stubble
