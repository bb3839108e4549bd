// Lobes of d'Eon et al., "An energy-conserving hair reflectance model", 2011; what replaces their integrals
// across the hair is fitted to engine/optics/fibre.cpp. TT and TRT fall off around the hair like a power of
// the half azimuth's sine or cosine.
#include "engine/optics/fibre_lobes.h"

#include <algorithm>
#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kIndex = 1.55f;
// Of R, TT, TRT and the rest: width of 7.5° times 1, ½, 2, 2; tilts −2, 1, 3 and 0 times 3°, as struct Fibre.
const glm::vec4 kVarianceRad2(0.017135f, 0.0042837f, 0.068539f, 0.068539f);
const glm::vec4 kCosShift(0.994522f, 0.998630f, 0.987688f, 1.0f);
const glm::vec4 kSinShift(-0.104528f, 0.052336f, 0.156434f, 0.0f);
// Three rays across the hair stand for all: fitted, albedo within 0.1 %.
const glm::vec3 kOffset2(0.088090f, 0.478753f, 0.939756f);  // squares of their distance to the axis, in radii
const glm::vec3 kRayShare(0.47885f, 0.41570f, 0.10545f);
// What a spread of 0.2 around the hair makes of R at full grazing, fitted: of its width, of Fresnel.
constexpr float kBluntWidth2 = 0.00468f, kBluntFresnel2 = 0.01245f;

// Cook and Torrance, "A reflectance model for computer graphics", 1982.
glm::vec3 fresnel(glm::vec3 cosine) {
    const glm::vec3 g = glm::sqrt(kIndex * kIndex - 1.0f + cosine * cosine);
    const glm::vec3 a = (g - cosine) / (g + cosine);
    const glm::vec3 b = (cosine * (g + cosine) - 1.0f) / (cosine * (g - cosine) + 1.0f);
    return 0.5f * a * a * (1.0f + b * b);
}

}  // namespace

FibreLook fibreLook(float tangentDotView, glm::vec3 absorptionPerDiameter) {
    FibreLook look;
    look.sinView = std::clamp(tangentDotView, -1.0f, 1.0f);
    look.cosView = std::sqrt(1.0f - look.sinView * look.sinView);
    look.sinTilted = look.sinView * kCosShift - look.cosView * kSinShift;
    look.cosTilted = glm::abs(look.cosView * kCosShift + look.sinView * kSinShift);
    const float c = look.cosView;
    look.throughPower = 1.4593f + c * (0.1228f + c * 3.6782f);
    look.innerPower = 1.0f / (0.7001f + c * (-0.5140f + c * (-3.1410f + c * (5.0297f - c * 2.0246f))));

    const glm::vec3 reflected = fresnel(c * glm::sqrt(1.0f - kOffset2));
    const float cosInside2 = 1.0f - look.sinView * look.sinView / (kIndex * kIndex);
    const glm::vec3 chord =
        glm::sqrt((1.0f - kOffset2 * (c * c / (kIndex * kIndex * cosInside2))) / cosInside2);
    look.reflected = glm::dot(kRayShare, reflected);
    for (int i = 0; i < 3; ++i) {
        const float f = reflected[i];
        const glm::vec3 kept = glm::exp(-absorptionPerDiameter * chord[i]);
        const glm::vec3 through = kRayShare[i] * (1.0f - f) * (1.0f - f) * kept;
        const glm::vec3 inner = through * f * kept;
        look.through += through;
        look.inner += inner;
        look.rest += inner * f * kept / glm::max(1.0f - f * kept, glm::vec3(1e-6f));
    }
    return look;
}

FibreLight fibreLight(const FibreLook& look, float tangentDotLight, float lightDotView, float varianceRad2) {
    const float sinLight = std::clamp(tangentDotLight, -1.0f, 1.0f);
    const float cosLight = std::sqrt(1.0f - sinLight * sinLight);
    const float cosAzimuth = std::clamp(
        (lightDotView - sinLight * look.sinView) / std::max(cosLight * look.cosView, 1e-4f), -1.0f, 1.0f);
    const float cosHalf2 = 0.5f + 0.5f * cosAzimuth, sinHalf2 = 0.5f - 0.5f * cosAzimuth;

    // Along the hair. I0(x)·e^−x by a root of polynomials, exact at both ends and within 0.7 % between.
    const glm::vec4 variance = kVarianceRad2 + varianceRad2;
    const glm::vec4 product = cosLight * look.cosTilted, x = product / variance;
    const glm::vec4 bessel =
        glm::sqrt((1.0f + x * (0.62f + 0.77f * x)) / (1.0f + x * (2.62f + x * (2.6861f + 4.8381f * x))));
    // Around it, as a logarithm, so that one exponential serves both.
    const glm::vec4 around(0.0f, look.throughPower * std::log(std::max(sinHalf2, 1e-7f)),
                           look.innerPower * std::log(std::max(cosHalf2, 1e-7f)), 0.0f);
    const glm::vec4 lobe =
        bessel * glm::exp((product - sinLight * look.sinTilted - 1.0f) / variance + around) / variance;

    FibreLight light;
    light.reflected = lobe.x * 0.25f * std::sqrt(cosHalf2 + kBluntWidth2) *
                      fresnel(glm::vec3(look.cosView * std::sqrt(cosHalf2 + kBluntFresnel2))).x;
    // 1 ÷ ∫ sin^2m(φ/2) dφ ≈ √(m + ¼) ÷ 2√π.
    light.tinted = look.through * (lobe.y * 0.282095f * std::sqrt(look.throughPower + 0.25f)) +
                   look.inner * (lobe.z * 0.282095f * std::sqrt(look.innerPower + 0.25f)) +
                   look.rest * (lobe.w * 0.5f / kPi);
    return light;
}

glm::vec3 fibreAlbedo(const FibreLook& look) {
    return look.reflected + look.through + look.inner + look.rest;
}

glm::vec3 fibreForwardShare(const FibreLook& look) {
    // What TT sends back: the integral of its power of a sine over the rear half, fitted.
    return look.through * (1.0f - 0.42f * std::exp(-0.85f * look.throughPower)) +
           0.5f * (look.reflected + look.rest);
}

glm::vec3 multipleScattering(float opticalDepth, glm::vec3 forwardShare) {
    return glm::exp(-opticalDepth * (1.0f - forwardShare)) - std::exp(-opticalDepth);
}

}  // namespace stubble
