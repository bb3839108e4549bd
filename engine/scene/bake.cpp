// From a design to everything that can be drawn: hair that is left → follicles → impressions.

#include "engine/core/random.h"
#include "engine/hair/growth_direction.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/scar.h"
#include "engine/scene/cached_stage.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

/// Streams of the design's seed. Their numbers are part of what a seed means: never reorder.
enum class Stream : std::uint64_t {
    hairline = 1,
    follicles = 2,
    impressions = 3,
    brows = 4,
    grafts = 5,
    concealer = 6
};

std::uint64_t seedOf(const Design& design, Stream stream) {
    return hashCounters(design.seed, static_cast<std::uint64_t>(stream));
}

/// Adds what a stage takes of the head.
void addHead(ByteWriter& inputs, const Head& head) {
    addMesh(inputs, head.mesh);
    inputs(head.landmarks);
}

/// Adds the values of all design keys that begin with `group`, "smp.".
void addKeys(ByteWriter& inputs, const Design& design, std::string_view group) {
    for (const DesignKey& key : designKeys())
        if (key.path.starts_with(group)) inputs(std::string_view(key.get(design).dump()));
}

constexpr auto kWhole = [](auto& value, auto& visit) { visit(value); };

constexpr auto kEachOfCandidates = [](auto& set, auto& visit) {
    visit(set.seed), visit(set.ranked), visit(set.deviates), visit(set.plan.nodes), visit(set.plan.order);
};

constexpr auto kEachOfFollicles = [](auto& follicles, auto& visit) { eachField(follicles, visit); };

Result<std::vector<float>> bakeHairShare(const Head& head, const HairLoss& loss) {
    ByteWriter inputs;
    addHead(inputs, head);
    inputs(loss);
    return cachedStage<std::vector<float>>(
        "hair-share", std::move(inputs), kWhole,
        [&]() -> Result<std::vector<float>> { return hairShare(head, loss); });
}

Result<Follicles> bakeFollicles(const Head& head, Design design, std::span<const float> share) {
    // Roots do not depend on the clipper or the colour, and on the loss only through the hair that is left: a
    // new length or a look at another stage finds the stored roots again.
    design.hair.lengthMm = HairDesign{}.lengthMm;
    design.hair.hoursSinceShave = HairDesign{}.hoursSinceShave;
    design.hair.colour = HairDesign{}.colour;
    static_cast<HairLoss&>(design.hair) = {};
    ByteWriter inputs;
    addHead(inputs, head);
    addKeys(inputs, design, "hair.");
    addKeys(inputs, design, "seed");
    inputs(share);
    return cachedStage<Follicles>("follicles", std::move(inputs), kEachOfFollicles, [&] {
        return growFollicles(head, share, design.hair, seedOf(design, Stream::follicles));
    });
}

/// No follicle stands in a scar, however small.
void clearScars(Follicles& follicles, const ScarsOnSkin& scars) {
    if (scars.empty()) return;
    keepFollicles(follicles, [&](std::size_t i) { return !scars.at(follicles.positionsMm[i]).isScar(); });
}

/// Moves the design's grafts, and adds the scars they leave to the client's own, and their hair to the share.
Result<void> bakeGrafts(Scene& scene, const Hairline& hairline, std::vector<float>& share) {
    const Head& head = *scene.head;
    if (scene.design.grafts.count == 0) return {};
    const std::uint64_t hairSeed = seedOf(scene.design, Stream::follicles);
    const std::vector<glm::vec3> growth = growthAtVertices(head, whorlsOf(head, scene.design.hair, hairSeed));
    STUBBLE_TRY(const Transplant done, transplant({&head, &hairline, share, growth}, scene.design.grafts,
                                                  seedOf(scene.design, Stream::grafts), scene.follicles));
    Follicles planted = scene.follicles;
    keepFollicles(planted, [&](std::size_t i) { return i >= done.firstPlanted; });
    const std::vector<float> added = shareOf(planted, head, scene.design.hair);
    for (std::size_t i = 0; i < share.size(); ++i)
        share[i] = std::min(share[i] + added[i], std::max(share[i], head.scalpMask[i]));
    scene.scars.insert(scene.scars.end(), done.scars.begin(), done.scars.end());
    clearScars(scene.follicles, ScarsOnSkin(head, scene.scars));
    return {};
}

