// From a design to everything that can be drawn: hair that is left → follicles → impressions.

#include "engine/core/random.h"
#include "engine/hair/growth_direction.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/scar.h"
#include "engine/scene/cached_stage.h"
#include "engine/scene/design_inputs.h"
#include "engine/scene/scene_baker.h"

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

/// What roots depend on: not the clipper nor the colour, and the loss only through the hair that is left. A
/// new length or a look at another stage finds the stored roots again.
HairDesign rootsOnly(HairDesign hair) {
    hair.lengthMm = HairDesign{}.lengthMm;
    hair.hoursSinceShave = HairDesign{}.hoursSinceShave;
    hair.colour = HairDesign{}.colour;
    static_cast<HairLoss&>(hair) = {};
    return hair;
}

Result<Follicles> bakeFollicles(const Head& head, Design design, std::span<const float> share) {
    design.hair = rootsOnly(design.hair);
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

Result<SceneBaker::Grown> SceneBaker::growNatural(const Design& design,
                                                  const std::vector<float>& share) const {
    const ScarsOnSkin scars(*head_, design.skin.scars);
    std::vector<float> outsideScars = share;
    clearHairInScars(*head_, scars, outsideScars);
    Grown natural{share, {}, design.skin.scars};
    STUBBLE_TRY(natural.follicles, bakeFollicles(*head_, design, outsideScars));
    clearScars(natural.follicles, scars);
    return natural;
}

/// Moves the design's grafts, and adds the scars they leave to the client's own, and their hair to the share.
Result<SceneBaker::Grown> SceneBaker::plantGrafts(const Design& design, const Hairline& hairline,
                                                  const Grown& natural) const {
    Grown planted = natural;
    const std::uint64_t hairSeed = seedOf(design, Stream::follicles);
    const std::vector<glm::vec3> growth = growthAtVertices(*head_, whorlsOf(*head_, design.hair, hairSeed));
    STUBBLE_TRY(const Transplant done,
                transplant({head_.get(), &hairline, natural.share, growth}, design.grafts,
                           seedOf(design, Stream::grafts), planted.follicles));
    Follicles grafts = planted.follicles;
    keepFollicles(grafts, [&](std::size_t i) { return i >= done.firstPlanted; });
    const std::vector<float> added = shareOf(grafts, *head_, design.hair);
    for (std::size_t i = 0; i < added.size(); ++i)
        planted.share[i] =
            std::min(natural.share[i] + added[i], std::max(natural.share[i], head_->scalpMask[i]));
    planted.scars.insert(planted.scars.end(), done.scars.begin(), done.scars.end());
    clearScars(planted.follicles, ScarsOnSkin(*head_, planted.scars));
    return planted;
}

Result<Shared<SceneBaker::Grown>> SceneBaker::grown(const Design& design, const Shared<Hairline>& hairline) {
    ByteWriter loss;
    loss(static_cast<const HairLoss&>(design.hair));
    STUBBLE_TRY(const auto share, share_.tryOf(loss, [&] { return bakeHairShare(*head_, design.hair); }));
    Design roots;
    roots.hair = rootsOnly(design.hair);
    ByteWriter inputs;
    inputs(share.id());
    addKeys(inputs, roots, "hair.");
    addKeys(inputs, design, "skin.scars");
    addKeys(inputs, design, "seed");
    STUBBLE_TRY(const auto natural, natural_.tryOf(inputs, [&] { return growNatural(design, *share); }));
    if (design.grafts.count == 0) return natural;
    ByteWriter graftInputs;
    graftInputs(natural.id());
    graftInputs(hairline.id());
    addKeys(graftInputs, roots, "hair.");
    addKeys(graftInputs, design, "grafts.");
    addKeys(graftInputs, design, "seed");
    return planted_.tryOf(graftInputs, [&] { return plantGrafts(design, *hairline, *natural); });
}

const Shared<SceneBaker::Concealer>& SceneBaker::concealer(const Design& design,
                                                           const Shared<Hairline>& hairline,
                                                           const Shared<Grown>& grown) {
    const ConcealerDesign& wanted = design.concealer;
    ByteWriter inputs;
    addKeys(inputs, design, "concealer.");
    if (wanted.kind != ConcealerKind::none) {
        inputs(hairline.id());
        inputs(grown.id());
        addStrandKeys(inputs, design);
        addKeys(inputs, design, "seed");
    }
    return concealer_.of(inputs, [&] {
        Concealer made;
        if (wanted.kind == ConcealerKind::none) return made;
        made.share = concealerShare(*head_, *hairline, grown->share);
        made.hides.resize(made.share.size());
        for (std::size_t i = 0; i < made.hides.size(); ++i)
            made.hides[i] = hiddenSkin(wanted.kind, wanted.amount * made.share[i]);
        if (wanted.kind == ConcealerKind::fibres)
            made.fibres =
                looseFibres(*head_, made.share, wanted.amount, growStrands(grown->follicles, design.hair),
                            seedOf(design, Stream::concealer));
        return made;
    });
}

Result<Shared<Impressions>> SceneBaker::impressions(const Design& design, const Shared<Hairline>& hairline,
                                                    const Shared<Grown>& grown) {
    ByteWriter inputs;
    addKeys(inputs, design, "smp.");
    addKeys(inputs, design, "seed");
    inputs(hairline.id());
    inputs(grown.id());
    return impressions_.tryOf(inputs, [&]() -> Result<Impressions> {
        if (!design.smp.enabled) return Impressions{};
        ByteWriter seed;
        seed(seedOf(design, Stream::impressions));
        using Placer = std::unique_ptr<ImpressionPlacer>;
        STUBBLE_TRY(const Shared<Placer> shared, placer_.tryOf(seed, [&]() -> Result<Placer> {
            STUBBLE_TRY(Candidates candidates, bakeCandidates(*head_, design));
            return std::make_unique<ImpressionPlacer>(head_, std::move(candidates));
        }));
        ImpressionPlacer& placer = **shared;
        placer.setSmp(design.smp);
        placer.setHairline(*hairline);
        placer.setHair(grown->share, hairRoots(grown->follicles));
        placer.setScars(grown->scars);
        STUBBLE_CHECK(placer.update());
        return placer.impressions();
    });
}

Result<Scene> SceneBaker::bake(const Design& design, Progress* progress) {
    ProgressPart part(progress, 0, 1);
    Scene scene;
    scene.head = head_;
    scene.design = design;
    ByteWriter lookInputs;
    for (const std::string_view group : {"skin.monk", "skin.melaninPercent", "skin.bloodPercent",
                                         "hair.colour", "smp.pigment", "smp.sessions", "time."})
        addKeys(lookInputs, design, group);
    STUBBLE_TRY(const auto looks, looks_.tryOf(lookInputs, [&] { return DotLooks::create(design); }));
    scene.looks = *looks;
    part.report(0, "growing hair");
    ByteWriter lineInputs;
    addKeys(lineInputs, design, "hairline.");
    addKeys(lineInputs, design, "seed");
    STUBBLE_TRY(const auto hairline,
                hairline_.tryOf(lineInputs, [&] { return designedHairline(*head_, design); }));
    STUBBLE_TRY(const auto hair, grown(design, hairline));
    scene.follicles = hair->follicles;
    scene.scars = hair->scars;
    const Concealer& hidden = *concealer(design, hairline, hair);
    scene.concealerShare = hidden.share;
    scene.concealerHides = hidden.hides;
    scene.looseFibres = hidden.fibres;
    ByteWriter browInputs;
    addKeys(browInputs, design, "seed");
    scene.brows = *brows_.of(browInputs, [&] { return growBrows(*head_, seedOf(design, Stream::brows)); });
    if (design.smp.enabled) part.report(0.5, "placing impressions");
    STUBBLE_TRY(const auto placed, impressions(design, hairline, hair));
    scene.impressions = *placed;
    part.report(1, "done");
    return scene;
}

Result<Scene> bakeScene(std::shared_ptr<const Head> head, const Design& design, Progress* progress) {
    return SceneBaker(std::move(head)).bake(design, progress);
}

}  // namespace stubble
