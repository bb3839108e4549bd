// Sources: docs/sources.md, hair.
#include "engine/hair/grafts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/blue_noise.h"
#include "engine/hair/growth_direction.h"
#include "engine/hair/hair_cover.h"
#include "engine/hair/regional_density.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

// Working defaults, unless said otherwise.
/// The donor area in the chart: behind the ears, above the nape's border, below the crown.
constexpr float kDonorMaxY = -0.12f, kDonorMinRadius = 0.64f, kDonorMaxRadius = 1.02f, kDonorEdge = 0.12f;
constexpr float kDonorMostShare = 0.5f;  // of the donor area's units that may be taken
constexpr float kLeastReachMm = 100;     // of hair worth planting: miniaturised hair is not
constexpr float kDensestPerCm2 = 80;     // that units can be planted: as they stand by nature
constexpr float kSinglesMm = 8;          // single hairs in the first 5 to 10 mm behind the hairline
constexpr float kFrontShare = 0.4f;      // of the density at the very edge
constexpr float kFullToMm = 25, kSparseFromMm = 120,
                kSparseShare = 0.35f;                        // dense in front, thin at the back
constexpr float kUnitTurnDegrees = 7, kHairTurnDegrees = 3;  // as follicles.cpp
/// Plugs: 4 mm wide, 10 to 20 hairs (punches of the 1960s to 1980s).
constexpr float kPlugRadiusMm = 2, kPlugPitchMm = 6.5f, kPlugDonorPitchMm = 5, kPlugRiseDegrees = 70;
constexpr float kPlugShrinks = 0.75f;  // while it heals
constexpr int kLeastPlugHairs = 10, kMostPlugHairs = 20;
constexpr float kRowTolerance = 0.5f;  // mm, how straight a hand sets a row
constexpr float kPlugSitesPerCm2 = 200;
constexpr float kSkullMm = kSkullRadiusMm;
/// Scars. A strip gives 80 units/cm² and is 12 mm wide until it is as long as the back of the head.
constexpr float kPunchScarMm = 0.9f, kPlugScarMm = 3.5f, kStripUnitsPerCm2 = 80, kStripWidthMm = 12;
constexpr float kLeastStripMm = 40, kMostStripMm = 260, kStripScarMm = 2, kMostStripScarMm = 10;
constexpr float kStripRadius = 0.87f;   // of its line in the chart
constexpr int kMostStripDegrees = 100;  // of it to either side: behind the ears

enum Stream : std::uint64_t { sites = 0x67726166, unitTurn, hairTurn, rise, survival, plugHairs };

/// Hairs of `follicles` that are taken together, and where they stood.
struct Graft {
    std::vector<std::uint32_t> hairs;
    glm::vec3 centreMm{0};
};

struct Site {
    SurfacePoint point;
    glm::vec3 positionMm{0}, normal{0};
    float behindMm = 0;  ///< behind the hairline
};

float deviate(std::uint64_t seed, Stream stream, std::uint64_t index) {
    const float normal = normalDeviate(unitFloat(hashCounters(seed, stream, 2 * index)),
                                       unitFloat(hashCounters(seed, stream, 2 * index + 1)));
    return std::clamp(normal, -3.0f, 3.0f);
}

/// The donor area's units in the order in which they are taken. Their numbers are ranks: any first so many of
/// them are even.
std::vector<Graft> donorUnits(const Head& head, const Follicles& follicles) {
    struct Ranked {
        float key;
        Graft unit;
    };
    std::vector<Ranked> ranked;
    for (std::uint32_t i = 0; i < follicles.size();) {
        Graft unit;
        glm::vec3 sum(0);
        bool lasts = true;
        for (const std::uint32_t number = follicles.units[i];
             i < follicles.size() && follicles.units[i] == number; ++i) {
            unit.hairs.push_back(i);
            sum += follicles.positionsMm[i];
            lasts = lasts && follicles.reachMm[i] >= kLeastReachMm;
        }
        unit.centreMm = sum / static_cast<float>(unit.hairs.size());
        const float share = donorShare(head.chart.chartFromMm(unit.centreMm));
        if (lasts && share > 0)
            ranked.push_back({static_cast<float>(follicles.units[i - 1]) / share, std::move(unit)});
    }
    std::ranges::stable_sort(ranked, {}, &Ranked::key);
    std::vector<Graft> units;
    for (Ranked& each : ranked) units.push_back(std::move(each.unit));
    return units;
}

