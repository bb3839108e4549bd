#include "engine/render/skin_vertices.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/hair/canopy.h"
#include "engine/optics/dot_table.h"
#include "engine/optics/fibre.h"
#include "engine/render/mottling.h"
#include "engine/render/skin_colour.h"

namespace stubble {
namespace {

/// Unevenness over 1 to 12 mm, of blood as a share of its mean and of melanin's own colour where it is
/// thinnest; working defaults, by eye.
constexpr float kFineBlood = 0.42f, kFreckles = 0.06f;

/// Share of each channel that the skin's blood takes. Haemoglobin takes green most, blue less, red hardly
/// (Jacques 1998, oxygenated blood at 550, 450, 610 nm).
constexpr glm::vec3 kBloodTakes(0.02f, 0.24f, 0.12f);

/// Blood is not even under the skin: patches of cm with more of it, redder and a little darker; finer ones
/// are the shader's. 1 on average at the default redness. Working default.
glm::vec3 mottle(glm::vec3 positionMm, float redness, float usualRedness) {
    const float patch = softNoise(positionMm, 22, 21) + 0.6f * softNoise(positionMm, 13, 22);
    return (1.0f - kBloodTakes * redness * (1.0f + 0.22f * patch)) / (1.0f - kBloodTakes * usualRedness);
}

/// As shaders/skin/light.frag: what comes round the head's own hollows, tinted by the skin it met.
float bounced(float openness, float albedo) {
    const float a = 2.0404f * albedo - 0.3324f, b = -4.7951f * albedo + 0.6417f,
                c = 2.7552f * albedo + 0.6903f;
    return std::min(std::max(openness, ((openness * a + b) * openness + c) * openness), 1.0f);
}

/// The openness that the shader makes so much less light of: hair hides sky but sends hardly any light on, as
/// the head's own skin does.
float opennessUnderHair(float openness, float albedo, float skyTransmittance) {
    const float light = skyTransmittance * bounced(openness, albedo);
    float low = 0, high = openness;
    for (int i = 0; i < 16; ++i) {
        const float middle = 0.5f * (low + high);
        (bounced(middle, albedo) < light ? low : high) = middle;
    }
    return 0.5f * (low + high);
}

/// Melanin above the blood hides it: on dark skin little of its red is seen. Working default.
float visibleBlood(glm::vec3 albedo) {
    constexpr float kFullyVisibleAlbedo = 0.4f;
    return std::min(albedo.g / kFullyVisibleAlbedo, 1.0f);
}

/// Albedo of a matte concealer: as dark as a deep heap of the hair it is for.
glm::vec3 paintAlbedo(const Scene& scene) {
    constexpr double kDiameterMm = 0.065;  // as the melanin figures are for
    const Fibre fibre{.absorptionPerDiameter = kDiameterMm * hairAbsorptionPerMm(scene.looks->hair())};
    // A deep heap of even scatterers (Hapke, "Bidirectional reflectance spectroscopy 1. Theory", 1981).
    const glm::dvec3 gamma = glm::sqrt(1.0 - glm::min(fibreAlbedo(fibre, 0, 1).sum(), 1.0));
    return glm::vec3((1.0 - gamma) / (1.0 + gamma));
}

}  // namespace

void addSkinFigures(const Scene& scene, SceneFigures& figures) {
    const SkinTone& tone = scene.looks->skin();
    const SkinDesign& skin = scene.design.skin;
    figures.skinAlbedo = albedoShownAs(tone.colour);
    figures.scatterMm = tone.scatterMm;
    figures.shine = skin.shine;
    figures.bloodMottling = kBloodTakes.g * skin.redness * visibleBlood(figures.skinAlbedo) * kFineBlood;
    figures.melaninMottling = kFreckles * std::sqrt(figures.skinAlbedo.g);
    if (scene.scars.empty()) return;
    // The palest scar keeps a part of the skin's melanin and vessels. Working defaults.
    constexpr float kMelaninLeft = 0.3f, kBloodLeft = 0.6f;
    if (const auto table = DotTable::shared())
        figures.paleAlbedo =
            albedoShownAs(skinTone(**table, skin.monk, kMelaninLeft * tone.pigments.melaninPercent,
                                   kBloodLeft * tone.pigments.bloodPercent)
                              .colour);
}

SkinTint skinTintOf(const Scene& scene, const SceneFigures& figures) {
    const float visible = visibleBlood(figures.skinAlbedo);
    return {scene.design.skin.redness * visible, SkinDesign{}.redness * visible, figures.skinAlbedo.g,
            paintAlbedo(scene) / figures.skinAlbedo, scene.concealerHides};
}

std::vector<SkinVertex> skinVertices(const Head& head, std::span<const std::uint32_t> order,
                                     const SkinTint& tint, std::span<const HairCover> hair,
                                     std::span<const float> openness) {
    const TriMesh& mesh = head.mesh;
    std::vector<SkinVertex> vertices(order.size());
    parallelFor(vertices.size(), [&](std::size_t place) {
        const std::size_t i = order[place];
        const glm::vec3 own = mesh.tints.empty() ? glm::vec3(1) : mesh.tints[i];
        const float hidden = tint.hides.empty() ? 0.0f : tint.hides[i];
        const glm::vec3 skin = own * mottle(mesh.positionsMm[i], tint.redness, tint.usualRedness);
        const glm::vec3 colour = glm::clamp(glm::mix(skin, tint.paint, hidden) / 1.25f, 0.0f, 1.0f);
        const float mask = head.scalpMask.empty() ? 1.0f : head.scalpMask[i];
        // What makes scalp oilier than face goes first.
        const float oil = 0.5f * (1 - hidden) + 0.5f * mask * std::max(1 - 4 * hidden, 0.0f);
        const HairCanopy canopy{1, hair[i].layersPerMm, hair[i].lengthMm, hair[i].direction, mesh.normals[i]};
        const float open = hair[i].layersPerMm > 0
                               ? opennessUnderHair(openness[i], tint.albedo, skyTransmittance(canopy))
                               : openness[i];
        const glm::vec4 normalOpenness(mesh.normals[i], open);
        vertices[place] = {mesh.positionsMm[i],
                           glm::i16vec4(glm::round(glm::clamp(normalOpenness, -1.0f, 1.0f) * 32767.0f)),
                           glm::u8vec4(glm::round(glm::vec4(colour, oil) * 255.0f)),
                           glm::i8vec4(glm::round(glm::vec4(hair[i].direction, 0) * 127.0f)),
                           hair[i].layersPerMm * hair[i].lengthMm};
    });
    return vertices;
}

}  // namespace stubble
