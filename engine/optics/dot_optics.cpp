#include "engine/optics/dot_optics.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/optics/pigment.h"
#include "engine/optics/table_axis.h"

namespace stubble {
namespace {

constexpr std::size_t kLobes = kCoreLobes + kTailLobes;
constexpr std::size_t kDepths = kTableDepthsMm.size(), kDiameters = kTableDiametersMm.size(),
                      kAbsorptions = kTableAbsorptionsPerMm.size(), kSkins = kTableMelaninPercent.size();
// Loads of the fine lattice: 16 steps over four decades. Fainter dots than the first take in proportion.
constexpr std::size_t kLoads = 21;
constexpr float kLeastLoad = 0.005f, kMostLoad = 8;
constexpr std::size_t kFineDepths = 2 * kDepths - 1, kFineDiameters = 2 * kDiameters - 1;

/// By how much the reachable share must grow for lightLeft to agree best with transport through grids of
/// dots: fitted on 200 grids of 1 mm (bake_dots check --seed 1), other ones than the tests'.
const glm::vec3 kReachFit(1.12f, 1.23f, 1.12f);

float loadOf(std::size_t index) {
    return kLeastLoad * std::pow(kMostLoad / kLeastLoad, static_cast<float>(index) / (kLoads - 1));
}

struct Sample {
    float logLoss = 0;
    std::array<float, kLobes> shares{};
};

/// The table between its skins and absorptions.
Sample sampleTable(const DotTable& table, int band, const CubicWeights& skin, int shape, std::size_t diameter,
                   float absorptionPerMm) {
    const float place =
        placeOnAxis(kTableAbsorptionsPerMm, std::min(absorptionPerMm, kTableAbsorptionsPerMm.back()));
    const CubicWeights absorption = cubicAt(std::max(place, 0.0f), kAbsorptions);
    Sample sample;
    for (std::size_t s = 0; s < 4; ++s) {
        if (skin.weights[s] == 0) continue;
        for (std::size_t a = 0; a < 4; ++a) {
            const float weight = skin.weights[s] * absorption.weights[a];
            if (weight == 0) continue;
            const BandLoss& loss = table.dots[DotTable::dotIndex(band, skin.node(s, kSkins), shape, diameter,
                                                                 absorption.node(a, kAbsorptions))];
            sample.logLoss += weight * std::log(loss.lossMm2);
            for (std::size_t k = 0; k < kLobes; ++k) sample.shares[k] += weight * loss.shares[k];
        }
    }
    // So little pigment that twice as much takes twice as much.
    if (place < 0) sample.logLoss += std::log(absorptionPerMm / kTableAbsorptionsPerMm[0]);
    return sample;
}

/// ∫ core over the skin.
glm::vec3 coreMm2(const DotProfile& profile) {
    glm::vec3 sum(0);
    for (std::size_t k = 0; k < kCoreLobes; ++k)
        sum += 2 * kPi * profile.coreSigmaMm[k] * profile.coreSigmaMm[k] * profile.coreLoss[k];
    return sum;
}

/// ∫ (CH/F + H²/2F): by how much core and tails overlap.
glm::vec3 overlapMm2(const DotProfile& profile) {
    const auto together = [](float a, float b) { return 2 * kPi * a * a * b * b / (a * a + b * b); };
    glm::vec3 sum(0);
    for (std::size_t i = 0; i < kTailLobes; ++i) {
        for (std::size_t k = 0; k < kCoreLobes; ++k)
            sum +=
                profile.tailLoss[i] * profile.coreLoss[k] * together(kTailSigmaMm[i], profile.coreSigmaMm[k]);
        for (std::size_t k = 0; k < kTailLobes; ++k)
            sum +=
                0.5f * profile.tailLoss[i] * profile.tailLoss[k] * together(kTailSigmaMm[i], kTailSigmaMm[k]);
    }
    return sum / profile.reachable;
}

}  // namespace

DotOptics::DotOptics(const DotTable& table, const SkinPigments& skin, PigmentBase base,
                     const HairMelanin& hair) {
    const float melanin =
        std::clamp(skin.melaninPercent, kTableMelaninPercent.front(), kTableMelaninPercent.back());
    const CubicWeights skinPlace =
        cubicAt(placeOnAxis(kTableMelaninPercent, melanin, kMelaninOffset), kSkins);
    const Spectrum reflectance = table.reflectance(skin);
    const glm::vec3 bare = colourOf(reflectance);

    const auto node = [&](int shape, std::size_t diameter, std::size_t load) {
        Node result;
        float mean = 0;
        glm::vec3 reachable(0);
        for (int band = 0; band < kBandCount; ++band) {
            const float nm = bandCentreNm(band);
            const float absorption = shape == kShaftShape
                                         ? loadOf(load) * float(hairAbsorptionPerMm(hair, nm))
                                         : absorptionPerMm(base, loadOf(load), nm);
            const Sample sample = sampleTable(table, band, skinPlace, shape, diameter, absorption);
            const float lossMm2 = std::exp(sample.logLoss);
            mean += lossMm2 / kBandCount;
            const glm::vec3 light = bandWeights()[static_cast<std::size_t>(band)] *
                                    reflectance[static_cast<std::size_t>(band)] / bare;
            for (std::size_t k = 0; k < kLobes; ++k) result.lobes[k] += light * lossMm2 * sample.shares[k];
            float reached = 0;
            for (std::size_t s = 0; s < 4 && shape != kShaftShape; ++s)
                reached += skinPlace.weights[s] *
                           table.reachedShare[DotTable::reachedIndex(band, skinPlace.node(s, kSkins),
                                                                     static_cast<std::size_t>(shape))];
            reachable += light * reached;
        }
        if (shape != kShaftShape) result.reachable = reachable;
        for (glm::vec3& lobe : result.lobes) lobe /= mean;
        result.logLossMm2 = std::log(mean);
        return result;
    };
    std::vector<Node> coarse(kTableShapes * kDiameters * kLoads);
    parallelFor(
        coarse.size(),
        [&](std::size_t i) {
            coarse[i] =
                node(static_cast<int>(i / (kDiameters * kLoads)), i / kLoads % kDiameters, i % kLoads);
        },
        16);

    // Twice as many nodes along depth and diameter: between these, straight lines do.
    const auto between = [&](std::size_t shape, bool acrossDepths, std::size_t fineDepth,
                             std::size_t fineDiameter, std::size_t load) {
        const CubicWeights z = cubicAt(0.5f * static_cast<float>(fineDepth), kDepths);
        const CubicWeights d = cubicAt(0.5f * static_cast<float>(fineDiameter), kDiameters);
        Node sum{.reachable = glm::vec3(0)};
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < 4; ++j) {
                const float weight = (acrossDepths ? z.weights[i] : (i == 1 ? 1.0f : 0.0f)) * d.weights[j];
                if (weight == 0) continue;
                const std::size_t row = acrossDepths ? z.node(i, kDepths) : shape;
                const Node& from = coarse[(row * kDiameters + d.node(j, kDiameters)) * kLoads + load];
                sum.logLossMm2 += weight * from.logLossMm2;
                sum.reachable += weight * from.reachable;
                for (std::size_t k = 0; k < kLobes; ++k) sum.lobes[k] += weight * from.lobes[k];
            }
        return sum;
    };
    dots_.resize(kFineDepths * kFineDiameters * kLoads);
    parallelFor(dots_.size(), [&](std::size_t i) {
        dots_[i] = between(0, true, i / (kFineDiameters * kLoads), i / kLoads % kFineDiameters, i % kLoads);
    });
    shafts_.resize(kFineDiameters * kLoads);
    for (std::size_t i = 0; i < shafts_.size(); ++i)
        shafts_[i] = between(kShaftShape, false, 0, i / kLoads, i % kLoads);
}