/// Round pieces of the donor area, apart from one another.
std::vector<Graft> donorPlugs(const Head& head, const Follicles& follicles, std::span<const Graft> units) {
    std::vector<Graft> plugs;
    for (const Graft& unit : units) {
        const bool isFree = std::ranges::all_of(plugs, [&](const Graft& plug) {
            return glm::distance(plug.centreMm, unit.centreMm) >= kPlugDonorPitchMm;
        });
        if (isFree) plugs.push_back({{}, unit.centreMm});
    }
    for (std::uint32_t i = 0; i < follicles.size(); ++i) {
        if (donorShare(head.chart.chartFromMm(follicles.positionsMm[i])) <= 0) continue;
        for (Graft& plug : plugs)
            if (glm::distance(plug.centreMm, follicles.positionsMm[i]) < kPlugRadiusMm)
                plug.hairs.push_back(i);
    }
    return plugs;
}

/// The density of grafts relative to the densest, so far behind the hairline and where so much hair is lost.
float wanted(float behindMm, float lost) {
    if (behindMm < 0) return 0;
    const float front = glm::mix(kFrontShare, 1.0f, glm::smoothstep(0.0f, kSinglesMm, behindMm));
    const float back = glm::mix(1.0f, kSparseShare, glm::smoothstep(kFullToMm, kSparseFromMm, behindMm));
    return lost * front * back;
}

std::vector<float> lostShares(const GraftGround& ground) {
    const Head& head = *ground.head;
    std::vector<float> lost(ground.hairShare.size());
    for (std::size_t i = 0; i < lost.size(); ++i)
        lost[i] = std::clamp(head.craniumMask[i] - ground.hairShare[i], 0.0f, 1.0f);
    return lost;
}

float blend(const TriMesh& mesh, std::span<const float> values, const SurfacePoint& point) {
    const glm::uvec3 t = mesh.triangles[point.triangle];
    return point.barycentric.x * values[t.x] + point.barycentric.y * values[t.y] +
           point.barycentric.z * values[t.z];
}

/// Even places where hair is lost, up to a density.
struct Places {
    BlueNoise points;
    SampledRegion region;
};
Result<Places> placesAt(const TriMesh& mesh, std::span<const float> lost, float perCm2, bool ranked,
                        std::uint64_t seed) {
    std::vector<std::uint32_t> triangles;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        if (lost[t.x] + lost[t.y] + lost[t.z] > 0) triangles.push_back(i);
    }
    Places places;
    if (triangles.empty()) return places;
    places.region = SampledRegion(mesh, triangles);
    BlueNoiseOptions options;
    options.seed = hashCounters(seed, Stream::sites);
    options.count = static_cast<std::size_t>(std::ceil(perCm2 * places.region.areaMm2 / kMm2PerCm2));
    options.ranked = ranked;
    options.triangles = triangles;
    STUBBLE_TRY(places.points, sampleBlueNoise(mesh, options));
    return places;
}

Result<std::vector<Site>> unitSites(const GraftGround& ground, std::size_t count, float setbackMm,
                                    std::uint64_t seed) {
    const TriMesh& mesh = ground.head->mesh;
    const std::vector<float> lost = lostShares(ground);
    STUBBLE_TRY(const Places places, placesAt(mesh, lost, kDensestPerCm2, true, seed));
    // The density, relative to the wanted one, at which a place comes in: the first `count` are the set.
    struct Ranked {
        float key;
        Site site;
    };
    std::vector<Ranked> ranked;
    for (std::size_t i = 0; i < places.points.size(); ++i) {
        const SurfacePoint& point = places.points.points[i];
        const glm::vec3 positionMm = places.points.positionsMm[i];
        const float behindMm = ground.hairline->signedDistanceMm(positionMm) - setbackMm;
        const float share = wanted(behindMm, blend(mesh, lost, point));
        const auto density = static_cast<float>(places.region.densityPerCm2(double(i) + 0.5));
        if (density <= kDensestPerCm2 * share)
            ranked.push_back({density / share, {point, positionMm, places.points.normals[i], behindMm}});
    }
    if (ranked.size() < count)
        return fail(
            ExitCode::badInput,
            "grafts.count: {} grafts, but there is room for {} where hair is lost behind the hairline", count,
            ranked.size());
    std::ranges::stable_sort(ranked, {}, &Ranked::key);
    std::vector<Site> sites;
    for (std::size_t i = 0; i < count; ++i) sites.push_back(ranked[i].site);
    return sites;
}

