#include "engine/render/arrays_baker.h"

#include <algorithm>
#include <array>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/geometry/openness.h"
#include "engine/render/near_points.h"
#include "engine/render/skin_vertices.h"
#include "engine/render/splats.h"
#include "engine/render/strand_records.h"
#include "engine/scene/cached_stage.h"
#include "engine/scene/design_inputs.h"

namespace stubble {
namespace {

/// Errors of the surface's coarser levels. Working default.
constexpr std::array kCoarserMm = {0.05f, 0.1f};

/// For clusteredSurface: of each vertex, what a step of 0.1 of shows.
std::vector<float> stepsThatShow(const Scene& scene, std::span<const HairCover> hair) {
    std::vector<float> values(hair.size(), 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!scene.head->scalpMask.empty()) values[i] += scene.head->scalpMask[i];
        if (!scene.concealerHides.empty()) values[i] += scene.concealerHides[i];
        values[i] += hair[i].layersPerMm * hair[i].lengthMm;
    }
    return values;
}

constexpr auto kEachOfSurface = [](ClusteredSurface& surface, auto& visit) {
    visit(surface.vertices), visit(surface.triangles);
    surface.levels.resize(1 + kCoarserMm.size());
    for (SurfaceLevel& level : surface.levels) visit(level.errorMm), visit(level.clusters);
};

ClusteredSurface storedSurface(const TriMesh& mesh, const std::vector<float>& shown) {
    ByteWriter inputs;
    addMesh(inputs, mesh);
    inputs(mesh.tints);
    inputs(shown);
    return *cachedStage<ClusteredSurface>(
        "surface", std::move(inputs), kEachOfSurface,
        [&]() -> Result<ClusteredSurface> { return clusteredSurface(mesh, shown, kCoarserMm); });
}

/// Marks the clusters that no dot's loss reaches.
void markBare(std::vector<SurfaceLevel>& levels, const Scene& scene) {
    // Past this the widest tail (kTailSigmaMm) has a thousandth of its peak left.
    constexpr float kReachMm = 9;
    std::vector<glm::vec3> placesMm = scene.impressions.positionsMm;
    placesMm.insert(placesMm.end(), scene.follicles.positionsMm.begin(), scene.follicles.positionsMm.end());
    const NearPoints dots(std::move(placesMm), kReachMm);
    for (SurfaceLevel& level : levels)
        parallelFor(level.clusters.size(), [&](std::size_t i) {
            SurfaceCluster& cluster = level.clusters[i];
            cluster.bare = !dots.any(cluster.centreMm, cluster.radiusMm + kReachMm);
        });
}

/// Whether each edge has a triangle on either side. Adds a hash of every edge one way round and takes off
/// that of the other: nothing is left when all are paired (but for a chance of 2⁻⁶⁴).
bool isClosed(const TriMesh& mesh) {
    std::uint64_t sum = 0;
    const auto add = [&sum](std::uint64_t from, std::uint64_t to) {
        sum += mixBits(from << 32 | to) - mixBits(to << 32 | from);
    };
    for (const glm::uvec3 t : mesh.triangles) add(t.x, t.y), add(t.y, t.z), add(t.z, t.x);
    return sum == 0;
}

template <typename... T>
void addArrays(ByteWriter& inputs, const std::vector<T>&... arrays) {
    (inputs(hashBytes(std::as_bytes(std::span(arrays)))), ...);
}

void addScars(ByteWriter& inputs, std::span<const Scar> scars) {
    for (const Scar& scar : scars) {
        inputs(scar.points);
        for (const float value :
             {scar.widthMm, scar.uptake, scar.paleness, scar.redness, scar.gloss, scar.reliefMm})
            inputs(value);
    }
}

}  // namespace

ArraysBaker::HeadPart ArraysBaker::headPart(const TriMesh& mesh) {
    return {ShadowCaster::of(mesh), boundsOf(mesh), isClosed(mesh)};
}