DotProfile DotOptics::profile(const std::vector<Node>& nodes, std::size_t depths, float depthPlace,
                              float diameterMm, float loadPercent, float coreDepthMm) const {
    struct Step {
        std::size_t below;
        float t;
    };
    const auto stepAt = [](float place, std::size_t count) -> Step {
        const float inside = std::clamp(place, 0.0f, static_cast<float>(count - 1));
        const auto below = std::min(static_cast<std::size_t>(inside), count > 1 ? count - 2 : 0);
        return {below, inside - static_cast<float>(below)};
    };
    const Step z = stepAt(depthPlace, depths);
    const Step d = stepAt(2 * placeOnAxis(kTableDiametersMm, diameterMm), kFineDiameters);
    const float loadPlace =
        (kLoads - 1) * std::log(std::max(loadPercent, 1e-9f) / kLeastLoad) / std::log(kMostLoad / kLeastLoad);
    const Step p = stepAt(loadPlace, kLoads);
    Node node{.reachable = glm::vec3(0)};
    for (std::size_t corner = 0; corner < 8; ++corner) {
        const std::size_t i = corner & 1, j = corner >> 1 & 1, k = corner >> 2;
        const float weight = (i ? z.t : 1 - z.t) * (j ? d.t : 1 - d.t) * (k ? p.t : 1 - p.t);
        if (weight == 0) continue;
        const Node& from = nodes[((z.below + i) * kFineDiameters + d.below + j) * kLoads + p.below + k];
        node.logLossMm2 += weight * from.logLossMm2;
        node.reachable += weight * from.reachable;
        for (std::size_t l = 0; l < kLobes; ++l) node.lobes[l] += weight * from.lobes[l];
    }
    float lossMm2 = std::exp(node.logLossMm2);
    if (loadPercent < kLeastLoad) lossMm2 *= loadPercent / kLeastLoad;
    DotProfile result;
    result.coreSigmaMm = coreSigmasMm(coreDepthMm, diameterMm);
    const auto peak = [&](std::size_t lobe, float sigmaMm) {
        return node.lobes[lobe] * lossMm2 / (2 * kPi * sigmaMm * sigmaMm);
    };
    glm::vec3 tails(0);
    for (std::size_t k = 0; k < kTailLobes; ++k) {
        result.tailLoss[k] = peak(kCoreLobes + k, kTailSigmaMm[k]);
        tails += result.tailLoss[k];
    }
    result.reachable = glm::clamp(kReachFit * node.reachable, glm::vec3(0.02f), glm::vec3(1));
    // lightLeft takes C + H − CH/F − H²/2F + … where transport said C + H for this dot alone. Make up for it:
    // in the middle by the core, and over all the skin by the tails.
    const glm::vec3 own = glm::exp(-glm::max(tails, glm::vec3(0)) / result.reachable);
    for (std::size_t k = 0; k < kCoreLobes; ++k) result.coreLoss[k] = peak(k, result.coreSigmaMm[k]) / own;
    const glm::vec3 missingMm2 = overlapMm2(result) - coreMm2(result) * (1.0f - own);
    glm::vec3 tailMm2(0);
    for (std::size_t k = 0; k < kTailLobes; ++k)
        tailMm2 += 2 * kPi * kTailSigmaMm[k] * kTailSigmaMm[k] * result.tailLoss[k];
    for (int c = 0; c < 3; ++c) {
        if (tailMm2[c] <= 0) continue;
        const float scale = std::clamp(1 + missingMm2[c] / tailMm2[c], 0.5f, 2.0f);
        for (glm::vec3& tail : result.tailLoss) tail[c] *= scale;
    }
    // A fit may overshoot black in the middle: then the core is a little wider, with the same integral.
    glm::vec3 middle(0);
    for (const glm::vec3& loss : result.coreLoss) middle += loss;
    const float over = std::max(middle.r, std::max(middle.g, middle.b));
    if (over > 1)
        for (std::size_t k = 0; k < kCoreLobes; ++k) {
            result.coreSigmaMm[k] *= std::sqrt(over);
            result.coreLoss[k] /= over;
        }
    return result;
}

DotProfile DotOptics::pigment(float diameterMm, float depthMm, float loadPercent) const {
    const float depth = std::clamp(depthMm, kTableDepthsMm.front(), kTableDepthsMm.back());
    const float diameter = std::clamp(diameterMm, kTableDiametersMm.front(), kTableDiametersMm.back());
    return profile(dots_, kFineDepths, 2 * placeOnAxis(kTableDepthsMm, depth), diameter, loadPercent, depth);
}

DotProfile DotOptics::shavedHair(float diameterUm, float melanin) const {
    const float diameter =
        std::clamp(diameterUm * 1e-3f, kTableDiametersMm.front(), kTableDiametersMm.back());
    if (melanin <= 0) {
        DotProfile none;
        none.coreSigmaMm = coreSigmasMm(kShaftCoreDepthMm, diameter);
        return none;
    }
    return profile(shafts_, 1, 0, diameter, melanin, kShaftCoreDepthMm);
}

}  // namespace stubble