/// Rows along the smooth hairline.
Result<std::vector<Site>> plugSites(const GraftGround& ground, std::size_t count, float setbackMm,
                                    std::uint64_t seed) {
    const TriMesh& mesh = ground.head->mesh;
    const std::vector<float> lost = lostShares(ground);
    STUBBLE_TRY(const Places places, placesAt(mesh, lost, kPlugSitesPerCm2, false, seed));
    struct Place {
        int row;
        float arcMm;
        Site site;
    };
    std::vector<Place> candidates;
    for (std::size_t i = 0; i < places.points.size(); ++i) {
        const glm::vec3 positionMm = places.points.positionsMm[i];
        if (blend(mesh, lost, places.points.points[i]) < 0.5f) continue;
        if (!isInside(ground.hairline->region(), ground.head->chart.chartFromMm(positionMm))) continue;
        const auto nearest = ground.hairline->distance().nearest(positionMm);
        if (!nearest) continue;
        const float rows = (nearest->distanceMm - setbackMm - kPlugRadiusMm) / kPlugPitchMm;
        if (rows < -0.5f) continue;
        const int row = static_cast<int>(std::lround(rows));
        if (std::abs(rows - static_cast<float>(row)) * kPlugPitchMm > kRowTolerance) continue;
        candidates.push_back(
            {row,
             nearest->arcMm,
             {places.points.points[i], positionMm, places.points.normals[i], nearest->distanceMm}});
    }
    std::ranges::sort(candidates, {}, [](const Place& place) { return std::pair(place.row, place.arcMm); });
    std::vector<Site> sites;
    for (const Place& place : candidates) {
        if (sites.size() == count) break;
        const bool isFree = std::ranges::all_of(sites, [&](const Site& site) {
            return glm::distance(site.positionMm, place.site.positionMm) >= kPlugPitchMm - kRowTolerance;
        });
        if (isFree) sites.push_back(place.site);
    }
    if (sites.size() < count)
        return fail(ExitCode::badInput,
                    "grafts.count: {} plugs, but there is room for {} where hair is lost behind the hairline",
                    count, sites.size());
    return sites;
}

/// Units with few hairs stand in front.
void singlesInFront(std::span<const Site> sites, std::vector<Graft>& grafts) {
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < sites.size(); ++i)
        if (sites[i].behindMm < kSinglesMm) front.push_back(i);
    std::ranges::stable_sort(front, {}, [&](std::size_t i) { return sites[i].behindMm; });
    std::vector<std::size_t> bySize(grafts.size());
    for (std::size_t i = 0; i < bySize.size(); ++i) bySize[i] = i;
    std::ranges::stable_sort(bySize, {}, [&](std::size_t i) { return grafts[i].hairs.size(); });
    std::vector<Graft> ordered(grafts.size());
    std::vector<bool> isPlaced(grafts.size()), isTaken(grafts.size());
    for (std::size_t k = 0; k < front.size(); ++k) {
        ordered[front[k]] = grafts[bySize[k]];
        ordered[front[k]].hairs.resize(1);  // where singles run out, bigger ones are trimmed
        isPlaced[front[k]] = isTaken[bySize[k]] = true;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        if (isPlaced[i]) continue;
        while (isTaken[next]) ++next;
        ordered[i] = std::move(grafts[next++]);
    }
    grafts = std::move(ordered);
}

/// A frame on the skin: along the hair's way, across it, and up.
struct Frame {
    glm::vec3 along, across, up;
    Frame(glm::vec3 way, glm::vec3 normal) : up(normal) {
        way -= glm::dot(way, up) * up;
        along = glm::dot(way, way) > 1e-8f ? glm::normalize(way) : anyTangent(up);
        across = glm::cross(up, along);
    }
    static glm::vec3 anyTangent(glm::vec3 n) {
        return glm::normalize(glm::cross(n, std::abs(n.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0)));
    }
};

