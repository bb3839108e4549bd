#include "engine/optics/tissue.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {
namespace {

/// Molar extinction of oxygenated and deoxygenated haemoglobin, 1/(cm·mol/l), from 400 nm in steps of 10.
struct Extinction {
    float oxygenated, deoxygenated;
};
constexpr std::array<Extinction, 31> kHaemoglobin = {{
    {266232, 223296},  {466840, 303956},     {480360, 407560},     {246072, 528600},     {102580, 413280},
    {62816, 103292},   {44480, 23388.8f},    {33209.2f, 16156.4f}, {26629.2f, 14550},    {23684.4f, 16684},
    {20932.8f, 20862}, {20035.2f, 25773.6f}, {24202.4f, 31589.6f}, {39956.8f, 39036.4f}, {53236, 46592},
    {43016, 53412},    {32613.2f, 53788},    {44496, 45072},       {50104, 37020},       {14400.8f, 28324.4f},
    {3200, 14677.2f},  {1506, 9443.6f},      {942, 6509.6f},       {610, 5148.8f},       {442, 4345.2f},
    {368, 3750.12f},   {319.6f, 3226.56f},   {294, 2795.12f},      {277.6f, 2407.92f},   {276, 2051.96f},
    {290, 1794.28f},
}};
constexpr float kFirstNm = 400, kStepNm = 10;
constexpr float kHaemoglobinPerLitre = 150, kGramsPerMole = 64500;

}  // namespace

float baselineAbsorptionPerMm(float wavelengthNm) {
    return 0.0244f + 8.53f * std::exp(-(wavelengthNm - 154) / 66.2f);
}

float melanosomeAbsorptionPerMm(float wavelengthNm) {
    return 6.6e10f * std::pow(wavelengthNm, -3.33f);
}

float bloodAbsorptionPerMm(float wavelengthNm, float oxygenation) {
    const float at = std::clamp((wavelengthNm - kFirstNm) / kStepNm, 0.0f, float(kHaemoglobin.size() - 1));
    const auto i = std::min(static_cast<std::size_t>(at), kHaemoglobin.size() - 2);
    const float t = at - static_cast<float>(i);
    const auto mixed = [&](const Extinction& e) {
        return oxygenation * e.oxygenated + (1 - oxygenation) * e.deoxygenated;
    };
    const float extinction = (1 - t) * mixed(kHaemoglobin[i]) + t * mixed(kHaemoglobin[i + 1]);
    constexpr float kPerMmFromPerCm = 0.1f;
    return std::log(10.0f) * extinction * kHaemoglobinPerLitre / kGramsPerMole * kPerMmFromPerCm;
}

float reducedScatteringPerMm(float wavelengthNm) {
    return 2e4f * std::pow(wavelengthNm, -1.5f) + 2e11f * std::pow(wavelengthNm, -4.0f);
}

SkinAbsorption skinAbsorption(const SkinPigments& skin, float wavelengthNm, float widthNm) {
    SkinAbsorption mean;
    // Simpson's weights over the band: haemoglobin's peaks are as narrow as a band.
    constexpr std::array<float, 5> kWeights = {1 / 12.0f, 4 / 12.0f, 2 / 12.0f, 4 / 12.0f, 1 / 12.0f};
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        const float nm = wavelengthNm + widthNm * (static_cast<float>(i) / 4 - 0.5f);
        const float base = baselineAbsorptionPerMm(nm);
        mean.epidermisPerMm +=
            kWeights[i] * (base + 0.01f * skin.melaninPercent * melanosomeAbsorptionPerMm(nm));
        mean.dermisPerMm +=
            kWeights[i] * (base + 0.01f * skin.bloodPercent * bloodAbsorptionPerMm(nm, kOxygenation));
    }
    return mean;
}

LayeredTissue skinLayers(const SkinAbsorption& absorption, float wavelengthNm) {
    TissueLayer layer{.scatteringPerMm = reducedScatteringPerMm(wavelengthNm) / (1 - kSkinAnisotropy),
                      .anisotropy = kSkinAnisotropy,
                      .refractiveIndex = kSkinRefractiveIndex};
    TissueLayer epidermis = layer;
    epidermis.thicknessMm = kEpidermisMm;
    epidermis.absorptionPerMm = absorption.epidermisPerMm;
    layer.absorptionPerMm = absorption.dermisPerMm;
    return {epidermis, layer};
}

}  // namespace stubble
