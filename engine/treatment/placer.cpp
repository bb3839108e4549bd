// Kopf, Cohen-Or, Deussen and Lischinski, "Recursive Wang tiles for real-time blue noise", 2006: a ranked
// point set is thresholded by the density that is wanted.

#include "engine/treatment/placer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scalp/skull.h"
#include "engine/treatment/density.h"
#include "engine/treatment/pattern.h"

namespace stubble {
namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();

/// Borders of zones that differ are dithered over so much to either side; working default.
constexpr float kZoneBlurMm = 4;
constexpr float kMmPerChartUnit = 150;  // about: a quarter of a head's girth

/// A cluster's dots stand so many diameters apart: near enough for one tuft, far enough not to heal into one
/// plug. Working default, by eye.
constexpr float kTapDiameters = 1.6f;
/// Smallest distance in an even set to its hexagonal spacing.
constexpr float kEvenSpacing = 0.66f;
/// Hair crowds dots a little beyond the nominal density; working default.
constexpr float kCrowding = 1.25f;

constexpr std::uint64_t kZoneBlurStream = 0x7a6f6e65;

bool same(const BrushStroke& a, const BrushStroke& b) {
    return a.points == b.points && a.radiusMm == b.radiusMm && a.strength == b.strength &&
           a.softness == b.softness && a.level == b.level;
}
bool same(const Scar& a, const Scar& b) {
    return a.points == b.points && a.widthMm == b.widthMm && a.uptake == b.uptake;
}
bool same(const ZoneDesign& a, const ZoneDesign& b) {
    return a.density == b.density && a.size == b.size && a.shade == b.shade;
}

float largestSize(const SmpDesign& smp) {
    float largest = 0;
    for (const ZoneDesign& zone : smp.zones) largest = std::max(largest, zone.size);
    return largest;
}

}  // namespace

ImpressionPlacer::ImpressionPlacer(std::shared_ptr<const Head> head, Candidates candidates)
    : head_(std::move(head)),
      candidates_(std::move(candidates)),
      distances_(candidates_.tree, head_->chart),
      leafTouched_(candidates_.tree.leafCount(), 1),
      leafStrokes_(candidates_.tree.leafCount()),
      arrays_(candidates_) {
    const std::size_t count = candidates_.size();
    states_.keys.assign(count, kNever);
    states_.places.resize(count);
}

void ImpressionPlacer::setHairline(Hairline hairline) {
    hairline_ = std::move(hairline);
    lineTouched_ = true;
}

void ImpressionPlacer::setSmp(SmpDesign smp) {
    smp_ = std::move(smp);
}

void ImpressionPlacer::setHair(std::vector<float> vertexHairShare, std::vector<HairRoot> hairs) {
    if (vertexHairShare == hairShare_ && hairs == hairs_) return;
    hairShare_ = std::move(vertexHairShare);
    hairs_ = std::move(hairs);
    hairTouched_ = true;
}

void ImpressionPlacer::setScars(std::vector<Scar> scars) {
    if (std::equal(scars.begin(), scars.end(), scars_.begin(), scars_.end(),
                   [](const Scar& a, const Scar& b) { return same(a, b); }))
        return;
    scars_ = std::move(scars);
    scarsTouched_ = true;
}

float ImpressionPlacer::clusterRingMm() const {
    if (smp_.pattern != DotPattern::afro) return 0;
    float factor = 1;
    for (const ZoneDesign& zone : smp_.zones) factor = std::max(factor, zone.density);
    float dotsPerCm2 = candidates_.maxDensityPerCm2();
    if (smp_.count == 0) dotsPerCm2 = std::min(dotsPerCm2, kCrowding * factor * smp_.densityPerCm2);
    const float diameterMm = smp_.diameterMm * largestSize(smp_);
    const float clustersPerMm2 = std::max(dotsPerCm2, 1.0f) / 300;
    const float spacingMm = kEvenSpacing * std::sqrt(2 / (std::sqrt(3.0f) * clustersPerMm2));
    // The corners of a triangle stand √3 radii apart. Where there is no room for that, dots crowd together.
    return std::max(std::min(kTapDiameters * diameterMm / std::sqrt(3.0f), 0.5f * (spacingMm - diameterMm)),
                    0.1f * diameterMm);
}