/// Adds a graft's hairs at a site.
void plant(const GraftGround& ground, const GraftDesign& design, const Graft& graft, const Site& site,
           std::uint64_t index, std::uint64_t seed, const Follicles& donors, std::uint32_t unit,
           Follicles& planted) {
    const bool isPlug = design.hairline == GraftHairline::pluggy;
    const glm::uvec3 t = ground.head->mesh.triangles[site.point.triangle];
    const glm::vec3 b = site.point.barycentric;
    const Frame to(b.x * ground.growth[t.x] + b.y * ground.growth[t.y] + b.z * ground.growth[t.z],
                   site.normal);
    const EmergenceAngle angle = emergenceAngle(ground.head->chart.chartFromMm(site.positionMm));
    const float middle = isPlug ? radiansFromDegrees(kPlugRiseDegrees) : angle.mean;
    const float riseRadians =
        middle + angle.halfRange * (2 * unitFloat(hashCounters(seed, Stream::rise, index)) - 1);
    const float unitTurnRadians =
        radiansFromDegrees(kUnitTurnDegrees) * deviate(seed, Stream::unitTurn, index);
    std::size_t most = graft.hairs.size();
    if (isPlug)
        most = kLeastPlugHairs +
               static_cast<std::size_t>((kMostPlugHairs - kLeastPlugHairs + 1) *
                                        unitFloat(hashCounters(seed, Stream::plugHairs, index)));
    std::size_t grown = 0;
    for (const std::uint32_t from : graft.hairs) {
        // A unit lives or dies as a whole, a plug hair by hair.
        const std::uint64_t id = isPlug ? hashCounters(index, from) : index;
        if (unitFloat(hashCounters(seed, Stream::survival, id)) >= design.survival || grown == most) continue;
        ++grown;
        const Frame was(donors.directions[from], donors.normals[from]);
        glm::vec3 offset = donors.positionsMm[from] - graft.centreMm;
        if (graft.hairs.size() == 1) offset = glm::vec3(0);
        if (isPlug) offset *= kPlugShrinks;
        const float x = glm::dot(offset, was.along), y = glm::dot(offset, was.across);
        const float turn = unitTurnRadians + radiansFromDegrees(kHairTurnDegrees) *
                                                 deviate(seed, Stream::hairTurn, hashCounters(index, from));
        const glm::vec3 tangent = std::cos(turn) * to.along + std::sin(turn) * to.across;
        const glm::vec3 direction =
            glm::normalize(std::cos(riseRadians) * tangent + std::sin(riseRadians) * to.up);
        // The plane of curl turns with the hair.
        const glm::vec3 wasDown = glm::normalize(glm::cross(was.up, donors.directions[from])),
                        down = glm::normalize(glm::cross(to.up, direction));
        const glm::vec3 axis = donors.curlAxes[from];
        planted.positionsMm.push_back(site.positionMm + x * to.along + y * to.across -
                                      (x * x + y * y) / (2 * kSkullMm) * to.up);
        planted.normals.push_back(to.up);
        planted.directions.push_back(direction);
        planted.diametersUm.push_back(donors.diametersUm[from]);
        planted.melanin.push_back(donors.melanin[from]);
        planted.reachMm.push_back(donors.reachMm[from]);
        planted.curvaturesPerMm.push_back(donors.curvaturesPerMm[from]);
        planted.curlAxes.push_back(glm::normalize(
            glm::dot(axis, wasDown) * down +
            glm::dot(axis, glm::cross(donors.directions[from], wasDown)) * glm::cross(direction, down)));
        planted.growing.push_back(donors.growing[from]);
        planted.units.push_back(unit);
    }
}

std::vector<Scar> punchScars(const Head& head, std::span<const Graft> grafts, float widthMm) {
    std::vector<Scar> scars;
    for (const Graft& graft : grafts)
        scars.push_back({.points = {head.chart.chartFromMm(graft.centreMm)},
                         .widthMm = widthMm,
                         .paleness = 0.6f,
                         .gloss = 0.2f});
    return scars;
}

/// One line across the back, so long and wide as the strip for so many units makes it.
Scar stripScar(const Head& head, std::size_t units) {
    const float areaMm2 = static_cast<float>(units) / kStripUnitsPerCm2 * static_cast<float>(kMm2PerCm2);
    const float lengthMm = std::clamp(areaMm2 / kStripWidthMm, kLeastStripMm, kMostStripMm);
    const float tight = std::max(areaMm2 / lengthMm / kStripWidthMm - 1, 0.0f);
    Scar scar;
    scar.widthMm = std::min(kStripScarMm * (1 + tight), kMostStripScarMm);
    // From the middle to both sides, so far as it is long.
    const std::shared_ptr<const Skull> skull = skullOf(head);
    for (const float side : {-1.0f, 1.0f}) {
        std::optional<glm::vec3> last;
        float arcMm = 0;
        for (int degrees = 0; degrees <= kMostStripDegrees && arcMm < 0.5f * lengthMm; ++degrees) {
            const float angle = side * radiansFromDegrees(static_cast<float>(degrees));
            const glm::vec2 chart = kStripRadius * glm::vec2(std::sin(angle), -std::cos(angle));
            const std::optional<glm::vec3> place = skull->tracer().positionMm(chart);
            if (place && last) arcMm += glm::distance(*place, *last);
            if (place) last = place;
            if (degrees > 0 || side > 0) scar.points.push_back(chart);
        }
        if (side < 0) std::ranges::reverse(scar.points);
    }
    return scar;
}

}  // namespace

