// Lattice order after Nelson and Halperin, "Dislocation-mediated melting in two dimensions", 1979, eq. 2.9:
// the mean of exp(ikθ) over bonds between neighbours.

#include "engine/jobs/lint_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <unordered_map>

#include "engine/core/colour.h"
#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/geometry/oriented_tree.h"
#include "engine/geometry/spread.h"
#include "engine/jobs/pigment_figures.h"
#include "engine/perception/mismatch.h"
#include "engine/perception/xyz.h"
#include "engine/render/skin_colour.h"
#include "engine/scalp/skull.h"
#include "engine/treatment/ageing.h"

namespace stubble {
namespace {

// Working defaults.
constexpr std::size_t kMinDots = 200;          ///< fewer are no treatment to judge
constexpr std::size_t kSamples = 400;          ///< dots that are looked at
constexpr std::size_t kMinHairlineDots = 100;  ///< in the front edge's zone: these frame the face
constexpr std::size_t kMinZoneSamples = 8;     ///< for a mean over a zone
// Of the local hexagonal spacing: who counts as next to a dot. Between a square lattice's sides, at 0.93, and
// its diagonals, at 1.32, which would cancel them.
constexpr float kBond = 1.15f;
constexpr float kEdgeStepMm = 0.5f;
constexpr float kMaxAgedRadiusMm = 0.4f;  // AgedDot

// ---- The hairline

/// The part of the line between the frontotemporal points, by arc.
struct Front {
    std::vector<float> arcsMm;                    ///< of the line's points
    std::size_t right = 0, middle = 0, left = 0;  ///< indices
};

std::size_t nearestIndex(const std::vector<glm::vec3>& line, glm::vec3 place) {
    const auto nearest =
        std::ranges::min_element(line, {}, [&](glm::vec3 p) { return glm::dot(p - place, p - place); });
    return static_cast<std::size_t>(nearest - line.begin());
}

Front frontOf(const Hairline& hairline) {
    const std::vector<glm::vec3>& line = hairline.lineMm();
    Front front;
    front.arcsMm.resize(line.size());
    for (std::size_t i = 1; i < line.size(); ++i)
        front.arcsMm[i] = front.arcsMm[i - 1] + glm::distance(line[i - 1], line[i]);
    front.right = nearestIndex(line, hairline.templesMm()[1]);
    front.left = nearestIndex(line, hairline.templesMm()[0]);
    if (front.right > front.left) std::swap(front.right, front.left);
    front.middle = front.right;
    for (std::size_t i = front.right; i <= front.left; ++i)
        if (std::abs(line[i].x) < std::abs(line[front.middle].x)) front.middle = i;
    return front;
}

/// How far the irregular edge lies before (above 0) or behind the smooth line.
float edgeMm(const Hairline& hairline, float arcMm) {
    return hairline.signedDistanceMm(PolylineDistance::Nearest{0, arcMm}, true);
}

float irregularityMm(const Hairline& hairline, const Front& front) {
    double sum = 0, squares = 0;
    int count = 0;
    for (float arc = front.arcsMm[front.right]; arc <= front.arcsMm[front.left]; arc += kEdgeStepMm) {
        const double edge = edgeMm(hairline, arc);
        sum += edge;
        squares += edge * edge;
        ++count;
    }
    if (count == 0) return 0;
    const double mean = sum / count;
    return static_cast<float>(std::sqrt(std::max(0.0, squares / count - mean * mean)));
}

float asymmetryMm(const Hairline& hairline, const Front& front) {
    const std::vector<glm::vec3>& line = hairline.lineMm();
    double squares = 0;
    int count = 0;
    for (std::size_t i = front.right; i < front.middle; ++i) {
        const auto mirrored = hairline.distance().nearest(line[i] * glm::vec3(-1, 1, 1));
        if (!mirrored) continue;
        const double edges = edgeMm(hairline, front.arcsMm[i]) - edgeMm(hairline, mirrored->arcMm);
        squares += static_cast<double>(mirrored->distanceMm) * mirrored->distanceMm + edges * edges;
        ++count;
    }
    return count == 0 ? 0 : static_cast<float>(std::sqrt(squares / count));
}

HairlineFigures figuresOf(const Hairline& hairline, const SkullGuides& guides) {
    const Front front = frontOf(hairline);
    const auto templeMm = [&](Side side) {
        return guides.foreheadArcAtHeightMm(side, 1, hairline.templesMm()[side == Side::left ? 0 : 1].y);
    };
    const float leftMm = templeMm(Side::left), rightMm = templeMm(Side::right);
    return {.heightMm = hairline.midpointHeightMm(),
            .featherMm = hairline.featherMm(),
            .irregularityMm = irregularityMm(hairline, front),
            .asymmetryMm = asymmetryMm(hairline, front),
            .templeMm = std::min(leftMm, rightMm),
            .recessMm = (leftMm + rightMm) / 2 - hairline.midpointHeightMm()};
}

// ---- Dots

using Patch = std::vector<std::uint32_t>;

/// The dots within kPatchRadiusMm of each of the given ones, on their side of the skin, themselves included:
/// one pass over all dots.
std::vector<Patch> patchesAround(const Impressions& dots, std::span<const std::uint32_t> centres) {
    const auto keyOf = [](glm::ivec3 cell) {
        const auto part = [](int c) { return static_cast<std::uint64_t>(c + (1 << 20)); };
        return part(cell.x) << 42 | part(cell.y) << 21 | part(cell.z);
    };
    const auto cellOf = [](glm::vec3 p) { return glm::ivec3(glm::floor(p / kPatchRadiusMm)); };
    std::unordered_map<std::uint64_t, Patch> centresOf;  ///< that may reach a cell
    for (std::uint32_t k = 0; k < centres.size(); ++k) {
        const glm::ivec3 cell = cellOf(dots.positionsMm[centres[k]]);
        for (int i = 0; i < 27; ++i)
            centresOf[keyOf(cell + glm::ivec3(i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1))].push_back(k);
    }
    std::vector<Patch> patches(centres.size());
    for (std::uint32_t i = 0; i < dots.size(); ++i) {
        const auto reached = centresOf.find(keyOf(cellOf(dots.positionsMm[i])));
        if (reached == centresOf.end()) continue;
        for (const std::uint32_t k : reached->second) {
            const glm::vec3 step = dots.positionsMm[i] - dots.positionsMm[centres[k]];
            if (glm::dot(step, step) <= kPatchRadiusMm * kPatchRadiusMm &&
                (i == centres[k] || shareSide(step, dots.normals[centres[k]], dots.normals[i])))
                patches[k].push_back(i);
        }
    }
    return patches;
}

constexpr float patchCm2() {
    return kPi * kPatchRadiusMm * kPatchRadiusMm / static_cast<float>(kMm2PerCm2);
}

/// The larger of |ψ4|, |ψ6| over the bonds of a patch; unset where it has too few.
std::optional<float> latticeOrder(const Impressions& dots, std::uint32_t centre, const Patch& patch) {
    constexpr std::size_t kMinBonds = 30;
    const float spacing = static_cast<float>(hexagonalSpacing(patchCm2() * kMm2PerCm2, patch.size()));
    const glm::vec3 normal = dots.normals[centre];
    const glm::vec3 axis = std::abs(normal.x) < 0.7f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
    const glm::vec3 y = glm::normalize(glm::cross(normal, axis)), x = glm::cross(y, normal);
    std::complex<float> square = 0, hexagonal = 0;
    std::size_t bonds = 0;
    for (std::size_t a = 0; a < patch.size(); ++a)
        for (std::size_t b = a + 1; b < patch.size(); ++b) {
            const glm::vec3 step = dots.positionsMm[patch[b]] - dots.positionsMm[patch[a]];
            if (glm::dot(step, step) > kBond * kBond * spacing * spacing) continue;
            const std::complex<float> bond(glm::dot(step, x), glm::dot(step, y));
            if (std::norm(bond) == 0) continue;
            const std::complex<float> unit = bond / std::abs(bond), fourth = unit * unit * unit * unit;
            square += fourth;
            hexagonal += fourth * unit * unit;
            ++bonds;
        }
    if (bonds < kMinBonds) return std::nullopt;
    return std::max(std::abs(square), std::abs(hexagonal)) / static_cast<float>(bonds);
}

/// Whether the dot, as it is on the day, reaches into a neighbour.
bool touchesAnother(const Ageing& ageing, const Impressions& dots, std::uint32_t centre, const Patch& patch) {
    const auto radiusMm = [&](std::uint32_t i) {
        return ageing.of({dots.diametersMm[i], dots.depthsMm[i], dots.loads[i]}, dots.sessions[i])
                   .diameterMm /
               2;
    };
    const float ownMm = radiusMm(centre);
    return std::ranges::any_of(patch, [&](std::uint32_t other) {
        const float awayMm = glm::distance(dots.positionsMm[centre], dots.positionsMm[other]);
        return other != centre && awayMm < ownMm + kMaxAgedRadiusMm && awayMm < ownMm + radiusMm(other);
    });
}

/// The share of light that is lost where specks that take so many mm² of black skin each stand at random.
float darknessOf(float lossMm2, float perCm2) {
    return 1 - std::exp(-lossMm2 * perCm2 / static_cast<float>(kMm2PerCm2));
}

/// Of even skin, seen straight on under the reference light.
glm::vec3 labShown(glm::vec3 albedo, float shine) {
    const float surface = surfaceReflection(shine + kScalpShine);
    return labFromLinearSrgb(displayedFromScene(kReferenceLevel * (surface + (1 - surface) * albedo)));
}

float noticedDarkeningOf(glm::vec3 albedo, float shine) {
    const auto jnd = static_cast<float>(Observer{}.colourJnd);
    const glm::vec3 bare = labShown(albedo, shine);
    float unseen = 0, seen = 1;
    constexpr int kHalvings = 12;
    for (int i = 0; i < kHalvings; ++i) {
        const float middle = 0.5f * (unseen + seen);
        (deltaE2000(bare, labShown((1 - middle) * albedo, shine)) < jnd ? unseen : seen) = middle;
    }
    return seen;
}

/// Of the values, which are put in order.
float quantileOf(std::vector<float>& values, double share) {
    std::ranges::sort(values);
    return values.empty() ? 0
                          : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

float meanOf(const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values) sum += value;
    return values.empty() ? 0 : static_cast<float>(sum / static_cast<double>(values.size()));
}

TreatmentFigures figuresOf(const Scene& scene) {
    const Impressions& dots = scene.impressions;
    const Design& design = scene.design;
    std::vector<std::uint32_t> centres(std::min(kSamples, dots.size()));
    for (std::size_t k = 0; k < centres.size(); ++k)
        centres[k] = static_cast<std::uint32_t>(k * dots.size() / centres.size());
    const std::vector<Patch> patches = patchesAround(dots, centres);

    const Ageing ageing(design.time, design.smp.pigment, design.smp.sessions);
    struct Sample {
        float perCm2 = 0, lossMm2 = 0, darkening = 0, order = -1;
        bool isMerged = false;
    };
    std::vector<Sample> samples(centres.size());
    const glm::vec3 albedo = albedoShownAs(scene.looks->skin().colour);
    parallelFor(samples.size(), [&](std::size_t k) {
        const DotProfile profile = scene.looks->of(dots, centres[k]);
        const float perCm2 = static_cast<float>(patches[k].size()) / patchCm2();
        samples[k] = {.perCm2 = perCm2,
                      .lossMm2 = luminance(integratedLossMm2(profile)),
                      .darkening = static_cast<float>(darkeningOf(profile, perCm2, albedo)),
                      .order = latticeOrder(dots, centres[k], patches[k]).value_or(-1),
                      .isMerged = touchesAnother(ageing, dots, centres[k], patches[k])};
    });

    TreatmentFigures figures;
    std::vector<float> densities, depths, orders, darknesses, front, middle;
    std::size_t merged = 0;
    double darkening = 0, cm2 = 0;
    for (std::size_t k = 0; k < samples.size(); ++k) {
        const Sample& sample = samples[k];
        const auto zone = static_cast<Zone>(dots.zones[centres[k]]);
        const float darkness = darknessOf(sample.lossMm2, sample.perCm2);
        densities.push_back(sample.perCm2);
        depths.push_back(dots.depthsMm[centres[k]]);
        darknesses.push_back(darkness);
        if (sample.order >= 0) orders.push_back(sample.order);
        if (zone == Zone::frontEdge) front.push_back(darkness);
        if (zone == Zone::forelock || zone == Zone::midScalp) middle.push_back(darkness);
        merged += sample.isMerged;
        // Where dots are sparse, each stands for more skin.
        darkening += double{sample.darkening} / double{sample.perCm2};
        cm2 += 1 / double{sample.perCm2};
    }
    constexpr double kFull = 0.75;
    figures.densityPerCm2 = quantileOf(densities, kFull);
    figures.depthMm = quantileOf(depths, 0.5);
    figures.mergedShare = static_cast<float>(merged) / static_cast<float>(samples.size());
    figures.latticeOrder = quantileOf(orders, 0.5);
    figures.darkness = quantileOf(darknesses, kFull);
    if (std::min(front.size(), middle.size()) >= kMinZoneSamples && meanOf(middle) > 0)
        figures.frontShare = meanOf(front) / meanOf(middle);

    figures.darkening = static_cast<float>(darkening / cm2);
    figures.noticedDarkening = noticedDarkeningOf(albedo, design.skin.shine);

    const HairTraits own = traitsOf(design.hair);
    const float hairLossMm2 = luminance(integratedLossMm2(scene.looks->ofShavedHair(own.diameterUm, 1))) *
                              (1 - design.hair.greyShare);
    figures.ownPerCm2 = std::max(own.densityPerCm2, traitsOf(design.hair.ancestry).densityPerCm2);
    figures.ownSpreadPerCm2 = own.densitySpreadPerCm2;
    figures.ownDarkness = darknessOf(hairLossMm2, own.densityPerCm2);
    return figures;
}

}  // namespace

LintFigures measureForLint(const Scene& scene) {
    LintFigures figures;
    const auto frontDots = static_cast<std::size_t>(
        std::ranges::count(scene.impressions.zones, static_cast<std::uint8_t>(Zone::frontEdge)));
    if (frontDots >= kMinHairlineDots || scene.design.grafts.count > 0)
        if (const auto hairline = designedHairline(*scene.head, scene.design))
            figures.hairline = figuresOf(*hairline, skullOf(*scene.head)->guides());
    if (scene.impressions.size() >= kMinDots) figures.dots = figuresOf(scene);
    return figures;
}

}  // namespace stubble
