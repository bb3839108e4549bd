#include "engine/optics/spectrum.h"

namespace stubble {
namespace {

/// Every 10 nm from 400: CIE D65 and the colour-matching functions x̄, ȳ, z̄.
constexpr std::array<glm::vec4, 31> kDaylightAndObserver = {{
    {82.75f, 0.0143f, 0.0004f, 0.0679f},  {91.49f, 0.0435f, 0.0012f, 0.2074f},
    {93.43f, 0.1344f, 0.0040f, 0.6456f},  {86.68f, 0.2839f, 0.0116f, 1.3856f},
    {104.86f, 0.3483f, 0.0230f, 1.7471f}, {117.01f, 0.3362f, 0.0380f, 1.7721f},
    {117.81f, 0.2908f, 0.0600f, 1.6692f}, {114.86f, 0.1954f, 0.0910f, 1.2876f},
    {115.92f, 0.0956f, 0.1390f, 0.8130f}, {108.81f, 0.0320f, 0.2080f, 0.4652f},
    {109.35f, 0.0049f, 0.3230f, 0.2720f}, {107.80f, 0.0093f, 0.5030f, 0.1582f},
    {104.79f, 0.0633f, 0.7100f, 0.0782f}, {107.69f, 0.1655f, 0.8620f, 0.0422f},
    {104.41f, 0.2904f, 0.9540f, 0.0203f}, {104.05f, 0.4334f, 0.9950f, 0.0087f},
    {100.00f, 0.5945f, 0.9950f, 0.0039f}, {96.33f, 0.7621f, 0.9520f, 0.0021f},
    {95.79f, 0.9163f, 0.8700f, 0.0017f},  {88.69f, 1.0263f, 0.7570f, 0.0011f},
    {90.01f, 1.0622f, 0.6310f, 0.0008f},  {89.60f, 1.0026f, 0.5030f, 0.0003f},
    {87.70f, 0.8544f, 0.3810f, 0.0002f},  {83.29f, 0.6424f, 0.2650f, 0},
    {83.70f, 0.4479f, 0.1750f, 0},        {80.03f, 0.2835f, 0.1070f, 0},
    {80.21f, 0.1649f, 0.0610f, 0},        {82.28f, 0.0874f, 0.0320f, 0},
    {78.28f, 0.0468f, 0.0170f, 0},        {69.72f, 0.0227f, 0.0082f, 0},
    {71.61f, 0.0114f, 0.0041f, 0},
}};

/// IEC 61966-2-1; columns X, Y, Z.
const glm::mat3 kSrgbFromXyz(3.2406f, -0.9689f, 0.0557f, -1.5372f, 1.8758f, -0.2040f, -0.4986f, 0.0415f,
                             1.0570f);

std::array<glm::vec3, kBandCount> computeWeights() {
    std::array<glm::vec3, kBandCount> weights{};
    glm::vec3 sum(0);
    for (std::size_t band = 0; band < weights.size(); ++band) {
        for (std::size_t k = 0; k < 3; ++k) {
            const glm::vec4& row = kDaylightAndObserver[2 * band + k];
            weights[band] += (k == 1 ? 1.0f : 0.5f) * row.x * glm::vec3(row.y, row.z, row.w);
        }
        weights[band] = kSrgbFromXyz * weights[band];
        sum += weights[band];
    }
    for (glm::vec3& weight : weights) weight /= sum;
    return weights;
}

}  // namespace

const std::array<glm::vec3, kBandCount>& bandWeights() {
    static const auto weights = computeWeights();
    return weights;
}

glm::vec3 colourOf(std::span<const float, kBandCount> reflectance) {
    glm::vec3 colour(0);
    for (std::size_t i = 0; i < kBandCount; ++i) colour += reflectance[i] * bandWeights()[i];
    return colour;
}

}  // namespace stubble
