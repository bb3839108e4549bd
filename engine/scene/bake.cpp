// From a design to everything that can be drawn: hairline → hair that is left → follicles → treatment →
// impressions.

#include "engine/core/random.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/hairline.h"
#include "engine/scene/cached_stage.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/scene.h"
#include "engine/treatment/density.h"

namespace stubble {
namespace {

/// Streams of the design's seed. Their numbers are part of what a seed means: never reorder.
enum class Stream : std::uint64_t { hairline = 1, follicles = 2, impressions = 3, brows = 4 };

std::uint64_t seedOf(const Design& design, Stream stream) {
    return hashCounters(design.seed, static_cast<std::uint64_t>(stream));
}

/// Adds what a stage takes of the head.
void addHead(ByteWriter& inputs, const Head& head) {
    inputs(head.mesh.positionsMm);
    inputs(head.mesh.normals);
    inputs(head.mesh.triangles);
    inputs(head.landmarks);
}

/// Adds the values of all design keys that begin with `group`, "smp.".
void addKeys(ByteWriter& inputs, const Design& design, std::string_view group) {
    for (const DesignKey& key : designKeys())
        if (key.path.starts_with(group)) inputs(std::string_view(key.get(design).dump()));
}

constexpr auto kEachOfFollicles = [](auto& follicles, auto& visit) {
    visit(follicles.positionsMm);
    visit(follicles.normals);
    visit(follicles.directions);
    visit(follicles.diametersUm);
    visit(follicles.melanin);
    visit(follicles.units);
};

constexpr auto kEachOfImpressions = [](auto& dots, auto& visit) {
    visit(dots.positionsMm);
    visit(dots.normals);
    visit(dots.diametersMm);
    visit(dots.depthsMm);
    visit(dots.loads);
    visit(dots.sessions);
    visit(dots.zones);
    visit(dots.expectedCount);
    visit(dots.relativeSpacing);
};

/// The discs in which no dot may fall: a dot beside a hair, not on it.
std::vector<KeepClear> clearOf(const Follicles& follicles, float dotDiameterMm) {
    std::vector<KeepClear> discs(follicles.size());
    for (std::size_t i = 0; i < discs.size(); ++i)
        discs[i] = {follicles.positionsMm[i], follicles.normals[i],
                    0.5f * (dotDiameterMm + follicles.diametersUm[i] * 1e-3f)};
    return discs;
}

Result<Follicles> bakeFollicles(const Head& head, Design design, std::span<const float> hairsPerCm2) {
    // Roots do not depend on the clipper, and on the loss pattern only through the densities: a new length or
    // a look at another stage finds the stored roots again.
    design.hair.lengthMm = HairDesign{}.lengthMm;
    design.hair.norwood = HairDesign{}.norwood;
    ByteWriter inputs;
    addHead(inputs, head);
    addKeys(inputs, design, "hair.");
    addKeys(inputs, design, "seed");
    inputs(hairsPerCm2);
    return cachedStage<Follicles>("follicles", std::move(inputs), kEachOfFollicles, [&] {
        return growFollicles(head, hairsPerCm2, design.hair, seedOf(design, Stream::follicles));
    });
}

Result<Impressions> bakeImpressions(const Head& head, const Design& design, const HairlineField& hairline,
                                    std::span<const float> dotsPerCm2, const Follicles& follicles) {
    const std::vector<KeepClear> clear = clearOf(follicles, design.smp.diameterMm);
    ByteWriter inputs;
    addHead(inputs, head);
    addKeys(inputs, design, "smp.");
    addKeys(inputs, design, "seed");
    inputs(hairline.signedDistanceMm);
    inputs(dotsPerCm2);
    inputs(clear);
    return cachedStage<Impressions>("impressions", std::move(inputs), kEachOfImpressions, [&] {
        return placeImpressions(head, dotsPerCm2, design.smp, clear, seedOf(design, Stream::impressions),
                                &hairline);
    });
}

}  // namespace

Result<Scene> bakeScene(std::shared_ptr<const Head> head, const Design& design, Progress* progress) {
    ProgressPart part(progress, 0, 1);
    Scene scene;
    scene.head = head;
    scene.design = design;
    part.report(0, "drawing the hairline");
    STUBBLE_TRY(const Hairline hairline,
                Hairline::build(*head, design.hairline, seedOf(design, Stream::hairline)));
    const HairlineField edge = hairlineField(*head, hairline);
    const std::vector<float> share = hairShare(*head, design.hair.norwood);
    part.report(0.2, "growing hair");
    std::vector<float> hairsPerCm2 = share;
    for (float& hairs : hairsPerCm2) hairs *= design.hair.densityPerCm2;
    STUBBLE_TRY(scene.follicles, bakeFollicles(*head, design, hairsPerCm2));
    scene.brows = growBrows(*head, seedOf(design, Stream::brows));
    part.report(0.5, "placing impressions");
    STUBBLE_TRY(const std::vector<float> dotsPerCm2, treatmentDensity(*head, edge, share, design.smp));
    STUBBLE_TRY(scene.impressions, bakeImpressions(*head, design, edge, dotsPerCm2, scene.follicles));
    part.report(1, "done");
    return scene;
}

}  // namespace stubble
