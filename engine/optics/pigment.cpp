// Sources: Querry, "Optical constants", 1985 (contractor report CRDC-CR-85034): extinction k of hematite
// (ordinary ray) and magnetite. Bond and Bergstrom, "Light absorption by carbonaceous particles: an
// investigative review", 2006: carbon's k hardly changes over visible light. A bulk absorbs 4πk/λ.
#include "engine/optics/pigment.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace stubble {
namespace {

constexpr float kFirstNm = 400, kLastNm = 700, kStepNm = 25, kReferenceNm = 550;
/// Carbon in skin, 1/mm a percent of volume at 550 nm: 1.3e4/mm of solid. Working default; k = 0.79 of the
/// densest carbon gives 1.8e4.
constexpr float kAbsorptionPerPercent = 130;

/// At 400, 425, … 700 nm.
using Extinction = std::array<float, 13>;
constexpr Extinction kRedIronOxide = {1.294f, 1.202f, 1.020f, 0.842f, 0.675f, 0.576f, 0.498f,
                                      0.316f, 0.149f, 0.081f, 0.057f, 0.041f, 0.031f};
constexpr Extinction kBlackIronOxide = {0.062f, 0.030f, 0.032f, 0.059f, 0.071f, 0.087f, 0.105f,
                                        0.122f, 0.136f, 0.146f, 0.138f, 0.133f, 0.124f};
constexpr Extinction kCarbon = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/// Shares of the absorption at 550 nm; makers do not publish theirs. Working defaults.
struct Mixture {
    float carbon = 0, redIronOxide = 0, blackIronOxide = 0;
};
constexpr std::array<Mixture, kPigmentBaseCount> kMixtures = {{
    {.carbon = 1},
    {.carbon = 0.8f, .redIronOxide = 0.2f},
    {.carbon = 0.5f, .blackIronOxide = 0.5f},
    {.carbon = 0.5f, .redIronOxide = 0.5f},
}};

float relativeTo550(const Extinction& k, float wavelengthNm) {
    const float place = (wavelengthNm - kFirstNm) / kStepNm;
    const std::size_t i = std::min(static_cast<std::size_t>(place), k.size() - 2);
    const float t = place - static_cast<float>(i);
    constexpr std::size_t kReference = static_cast<std::size_t>((kReferenceNm - kFirstNm) / kStepNm);
    return (k[i] * (1 - t) + k[i + 1] * t) / k[kReference] * kReferenceNm / wavelengthNm;
}

}  // namespace

float relativeAbsorption(PigmentBase base, float wavelengthNm) {
    const float nm = std::clamp(wavelengthNm, kFirstNm, kLastNm);
    const Mixture& mixture = kMixtures[static_cast<std::size_t>(base)];
    return mixture.carbon * relativeTo550(kCarbon, nm) +
           mixture.redIronOxide * relativeTo550(kRedIronOxide, nm) +
           mixture.blackIronOxide * relativeTo550(kBlackIronOxide, nm);
}

float absorptionPerMm(PigmentBase base, float loadPercent, float wavelengthNm) {
    return kAbsorptionPerPercent * loadPercent * relativeAbsorption(base, wavelengthNm);
}

}  // namespace stubble