std::string_view graftMethodName(GraftMethod method) {
    constexpr std::array<std::string_view, kGraftMethodCount> kNames = {"FUE", "strip"};
    return kNames[static_cast<std::size_t>(method)];
}

std::string_view graftHairlineName(GraftHairline hairline) {
    constexpr std::array<std::string_view, kGraftHairlineCount> kNames = {"natural", "pluggy"};
    return kNames[static_cast<std::size_t>(hairline)];
}

float donorShare(glm::vec2 chart) {
    const float radius = glm::length(chart);
    return glm::smoothstep(kDonorMinRadius, kDonorMinRadius + kDonorEdge, radius) *
           glm::smoothstep(-kDonorMaxRadius, kDonorEdge - kDonorMaxRadius, -radius) *
           glm::smoothstep(-kDonorMaxY, kDonorEdge - kDonorMaxY, -chart.y);
}

Result<Transplant> transplant(const GraftGround& ground, const GraftDesign& design, std::uint64_t seed,
                              Follicles& follicles) {
    if (design.count == 0) return Transplant{{}, follicles.size()};
    const bool isPluggy = design.hairline == GraftHairline::pluggy;
    const auto count = static_cast<std::size_t>(design.count);
    std::vector<Graft> grafts = donorUnits(*ground.head, follicles);
    if (isPluggy)
        grafts = donorPlugs(*ground.head, follicles, grafts);
    else
        grafts.resize(static_cast<std::size_t>(kDonorMostShare * static_cast<float>(grafts.size())));
    if (grafts.size() < count)
        return fail(ExitCode::badInput, "grafts.count: {} grafts, but the donor area can give {}", count,
                    grafts.size());
    grafts.resize(count);
    STUBBLE_TRY(const std::vector<Site> sites, isPluggy ? plugSites(ground, count, design.setbackMm, seed)
                                                        : unitSites(ground, count, design.setbackMm, seed));

    std::vector<Scar> scars;
    std::vector<bool> isTaken(follicles.size());
    std::size_t units = count;
    if (design.method == GraftMethod::fue) {
        scars = punchScars(*ground.head, grafts, isPluggy ? kPlugScarMm : kPunchScarMm);
        for (const Graft& graft : grafts)
            for (const std::uint32_t hair : graft.hairs) isTaken[hair] = true;
    } else {
        if (isPluggy)  // a plug's worth of units
            units = static_cast<std::size_t>(static_cast<float>(count) * kPi * kPlugRadiusMm * kPlugRadiusMm *
                                             kStripUnitsPerCm2 / static_cast<float>(kMm2PerCm2));
        scars = {stripScar(*ground.head, units)};
    }
    if (!isPluggy) singlesInFront(sites, grafts);
    Follicles planted;
    const std::uint32_t firstUnit =
        follicles.units.empty() ? 0 : *std::ranges::max_element(follicles.units) + 1;
    for (std::size_t i = 0; i < count; ++i)
        plant(ground, design, grafts[i], sites[i], i, seed, follicles,
              firstUnit + static_cast<std::uint32_t>(i), planted);
    keepFollicles(follicles, [&](std::size_t i) { return !isTaken[i]; });
    const std::size_t kept = follicles.size();
    append(follicles, planted);
    return Transplant{std::move(scars), kept};
}

std::vector<float> shareOf(const Follicles& follicles, const Head& head, const HairDesign& hair) {
    const HairTraits traits = traitsOf(hair);
    const std::vector<float> full = fullHairsPerCm2(head, traits.densityPerCm2);
    const std::vector<HairCover> covers =
        hairCoverAt(head.mesh.positionsMm, head.mesh.normals, growStrands(follicles, hair));
    std::vector<float> share(full.size());
    for (std::size_t i = 0; i < share.size(); ++i) {
        const float hairsPerCm2 =
            covers[i].layersPerMm / (traits.diameterUm * 1e-3f) * static_cast<float>(kMm2PerCm2);
        if (hairsPerCm2 > 0) share[i] = full[i] > 0 ? std::min(hairsPerCm2 / full[i], 1.0f) : 1.0f;
    }
    return share;
}

}  // namespace stubble