void ImpressionPlacer::layGround(const GroundRules& rules) {
    const std::size_t count = candidates_.size();
    const std::span<const std::uint32_t> order = candidates_.tree.order();
    if (hairTouched_ || rules.blendMm != ground_.blendMm) {
        const std::vector<float>& mask = head_->craniumMask;
        std::vector<float> vertexMissing = mask;
        if (!hairShare_.empty()) {
            vertexMissing = missingHair(*head_, hairShare_, rules.blendMm);
            for (std::size_t i = 0; i < mask.size(); ++i) vertexMissing[i] *= mask[i];
        }
        missing_.resize(count), mask_.resize(count);
        parallelFor(count, [&](std::size_t s) {
            const SurfacePoint& point = candidates_.points[order[s]];
            const glm::uvec3 t = head_->mesh.triangles[point.triangle];
            const auto at = [&](const std::vector<float>& field) {
                return glm::dot(point.barycentric, glm::vec3(field[t.x], field[t.y], field[t.z]));
            };
            missing_[s] = at(vertexMissing), mask_[s] = at(mask);
        });
    }
    if (hairTouched_ || rules.clearMm > gapReachMm_) {
        gapReachMm_ = 2 * rules.clearMm;
        std::vector<glm::vec3> normals(count);
        for (std::size_t s = 0; s < count; ++s) normals[s] = candidates_.normals[order[s]];
        gapsMm_ = hairGapsMm(candidates_.tree, normals, hairs_, gapReachMm_);
    }
    const std::vector<float> open = openShares(candidates_.tree, gapsMm_, rules.clearMm);
    const ScarsOnSkin scars(*head_, scars_);
    share_.resize(count), fullShare_.resize(count);
    scarOf_.assign(count, 0);
    parallelFor(candidates_.tree.leafCount(), [&](std::size_t leaf) {
        for (std::size_t s = candidates_.tree.leaf(leaf).begin; s < candidates_.tree.leaf(leaf).end; ++s) {
            share_[s] = missing_[s] / open[leaf], fullShare_[s] = mask_[s] / open[leaf];
            if (!scars.empty()) {
                const ScarsOnSkin::Place place = scars.at(candidates_.tree.positionsMm()[s]);
                share_[s] = glm::mix(share_[s], fullShare_[s], place.share);
                if (place.isScar()) scarOf_[s] = static_cast<std::uint16_t>(place.scar + 1);
            }
            if (gapsMm_[s] < rules.clearMm) share_[s] = fullShare_[s] = 0;
        }
    });
    ground_ = rules;
    hairTouched_ = scarsTouched_ = false;
    std::fill(leafTouched_.begin(), leafTouched_.end(), std::uint8_t{1});
}

void ImpressionPlacer::layStrokes() {
    // Strokes are drawn and undone at the end of the list; all from the first that differs are laid anew.
    std::size_t kept = 0;
    while (kept < strokes_.size() && kept < smp_.strokes.size() && same(strokes_[kept], smp_.strokes[kept]))
        ++kept;
    if (kept == strokes_.size() && kept == smp_.strokes.size()) return;
    const auto visitBoxes = [&](const auto& visit) {
        for (std::size_t i = kept; i < strokesOnSkin_.size(); ++i)
            for (const Bounds& box : strokesOnSkin_[i].boxesMm())
                candidates_.tree.visitLeaves(
                    box, [&](std::size_t leaf) { visit(leaf, static_cast<std::uint32_t>(i)); });
    };
    visitBoxes([&](std::size_t leaf, std::uint32_t) {
        auto& list = leafStrokes_[leaf];
        list.erase(std::lower_bound(list.begin(), list.end(), kept), list.end());
        leafTouched_[leaf] = 1;
    });
    strokes_ = smp_.strokes;
    strokesOnSkin_.resize(strokes_.size());
    const std::shared_ptr<const Skull> skull = skullOf(*head_);
    parallelFor(
        strokes_.size() - kept,
        [&](std::size_t k) {
            const BrushStroke& stroke = strokes_[kept + k];
            strokesOnSkin_[kept + k] =
                layStroke(skull->tracer(), stroke.points, stroke.radiusMm, stroke.softness);
        },
        1);
    visitBoxes([&](std::size_t leaf, std::uint32_t stroke) {
        auto& list = leafStrokes_[leaf];
        if (list.empty() || list.back() != stroke) list.push_back(stroke);
        leafTouched_[leaf] = 1;
    });
}

