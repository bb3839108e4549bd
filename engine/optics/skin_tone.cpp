#include "engine/optics/skin_tone.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/colour.h"

namespace stubble {
namespace {

constexpr std::array<std::uint32_t, 10> kSwatches = {0xf6ede4, 0xf3e7db, 0xf7ead0, 0xeadaba, 0xd7bd96,
                                                     0xa07e56, 0x825c43, 0x604134, 0x3a312a, 0x292420};
/// Tones 6 to 10: the melanin whose colour in the model is nearest to the swatch at the usual blood. Tones 1
/// to 5 are lighter than any skin of the model (Jacques' tissue gives back at most 55 % of red light), as
/// pictures show skin; theirs are working defaults in order.
constexpr std::array<float, 10> kMelaninPercent = {0.3f, 0.4f, 0.6f, 0.9f, 1.4f, 5, 10.7f, 21, 37, 44};

std::size_t indexOf(int tone) {
    return static_cast<std::size_t>(std::clamp(tone, 1, 10) - 1);
}

float linearFromByte(std::uint32_t byte) {
    const float v = static_cast<float>(byte) / 255;
    return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
}

/// The swatches are paint: the lighter ones have less red in them than any skin. Skin is shown rosier than
/// its swatch by kRosierDeltaE where the swatch is light, less than the ΔE2000 of 3 that a tone may be off.
/// Working default, by eye.
glm::vec3 rosier(glm::vec3 swatch) {
    constexpr float kRosierDeltaE = 2.3f;
    const glm::vec3 lab = labFromLinearSrgb(swatch), towards(-1.8f, 2.2f, -1.4f);
    float share = glm::smoothstep(15.0f, 60.0f, lab.x);
    share *= kRosierDeltaE / deltaE2000(lab, lab + towards);
    return glm::clamp(linearSrgbFromLab(lab + share * towards), 0.0f, 1.0f);
}

/// What the tones show over what the model says of their melanin, between the tones by its logarithm.
glm::vec3 shownOverModelled(const DotTable& table, float melaninPercent) {
    const auto ofTone = [&](std::size_t i) {
        const SkinPigments own{kMelaninPercent[i], kBloodPercent};
        return rosier(monkSwatch(static_cast<int>(i) + 1)) / colourOf(table.reflectance(own));
    };
    std::size_t i = 0;
    while (i + 2 < kMelaninPercent.size() && melaninPercent > kMelaninPercent[i + 1]) ++i;
    const float t =
        std::log(melaninPercent / kMelaninPercent[i]) / std::log(kMelaninPercent[i + 1] / kMelaninPercent[i]);
    return glm::mix(ofTone(i), ofTone(i + 1), std::clamp(t, 0.0f, 1.0f));
}

}  // namespace

glm::vec3 monkSwatch(int tone) {
    const std::uint32_t s = kSwatches[indexOf(tone)];
    return {linearFromByte(s >> 16), linearFromByte(s >> 8 & 255), linearFromByte(s & 255)};
}

SkinPigments monkPigments(int tone) {
    return {kMelaninPercent[indexOf(tone)], kBloodPercent};
}

SkinTone skinTone(const DotTable& table, int monk, float melaninPercent, float bloodPercent) {
    SkinTone tone{.pigments = monkPigments(monk)};
    if (melaninPercent > 0) tone.pigments.melaninPercent = melaninPercent;
    if (bloodPercent > 0) tone.pigments.bloodPercent = bloodPercent;
    const Spectrum reflectance = table.reflectance(tone.pigments);
    tone.colour = glm::clamp(colourOf(reflectance) * shownOverModelled(table, tone.pigments.melaninPercent),
                             0.0f, 1.0f);
    // A channel's distance: of the light that it is made of, by how much of it there is. The bands that a
    // primary's weights subtract belong to the others.
    const Spectrum radii = table.meanRadiusMm(tone.pigments);
    glm::vec3 sum(0), light(0);
    for (std::size_t band = 0; band < kBandCount; ++band) {
        const glm::vec3 part = glm::max(bandWeights()[band], glm::vec3(0)) * reflectance[band];
        sum += part * radii[band], light += part;
    }
    constexpr float kMeanRadiusOfBurley = 2.5f;
    tone.scatterMm = sum / light / kMeanRadiusOfBurley;
    return tone;
}

}  // namespace stubble
