#include "engine/scene/dot_looks.h"

#include "engine/core/units.h"

namespace stubble {
namespace {

/// Loss round a fresh dot in red, green and blue, mm² of skin that gives nothing back: haemoglobin takes
/// hardly any red. 60 fresh dots/cm², a session's worth, take a twelfth of the green light. Spread over the
/// middle tail, about a millimetre. Working defaults, by eye.
constexpr glm::vec3 kErythemaMm2 = 0.14f * glm::vec3(0.05f, 1, 0.9f);
constexpr std::size_t kErythemaTail = 1;
constexpr float kErythemaAreaMm2 = 2 * kPi * kTailSigmaMm[kErythemaTail] * kTailSigmaMm[kErythemaTail];
/// Dried blood is red-brown: a crust leaves more of the red light than pigment does. Working default.
constexpr glm::vec3 kCrustTint = {0.87f, 1, 1};

}  // namespace

HairMelanin melaninOf(HairColour colour) {
    switch (colour) {
        case HairColour::black:
            return {8, 0};
        case HairColour::darkBrown:
            return kDarkBrownHair;
        case HairColour::brown:
            return {1.3, 0};
        case HairColour::blond:
            return {0.3, 0};
        case HairColour::red:
            // Mostly pheomelanin; amounts by eye, working defaults.
            return {0.2, 1.4};
    }
    return kDarkBrownHair;
}

DotLooks::DotLooks(const Design& design, const DotTable& table)
    : skin_(skinTone(table, design.skin.monk, design.skin.melaninPercent, design.skin.bloodPercent)),
      hair_(melaninOf(design.hair.colour)),
      optics_(table, skin_.pigments, design.smp.pigment, hair_),
      ageing_(design.time, design.smp.pigment, design.smp.sessions) {}

Result<std::shared_ptr<const DotLooks>> DotLooks::create(const Design& design) {
    STUBBLE_TRY(const std::shared_ptr<const DotTable> table, DotTable::shared());
    return std::shared_ptr<const DotLooks>(new DotLooks(design, *table));
}

DotProfile DotLooks::of(const Impressions& dots, std::size_t i) const {
    const AgedDot dot = ageing_.of({dots.diametersMm[i], dots.depthsMm[i], dots.loads[i]}, dots.sessions[i]);
    DotProfile profile = optics_.pigment(dot.diameterMm, dot.depthMm, dot.loadPercent);
    for (glm::vec3& loss : profile.coreLoss) loss *= glm::mix(glm::vec3(1), kCrustTint, dot.crust);
    profile.tailLoss[kErythemaTail] += dot.erythema / kErythemaAreaMm2 * kErythemaMm2;
    return profile;
}

}  // namespace stubble