DotPlace ImpressionPlacer::placeOf(std::size_t slot, float distanceMm) const {
    DotPlace place;
    const glm::vec2 chart = distances_.chart()[slot];
    place.zone = place.look = static_cast<std::uint8_t>(zoneAt(chart, distanceMm));
    place.scar = scarOf_[slot];
    if (place.scar > 0) {
        place.zone = place.look = static_cast<std::uint8_t>(Zone::scar);
    } else if (rules_.mixZones && distanceMm >= 0) {
        const std::uint64_t bits =
            hashCounters(candidates_.seed, kZoneBlurStream, candidates_.tree.order()[slot]);
        const auto blurMm = [&](int shift) {
            return kZoneBlurMm * (static_cast<float>((bits >> shift) & 0xffff) / 32768.0f - 1);
        };
        const glm::vec2 moved = chart + glm::vec2(blurMm(0), blurMm(16)) / kMmPerChartUnit;
        place.look = static_cast<std::uint8_t>(zoneAt(moved, std::max(distanceMm + blurMm(32), 0.0f)));
    }
    return place;
}

void ImpressionPlacer::weighLeaf(std::size_t leaf) {
    const PlaceTree::Node& node = candidates_.tree.leaf(leaf);
    const float most = candidates_.maxDensityPerCm2();
    for (std::size_t s = node.begin; s < node.end; ++s) {
        const std::uint32_t rank = candidates_.tree.order()[s];
        float key = kNever;
        if (fullShare_[s] > 0 && states_.densities[rank] <= most) {
            const float distanceMm = distances_.distancesMm()[s];
            const DotPlace place = placeOf(s, distanceMm);
            states_.places[rank] = place;
            // A zone that is to have none has none, whatever borders it.
            const float zone = rules_.densities[place.zone] > 0 ? rules_.densities[place.look] : 0;
            float share =
                share_[s] * hairlineShare(distanceMm - rules_.ringMm, rules_.featherMm, smp_) * zone;
            for (const std::uint32_t i : leafStrokes_[leaf])
                if (strokesOnSkin_[i].mayReach(candidates_.tree.positionsMm()[s]))
                    share = brushed(share, fullShare_[s], strokes_[i],
                                    strokesOnSkin_[i].shareAt(candidates_.tree.positionsMm()[s]));
            if (share > 0) key = states_.densities[rank] / share;
        }
        states_.keys[rank] = key;
    }
}

Result<Threshold> ImpressionPlacer::threshold() const {
    if (smp_.count == 0) return Threshold{smp_.densityPerCm2};
    // The smallest keys; ties by rank. Positive floats sort as the integers that have their bits.
    const std::size_t each = rules_.pattern == DotPattern::afro ? 3 : 1;
    const auto wanted = static_cast<std::size_t>(smp_.count);
    const std::size_t places = (wanted + each - 1) / each;
    std::vector<std::pair<float, std::uint32_t>> ranked;
    ranked.reserve(states_.keys.size());
    for (std::uint32_t i = 0; i < states_.keys.size(); ++i)
        if (states_.keys[i] < kNever) ranked.emplace_back(states_.keys[i], i);
    if (ranked.size() < places)
        return fail(ExitCode::badInput,
                    "smp.count: is {}, but only {} impressions find a place in this treatment", wanted,
                    ranked.size() * each);
    const auto last = ranked.begin() + static_cast<std::ptrdiff_t>(places - 1);
    std::nth_element(ranked.begin(), last, ranked.end());
    return Threshold{last->first, last->second, static_cast<std::uint32_t>(wanted - (places - 1) * each)};
}