void bakeConcealer(Scene& scene, const Hairline& hairline, std::span<const float> hairShare) {
    const ConcealerDesign& concealer = scene.design.concealer;
    if (concealer.kind == ConcealerKind::none) return;
    scene.concealerShare = concealerShare(*scene.head, hairline, hairShare);
    layFibres(scene);
    scene.concealerHides.resize(scene.concealerShare.size());
    for (std::size_t i = 0; i < scene.concealerHides.size(); ++i)
        scene.concealerHides[i] = hiddenSkin(concealer.kind, concealer.amount * scene.concealerShare[i]);
}

}  // namespace

void layFibres(Scene& scene) {
    const ConcealerDesign& concealer = scene.design.concealer;
    if (concealer.kind != ConcealerKind::fibres) return;
    scene.looseFibres =
        looseFibres(*scene.head, scene.concealerShare, concealer.amount,
                    growStrands(scene.follicles, scene.design.hair), seedOf(scene.design, Stream::concealer));
}

Result<Candidates> bakeCandidates(const Head& head, const Design& design) {
    const std::uint64_t seed = seedOf(design, Stream::impressions);
    ByteWriter inputs;
    addHead(inputs, head);
    inputs(seed);
    STUBBLE_TRY(CandidateSet set,
                cachedStage<CandidateSet>("candidates", std::move(inputs), kEachOfCandidates,
                                          [&]() -> Result<CandidateSet> {
                                              STUBBLE_TRY(auto ranked, sampleCandidates(head, seed));
                                              return CandidateSet(head, std::move(ranked), seed);
                                          }));
    return Candidates(head, std::move(set));
}

std::vector<HairRoot> hairRoots(const Follicles& follicles) {
    std::vector<HairRoot> roots(follicles.size());
    for (std::size_t i = 0; i < roots.size(); ++i)
        roots[i] = {follicles.positionsMm[i], follicles.normals[i], follicles.diametersUm[i] * 1e-3f};
    return roots;
}

Result<Hairline> designedHairline(const Head& head, const Design& design) {
    return Hairline::build(head, design.hairline, seedOf(design, Stream::hairline));
}

WhorlKind drawnWhorl(const Design& design) {
    if (design.hair.whorl != WhorlKind::seed) return design.hair.whorl;
    return whorlTurnOf(seedOf(design, Stream::follicles)) == WhorlTurn::clockwise ? WhorlKind::clockwise
                                                                                  : WhorlKind::anticlockwise;
}

Result<Scene> bakeScene(std::shared_ptr<const Head> head, const Design& design, Progress* progress) {
    ProgressPart part(progress, 0, 1);
    Scene scene;
    scene.head = head;
    scene.design = design;
    STUBBLE_TRY(scene.looks, DotLooks::create(design));
    part.report(0, "growing hair");
    STUBBLE_TRY(std::vector<float> share, bakeHairShare(*head, design.hair));
    const ScarsOnSkin scars(*head, design.skin.scars);
    std::vector<float> outsideScars = share;
    clearHairInScars(*head, scars, outsideScars);
    STUBBLE_TRY(scene.follicles, bakeFollicles(*head, design, outsideScars));
    clearScars(scene.follicles, scars);
    scene.scars = design.skin.scars;
    STUBBLE_TRY(Hairline hairline, designedHairline(*head, design));
    STUBBLE_CHECK(bakeGrafts(scene, hairline, share));
    bakeConcealer(scene, hairline, share);
    scene.brows = growBrows(*head, seedOf(design, Stream::brows));
    if (design.smp.enabled) {
        part.report(0.5, "placing impressions");
        STUBBLE_TRY(Candidates candidates, bakeCandidates(*head, design));
        ImpressionPlacer placer(head, std::move(candidates));
        placer.setSmp(design.smp);
        placer.setHairline(std::move(hairline));
        placer.setHair(share, hairRoots(scene.follicles));
        placer.setScars(scene.scars);
        STUBBLE_CHECK(placer.update());
        scene.impressions = placer.impressions();
    }
    part.report(1, "done");
    return scene;
}

}  // namespace stubble
