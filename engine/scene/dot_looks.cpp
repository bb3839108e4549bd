#include "engine/scene/dot_looks.h"

#include "engine/core/units.h"
#include "engine/optics/pigment.h"

namespace stubble {
namespace {

/// Where the primaries of sRGB see light, nm. Working defaults, as in the interim dot model.
constexpr glm::vec3 kPrimariesNm = {615, 550, 455};

/// Loss round a fresh dot in red, green and blue, mm² of skin that gives nothing back: haemoglobin takes
/// hardly any red. 60 fresh dots/cm², a session's worth, take a twelfth of the green light. Spread over the
/// middle tail, about a millimetre. Working defaults, by eye.
constexpr glm::vec3 kErythemaMm2 = 0.14f * glm::vec3(0.05f, 1, 0.9f);
constexpr std::size_t kErythemaTail = 1;
constexpr float kErythemaAreaMm2 = 2 * kPi * kTailSigmaMm[kErythemaTail] * kTailSigmaMm[kErythemaTail];
/// Dried blood is red-brown: a crust leaves more of the red light than pigment does. Working default.
constexpr glm::vec3 kCrustTint = {0.75f, 1, 1};

/// Light that a dot of this load stops, of what reaches it.
glm::vec3 stopped(PigmentBase base, float loadPercent, float thicknessMm) {
    glm::vec3 depth;
    for (int k = 0; k < 3; ++k) depth[k] = absorptionPerMm(base, loadPercent, kPrimariesNm[k]) * thicknessMm;
    return glm::vec3(1) - glm::exp(-depth);
}

}  // namespace

DotProfile DotLooks::of(const Impressions& dots, std::size_t i) const {
    const AgedDot dot = ageing_.of({dots.diametersMm[i], dots.depthsMm[i], dots.loads[i]}, dots.sessions[i]);
    DotProfile profile = pigmentDot(dot.diameterMm, dot.depthMm, dot.loadPercent);
    if (base_ != PigmentBase::carbon) {
        // The model of a dot is that of carbon; another base stops more or less of each primary.
        constexpr float kThicknessMm = 0.1f;
        const glm::vec3 tint = stopped(base_, dot.loadPercent, kThicknessMm) /
                               stopped(PigmentBase::carbon, dot.loadPercent, kThicknessMm);
        for (glm::vec3& loss : profile.coreLoss) loss *= tint;
        for (glm::vec3& loss : profile.tailLoss) loss *= tint;
    }
    for (glm::vec3& loss : profile.coreLoss) loss *= glm::mix(glm::vec3(1), kCrustTint, dot.crust);
    profile.tailLoss[kErythemaTail] += dot.erythema / kErythemaAreaMm2 * kErythemaMm2;
    return profile;
}

}  // namespace stubble