DotRules ImpressionPlacer::dotRules(float ringMm) const {
    DotRules rules;
    rules.diameterMm = smp_.diameterMm, rules.diameterSpread = smp_.diameterSpread;
    rules.depthMm = smp_.depthMm, rules.depthSpreadMm = smp_.depthSpreadMm;
    rules.meanLoad = kLoadPercentTimesDilution / smp_.dilution, rules.loadSpread = smp_.loadSpread;
    rules.sessions = smp_.sessions;
    rules.sizes.fill(1), rules.shades.fill(1);
    for (int i = 0; i < kTreatedZoneCount; ++i)
        rules.sizes[i] = smp_.zones[i].size, rules.shades[i] = smp_.zones[i].shade;
    rules.uptakes = {1};
    for (const Scar& scar : scars_) rules.uptakes.push_back(scar.uptake);
    rules.clusters = smp_.pattern == DotPattern::afro;
    rules.ringMm = ringMm;
    return rules;
}

Result<void> ImpressionPlacer::update() {
    if (!smp_.enabled) {
        arrays_.clear();
        stale_ = true;
        return {};
    }
    if (smp_.sessions < 1 || smp_.sessions > kMaxSessions)
        return fail(ExitCode::badInput, "smp.sessions: is {}, expected 1 to {}", smp_.sessions, kMaxSessions);
    if (!hairShare_.empty() && hairShare_.size() != head_->mesh.positionsMm.size())
        return fail(ExitCode::badInput, "impressions: {} hair shares for {} vertices", hairShare_.size(),
                    head_->mesh.positionsMm.size());

    KeyRules rules;
    rules.pattern = smp_.pattern;
    rules.frontDensity = smp_.frontDensity, rules.gradientMm = smp_.gradientMm;
    rules.featherMm = hairline_ ? hairline_->featherMm() : 0;
    rules.ringMm = clusterRingMm();
    rules.densities.fill(1);
    for (int i = 0; i < kTreatedZoneCount; ++i) {
        rules.densities[i] = smp_.zones[i].density;
        rules.mixZones = rules.mixZones || !same(smp_.zones[i], smp_.zones[0]);
    }
    if (rules != rules_ || states_.densities.empty()) {
        const bool shuffled = states_.densities.empty() || rules.pattern != rules_.pattern;
        rules_ = rules;
        if (shuffled) states_.densities = patternDensities(candidates_, rules.pattern);
        std::fill(leafTouched_.begin(), leafTouched_.end(), std::uint8_t{1});
    }
    const GroundRules ground{smp_.blendMm, 0.5f * smp_.diameterMm * largestSize(smp_) + rules.ringMm};
    if (hairTouched_ || scarsTouched_ || ground != ground_) layGround(ground);
    const float reachMm =
        std::max({rules.gradientMm, rules.featherMm, kZoneReachMm + kZoneBlurMm}) + rules.ringMm;
    if (hairline_ && (lineTouched_ || reachMm != reachMm_)) {
        distances_.update(*hairline_, reachMm, leafTouched_);
        reachMm_ = reachMm;
        lineTouched_ = false;
    }
    layStrokes();
    std::atomic<bool> weighed = false;
    parallelFor(
        candidates_.tree.leafCount(),
        [&](std::size_t leaf) {
            if (!leafTouched_[leaf]) return;
            weighLeaf(leaf);
            leafTouched_[leaf] = 0;
            weighed.store(true, std::memory_order_relaxed);
        },
        16);
    stale_ = stale_ || weighed;

    STUBBLE_TRY(const Threshold limit, threshold());
    const DotRules dots = dotRules(rules.ringMm);
    if (stale_ || limit != threshold_ || dots != dotRules_) arrays_.write(states_, limit, dots);
    threshold_ = limit;
    dotRules_ = dots;
    stale_ = false;
    return {};
}

}  // namespace stubble