void ArraysBaker::addSurface(const Scene& scene, const Shared<Strands>& hairs, bool stored,
                             SceneArrays& arrays) {
    const TriMesh& mesh = scene.head->mesh;
    ByteWriter coverInputs;
    coverInputs(hairs.id());
    const auto& cover =
        cover_.of(coverInputs, [&] { return hairCoverAt(mesh.positionsMm, mesh.normals, *hairs); });
    ByteWriter shownInputs;
    shownInputs(cover.id());
    addArrays(shownInputs, scene.concealerHides);
    const auto& shown = shown_.of(shownInputs, [&] { return stepsThatShow(scene, *cover); });
    ByteWriter surfaceInputs;
    addArrays(surfaceInputs, *shown);
    const auto& surface = surface_.of(surfaceInputs, [&] {
        return stored ? storedSurface(mesh, *shown) : clusteredSurface(mesh, *shown, kCoarserMm);
    });
    const SkinTint tint = skinTintOf(scene, arrays);
    ByteWriter vertexInputs;
    vertexInputs(surface.id());
    vertexInputs(cover.id());
    addArrays(vertexInputs, scene.concealerHides);
    for (const float value : {tint.redness, tint.usualRedness, tint.albedo}) vertexInputs(value);
    if (!tint.hides.empty()) vertexInputs(tint.paint);
    arrays.vertices = vertices_.of(vertexInputs, [&] {
        return skinVertices(*scene.head, surface->vertices, tint, *cover, vertexOpenness(mesh));
    });
    ByteWriter triangleInputs;
    triangleInputs(surface.id());
    arrays.triangles = triangles_.of(triangleInputs, [&] { return surface->triangles; });
    ByteWriter levelInputs;
    levelInputs(surface.id());
    addArrays(levelInputs, scene.impressions.positionsMm, scene.follicles.positionsMm);
    arrays.levels = *levels_.of(levelInputs, [&] {
        std::vector<SurfaceLevel> levels = surface->levels;
        markBare(levels, scene);
        return levels;
    });
}

ArraysBaker::StrandPart ArraysBaker::strandPart(const Scene& scene, const Strands& hairs) {
    StrandPart arrays;
    const HairMelanin& melanin = scene.looks->hair();
    std::vector<shared::Strand> strands = scalpStrandRecords(hairs, melanin);
    for (const std::vector<shared::Strand>& more :
         {browRecords(scene.brows, melanin), fibreRecords(scene.looseFibres, hairs, melanin)})
        strands.insert(strands.end(), more.begin(), more.end());
    std::vector<glm::vec3> rootsMm, normals;
    rootsMm.reserve(strands.size()), normals.reserve(strands.size());
    for (const shared::Strand& strand : strands) {
        rootsMm.push_back(rootMm(strand)), normals.push_back(rootNormal(strand));
        arrays.longestHairMm = std::max(arrays.longestHairMm, lengthMm(strand));
        arrays.meanHairMm += diameterMm(strand) / static_cast<float>(strands.size());
    }
    arrays.strandGroups = splatGroups(rootsMm, normals);
    arrays.strands = std::move(strands);
    return arrays;
}

