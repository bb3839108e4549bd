// Khronos PBR Neutral tone mapper, specification of 2024, and its inverse. It takes up to 0.04 off a colour,
// as much as a surface reflects: skin shows its diffuse colour and dark tones do not turn red.
#include "engine/render/skin_colour.h"

#include <algorithm>
#include <cmath>

#include "engine/scene/design.h"

namespace stubble {
namespace {

constexpr float kFresnel = 0.04f, kStart = 0.96f - kFresnel, kDesaturation = 0.15f;

float leastOf(glm::vec3 c) {
    return std::min({c.r, c.g, c.b});
}
float peakOf(glm::vec3 c) {
    return std::max({c.r, c.g, c.b});
}

/// Weight of white in a colour that the curve compressed from peak to newPeak.
float whiteShare(float peak, float newPeak) {
    return 1 - 1 / (kDesaturation * (peak - newPeak) + 1);
}

}  // namespace

LightRig referenceLight() {
    LightRig rig;
    rig.sky = rig.side = rig.ground = glm::vec3(1);
    rig.backdropCentre = rig.backdropEdge = glm::vec3(1);
    rig.exposure = kReferenceLevel;
    return rig;
}

glm::vec3 displayedFromScene(glm::vec3 scene) {
    const float least = leastOf(scene);
    scene -= least < 2 * kFresnel ? least - least * least / (4 * kFresnel) : kFresnel;
    const float peak = peakOf(scene);
    if (peak < kStart) return scene;
    const float d = 1 - kStart, newPeak = 1 - d * d / (peak + d - kStart);
    return glm::mix(scene * (newPeak / peak), glm::vec3(newPeak), whiteShare(peak, newPeak));
}

glm::vec3 sceneFromDisplayed(glm::vec3 displayed) {
    const float newPeak = std::min(peakOf(displayed), 0.999f);
    glm::vec3 scene = displayed;
    if (newPeak >= kStart) {
        const float d = 1 - kStart, peak = d * d / (1 - newPeak) - d + kStart;
        const float white = whiteShare(peak, newPeak);
        scene = (displayed - white * newPeak) / (1 - white) * (peak / newPeak);
    }
    const float least = std::max(leastOf(scene), 0.0f);
    return scene + (least < kFresnel ? std::sqrt(4 * kFresnel * least) - least : kFresnel);
}

float surfaceReflection(float shine) {
    // shaders/common/brdf.glsl, skinSurface and reflectedShare at normal incidence, where Karis' exponential
    // is gone.
    constexpr float kSkinReflectance = 0.028f, kFirstLobe = 0.6f;
    const float gain = 0.5f + shine, f0 = kSkinReflectance * gain, f90 = std::min(gain, 1.0f);
    const float roughness =
        glm::mix(glm::mix(0.75f, 0.48f, shine), glm::mix(0.50f, 0.22f, shine), kFirstLobe);
    const glm::vec4 r =
        roughness * glm::vec4(-1, -0.0275f, -0.572f, 0.022f) + glm::vec4(1, 0.0425f, 1.04f, -0.04f);
    const float a = std::min(r.x * r.x, std::exp2(-9.28f)) * r.x + r.y;
    return f0 * (-1.04f * a + r.z) + f90 * (1.04f * a + r.w);
}

glm::vec3 albedoShownAs(glm::vec3 displayedLinearSrgb) {
    const float surface = surfaceReflection(SkinDesign{}.shine + kScalpShine);
    const glm::vec3 reflected = sceneFromDisplayed(displayedLinearSrgb) / kReferenceLevel;
    return glm::clamp((reflected - surface) / (1 - surface), 0.0f, 1.0f);
}

}  // namespace stubble
