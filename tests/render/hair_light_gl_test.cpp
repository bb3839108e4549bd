// Hair and the light on the skin under it.
#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/hair/canopy.h"
#include "tests/hair/add_hair.h"
#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

constexpr float kHairsPerMm2 = 2, kDiameterUm = 70;
const glm::vec3 kDirection = glm::normalize(glm::vec3(0.2f, 0.8f, 0.6f));

Scene hairyPatch(float lengthMm, float melanin = 1) {
    constexpr float kWidthMm = 60;
    Scene scene = patchScene(kWidthMm, 1, 0.1f, 0.15f);
    scene.impressions = {};
    scene.design.hair.lengthMm = lengthMm;
    scene.design.skin.shine = 0;
    Follicles& hairs = scene.follicles;
    // Rows of a lattice (Roberts' R2 sequence): as even as can be, so that the cover is the same everywhere.
    const int count = int(kHairsPerMm2 * kWidthMm * kWidthMm);
    for (int i = 0; i < count; ++i) {
        const double u = std::fmod(0.5 + 0.7548776662466927 * i, 1.0),
                     v = std::fmod(0.5 + 0.5698402909980532 * i, 1.0);
        addHair(hairs, {kWidthMm * float(u - 0.5), kWidthMm * float(v - 0.5), 0}, kDirection,
                {.diameterUm = kDiameterUm, .melanin = melanin});
    }
    return scene;
}

class HairLightGLTest : public RendererTest {
  protected:
    /// Mean light of the patch's middle; without the dots, and without the strands themselves if asked.
    glm::dvec3 light(const Scene& scene, const LightRig& rig, bool strands) {
        GpuScene gpu(scene);
        gpu.dotCount = 0;
        gpu.levels.resize(1);  // of a plane the coarser levels keep the rim alone, where hair ends
        gpu.bloodMottling = gpu.melaninMottling = 0;
        if (!strands) gpu.strandCount = 0;
        Scene plain = scene;
        plain.follicles = {};
        // The shafts in the skin are another matter: take the tails of bare skin.
        GpuScene bare(plain);
        gpu.tails = std::move(bare.tails), gpu.tailWindow = bare.tailWindow, gpu.tailMap = bare.tailMap;
        View view;
        constexpr int kSize = 96;
        view.camera = patchCamera(5, kSize, 0);
        view.light = rig;
        view.width = view.height = kSize;
        view.samples = 1;
        const auto image = renderer_->render(gpu, view);
        EXPECT_TRUE(image) << image.error().message;
        const ImageLinear linear = *renderer_->linearImage();
        glm::dvec3 sum(0);
        for (const glm::vec3 pixel : linear.pixels) sum += glm::dvec3(pixel) / double(linear.pixels.size());
        return sum;
    }
    static LightRig lamp(float azimuthDegrees, float elevationDegrees) {
        LightRig rig;
        rig.lights = {{azimuthDegrees, elevationDegrees, 1, glm::vec3(1)}};
        rig.sky = rig.side = rig.ground = glm::vec3(0);
        return rig;
    }
    static LightRig evenSky() {
        LightRig rig;
        rig.sky = rig.side = rig.ground = glm::vec3(1);
        return rig;
    }
};

TEST_F(HairLightGLTest, SkinUnderHairHasTheCanopysGaps) {
    HairCanopy canopy;
    canopy.hairsPerMm2 = kHairsPerMm2;
    canopy.diameterMm = kDiameterUm * 1e-3f;
    canopy.direction = kDirection;
    for (const float lengthMm : {1.0f, 3.0f, 6.0f}) {
        canopy.lengthMm = lengthMm;
        const Scene scene = hairyPatch(lengthMm);
        Scene bare = scene;
        bare.follicles = {};
        for (const glm::vec2 place : {glm::vec2(30, 20), glm::vec2(-60, 45), glm::vec2(80, 20)}) {
            const LightRig rig = lamp(place.x, place.y);
            const glm::vec3 towards = directionToLight(rig.lights[0], patchCamera(5, 96, 0), glm::vec2(0));
            ASSERT_GT(towards.z, 0.1f);
            const double share = light(scene, rig, false).g / light(bare, rig, false).g;
            EXPECT_NEAR(share, std::exp(-canopyOpticalDepth(canopy, towards)), 0.02)
                << lengthMm << " mm, lamp at " << place.x << ", " << place.y;
        }
        EXPECT_NEAR(light(scene, evenSky(), false).g / light(bare, evenSky(), false).g,
                    skyTransmittance(canopy), 0.03)
            << lengthMm;
    }
}

TEST_F(HairLightGLTest, BlackHairDarkensMoreThanWhiteHairAndNoneGlows) {
    const Scene black = hairyPatch(3), white = hairyPatch(3, 0);
    Scene bare = black;
    bare.follicles = {};
    const double skin = light(bare, evenSky(), true).g;
    const double underBlack = light(black, evenSky(), true).g / skin,
                 underWhite = light(white, evenSky(), true).g / skin;
    EXPECT_LT(underBlack, 0.75);
    EXPECT_GT(underWhite, underBlack + 0.1);
    // White hair gives back no more light than falls in.
    EXPECT_LT(light(white, evenSky(), true).g, 1.0);
}

TEST_F(HairLightGLTest, ShinesMostWhereItReflectsTheLamp) {
    // A fibre reflects into the cone around it that holds the lamp: the eye, above the skin, sees most of a
    // lamp at the eye's own angle to the hair.
    const Scene scene = hairyPatch(3);
    const glm::vec3 view(0, 0, 1);
    const auto offCone = [&](float azimuth, float elevation) {
        const LightRig rig = lamp(azimuth, elevation);
        const glm::vec3 towards = directionToLight(rig.lights[0], patchCamera(5, 96, 0), glm::vec2(0));
        return std::abs(std::asin(glm::dot(towards, kDirection)) + std::asin(glm::dot(view, kDirection)));
    };
    const auto gain = [&](float azimuth, float elevation) {
        const LightRig rig = lamp(azimuth, elevation);
        return light(scene, rig, true).g - light(scene, rig, false).g;
    };
    // Lamps along the hair's meridian, at like heights over the skin, on the cone and far from it.
    double onCone = -1, far = 1;
    for (float elevation = -75; elevation <= 75; elevation += 15) {
        const float off = offCone(0, elevation);
        if (off < 0.15f) onCone = std::max(onCone, gain(0, elevation));
        if (off > 0.8f) far = std::min(far, gain(0, elevation));
    }
    ASSERT_GT(onCone, -1) << "no lamp on the cone";
    ASSERT_LT(far, 1) << "no lamp far from it";
    EXPECT_GT(onCone, far + 0.02);
}

}  // namespace
}  // namespace stubble