ArraysBaker::DotPart ArraysBaker::dotPart(const Scene& scene, ContentHash hairs) {
    dotStore_->update(scene, looksId_, hairs);
    const std::vector<const DotTile*>& tiles = dotStore_->tiles();
    DotPart arrays;
    std::vector<const DotRecords*> parts;
    glm::dvec3 reached(0), losses(0);
    MapRect rect;
    for (const DotTile* tile : tiles) {
        parts.push_back(&tile->records);
        reached += tile->reachedMm2, losses += tile->lossMm2;
        arrays.widestSigmaMm = std::max(arrays.widestSigmaMm, tile->widestSigmaMm);
        rect.add(tile->tails);
    }
    if (!tiles.empty()) arrays.reachable = glm::vec3(reached / losses);
    parallelDo(
        [&] {
            const std::vector<const TailDot*> come = dotStore_->tailsThatCame(),
                                              gone = dotStore_->tailsThatWent();
            std::optional<TailField> changed;
            if (come.size() + gone.size() < scene.impressions.size() + scene.follicles.size())
                changed = tailBaker_->change(rect, come, gone);
            arrays.tails = changed ? *std::move(changed) : tailBaker_->bake(rect, dotStore_->tails());
        },
        [&] {
            DotRecords records = joined(parts);
            arrays.dots = std::move(records.dots), arrays.dotLobes = std::move(records.lobes);
            arrays.dotTree = std::move(records.tree);
        });
    const TailField& tails = *arrays.tails;
    arrays.tailMap = tails.map;
    arrays.tailWindow = {tails.cornerMm, 1.0f / (tails.texelMm * glm::vec2(tails.width, tails.height))};
    return arrays;
}

SceneArrays ArraysBaker::bake(const Scene& scene, bool stored) {
    if (scene.head != head_) {
        *this = {};
        head_ = scene.head;
        const TailMap map = TailMap::of(*head_);
        dotStore_.emplace(map);
        tailBaker_.emplace(*head_, map);
    }
    if (scene.looks != looks_) looks_ = scene.looks, ++looksId_;
    const TriMesh& mesh = head_->mesh;
    SceneArrays arrays;
    addSkinFigures(scene, arrays);

    ByteWriter dotInputs, hairInputs, strandInputs;
    dotInputs(looksId_);
    const Impressions& i = scene.impressions;
    addArrays(dotInputs, i.positionsMm, i.normals, i.diametersMm, i.depthsMm, i.loads, i.sessions);
    eachField(scene.follicles, [&](const auto& values) { addArrays(hairInputs, values); });
    const ContentHash hairHash = hashBytes(hairInputs.bytes());
    dotInputs(hairHash);
    addStrandKeys(hairInputs, scene.design);
    const Shared<Strands> hairs =
        hairs_.of(hairInputs, [&] { return growStrands(scene.follicles, scene.design.hair); });
    strandInputs(hairs.id());
    strandInputs(scene.looks->hair());
    const Brows& brows = scene.brows;
    addArrays(strandInputs, brows.rootsMm, brows.middlesMm, brows.tipsMm, brows.normals, brows.diametersUm);
    const Strands& fibres = scene.looseFibres;
    addArrays(strandInputs, fibres.pointsMm, fibres.normals, fibres.lengthsMm, fibres.diametersUm,
              fibres.tipShares, fibres.melanin);

    Shared<HeadPart> head;
    Shared<DotPart> dots;
    Shared<StrandPart> strands;
    // Long stretches of these run on one thread.
    parallelDo([&] { addSurface(scene, hairs, stored, arrays); },
               [&] { dots = dotPart_.of(dotInputs, [&] { return dotPart(scene, hairHash); }); },
               [&] { strands = strandPart_.of(strandInputs, [&] { return strandPart(scene, *hairs); }); },
               [&] { head = headPart_.of({}, [&] { return headPart(mesh); }); });
    static_cast<DotFigures&>(arrays) = *dots;
    arrays.dots = dots->dots, arrays.dotLobes = dots->dotLobes, arrays.tails = dots->tails;
    static_cast<StrandFigures&>(arrays) = *strands;
    arrays.strands = strands->strands;
    arrays.shadow = head->shadow, arrays.closed = head->closed;
    arrays.boundsMinMm = head->boundsMm.minMm, arrays.boundsMaxMm = head->boundsMm.maxMm;

    ByteWriter scarInputs;
    scarInputs(arrays.tailMap);
    addScars(scarInputs, scene.scars);
    arrays.scars = scars_.of(scarInputs, [&] { return scarField(scene, arrays.tailMap); });
    return arrays;
}

SceneArrays SceneArrays::of(const Scene& scene, bool stored) {
    return ArraysBaker().bake(scene, stored);
}

}  // namespace stubble
