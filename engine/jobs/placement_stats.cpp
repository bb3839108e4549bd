#include "engine/jobs/placement_stats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/geometry/surface_probes.h"
#include "engine/jobs/spread_report.h"

namespace stubble {
namespace {

// Working defaults, documented with PlacementStats.
constexpr float kFullSpacing = 1.1f, kAround = 3, kOpenDegrees = 120;
constexpr float kMaxSpacing = 4;  ///< medians: a stray dot far off treats no more skin than this
constexpr std::size_t kMinDots = 20;
/// Each stands for an even share of the skin: areas come out to within 0.1 %.
constexpr std::size_t kProbesADot = 8, kMaxProbes = 250'000;

/// Answers where on the skin the treatment is.
class Treated {
  public:
    /// Spacings are in the dots' own order.
    Treated(const OrientedTree& dots, std::span<const float> spacingsMm, float medianMm)
        : dots_(dots), spacingsMm_(spacingsMm), medianMm_(medianMm) {}

    /// The nearest dot, in the tree's order, on the side of a place; kNone where the place is farther from it
    /// than its spacing.
    [[nodiscard]] std::size_t dotAt(glm::vec3 placeMm, glm::vec3 normal) const {
        const auto nearest = nearestTo(placeMm, normal);
        if (nearest.i == OrientedTree::kNone) return OrientedTree::kNone;
        const float spacing = spacingsMm_[dots_.given(nearest.i)];
        return nearest.squaredMm2 <= spacing * spacing ? nearest.i : OrientedTree::kNone;
    }

    [[nodiscard]] bool isFull(glm::vec3 placeMm, glm::vec3 normal) const {
        const auto nearest = nearestTo(placeMm, normal);
        if (nearest.i == OrientedTree::kNone) return false;
        const float spacing = spacingsMm_[dots_.given(nearest.i)];
        if (spacing > kFullSpacing * medianMm_ || std::sqrt(nearest.squaredMm2) > kAround * spacing)
            return false;
        const glm::vec3 axis = std::abs(normal.x) < 0.7f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
        const glm::vec3 y = glm::cross(normal, axis), x = glm::cross(y, normal);
        std::vector<float> turns;
        dots_.visitWithin(placeMm, kAround * spacing, [&](std::size_t i, float) {
            const glm::vec3 step = dots_.positionMm(i) - placeMm;
            if (shareSide(step, normal, dots_.normal(i)))
                turns.push_back(std::atan2(glm::dot(step, y), glm::dot(step, x)));
        });
        std::ranges::sort(turns);
        float open = turns.front() + 2 * kPi - turns.back();
        for (std::size_t k = 1; k < turns.size(); ++k) open = std::max(open, turns[k] - turns[k - 1]);
        return open <= radiansFromDegrees(kOpenDegrees);
    }

  private:
    [[nodiscard]] OrientedTree::Nearest nearestTo(glm::vec3 placeMm, glm::vec3 normal) const {
        return dots_.nearest(
            placeMm, [&](std::size_t i, glm::vec3 step) { return shareSide(step, normal, dots_.normal(i)); });
    }

    const OrientedTree& dots_;
    std::span<const float> spacingsMm_;
    float medianMm_;
};

/// Triangles that may be as near to a dot as reachMm.
std::vector<std::uint32_t> trianglesNear(const TriMesh& mesh, const OrientedTree& dots, float reachMm) {
    std::vector<char> near(mesh.triangles.size());
    parallelFor(near.size(), [&](std::size_t k) {
        const glm::uvec3 t = mesh.triangles[k];
        const glm::vec3 a = mesh.positionsMm[t.x], b = mesh.positionsMm[t.y], c = mesh.positionsMm[t.z];
        const glm::vec3 centre = (a + b + c) / 3.0f;
        const float radius =
            std::max({glm::distance(a, centre), glm::distance(b, centre), glm::distance(c, centre)});
        const auto any = [](std::size_t, glm::vec3) { return true; };
        near[k] = dots.nearest(centre, any, reachMm + radius).i != OrientedTree::kNone;
    });
    std::vector<std::uint32_t> found;
    for (std::uint32_t k = 0; k < near.size(); ++k)
        if (near[k]) found.push_back(k);
    return found;
}

double areaCm2Of(const TriMesh& mesh, std::span<const std::uint32_t> triangles) {
    double mm2 = 0;
    for (const std::uint32_t t : triangles) mm2 += triangleAreaMm2(mesh, t);
    return mm2 / kMm2PerCm2;
}

std::vector<std::uint32_t> fullTriangles(const TriMesh& mesh, std::span<const std::uint32_t> near,
                                         const Treated& treated) {
    std::vector<char> full(near.size());
    parallelFor(near.size(), [&](std::size_t k) {
        const auto isFull = [&](glm::vec3 barycentric) {
            const SurfacePoint point{near[k], barycentric};
            return treated.isFull(positionMmAt(mesh, point), normalAt(mesh, point));
        };
        full[k] = isFull({1, 0, 0}) && isFull({0, 1, 0}) && isFull({0, 0, 1}) && isFull(glm::vec3(1.0f / 3));
    });
    std::vector<std::uint32_t> found;
    for (std::size_t k = 0; k < near.size(); ++k)
        if (full[k]) found.push_back(near[k]);
    return found;
}

/// The dots, and where they lie close enough to be a treatment.
struct Ground {
    OrientedTree dots;
    std::vector<float> spacingsMm;  ///< in the dots' own order; limited where the treatment can be told
    double medianMm = 0;
    std::vector<std::uint32_t> near;  ///< triangles; none where it cannot be told

    Ground(const TriMesh& mesh, const Impressions& impressions)
        : dots(impressions.positionsMm, impressions.normals),
          spacingsMm(localSpacingsMm(dots)),
          medianMm(quantilesOf(spacingsMm).median) {
        if (impressions.size() < kMinDots || medianMm <= 0) return;
        const auto median = static_cast<float>(medianMm);
        for (float& spacing : spacingsMm) spacing = std::clamp(spacing, 1e-3f * median, kMaxSpacing * median);
        near = trianglesNear(mesh, dots, std::ranges::max(spacingsMm));
    }
    [[nodiscard]] Treated treated() const { return {dots, spacingsMm, static_cast<float>(medianMm)}; }
};

TreatedParts partsOf(const TriMesh& mesh, const Impressions& impressions, const Ground& ground) {
    TreatedParts parts;
    parts.whole.dots = impressions.size();
    std::array<PlacementStats::Part, kZoneCount> byZone{};
    for (const std::uint8_t zone : impressions.zones) ++byZone[zone].dots;
    if (!ground.near.empty()) {
        const Treated treated = ground.treated();
        const std::vector<SurfaceProbe> probes =
            surfaceProbes(mesh, ground.near, std::min(kProbesADot * impressions.size(), kMaxProbes));
        std::vector<std::size_t> dotOf(probes.size());
        parallelFor(probes.size(),
                    [&](std::size_t i) { dotOf[i] = treated.dotAt(probes[i].positionMm, probes[i].normal); });
        const double probeCm2 =
            areaCm2Of(mesh, ground.near) / static_cast<double>(std::max<std::size_t>(1, probes.size()));
        for (const std::size_t dot : dotOf) {
            if (dot == OrientedTree::kNone) continue;
            parts.whole.areaCm2 += probeCm2;
            byZone[impressions.zones[ground.dots.given(dot)]].areaCm2 += probeCm2;
        }
    }
    for (std::size_t zone = 0; zone < byZone.size(); ++zone)
        if (byZone[zone].dots > 0) parts.zones.push_back({byZone[zone], static_cast<Zone>(zone)});
    return parts;
}

}  // namespace

TreatedParts measureTreated(const TriMesh& mesh, const Impressions& impressions) {
    return partsOf(mesh, impressions, Ground(mesh, impressions));
}

PlacementStats measurePlacement(const TriMesh& mesh, const Impressions& impressions) {
    const Ground ground(mesh, impressions);
    const OrientedTree& dots = ground.dots;
    PlacementStats stats;
    static_cast<TreatedParts&>(stats) = partsOf(mesh, impressions, ground);
    stats.dotsPerSession = dotsPerSession(impressions);
    const NearestDistances nearest = nearestDistances(dots);
    stats.nearestMm = quantilesOf(nearest.mm);
    stats.smallestMm = stats.nearestMm.min;
    stats.spacingMm = ground.medianMm;
    if (ground.near.empty()) return stats;
    const std::vector<float>& spacings = ground.spacingsMm;
    std::vector<float> relative(spacings.size());
    for (std::size_t i = 0; i < relative.size(); ++i) relative[i] = nearest.mm[i] / spacings[i];
    stats.nearestRelative = quantilesOf(relative);
    stats.closeShare =
        static_cast<double>(std::ranges::count_if(
            relative, [](float r) { return r < static_cast<float>(PlacementStats::kClose); })) /
        static_cast<double>(relative.size());
    const PairStatistics pairs = pairStatistics(mesh, ground.near, dots, spacings);
    stats.correlationPeak = pairs.peak();
    stats.correlationPeakAt = pairs.peakAt();
    const std::vector<std::uint32_t> full = fullTriangles(mesh, ground.near, ground.treated());
    stats.fullAreaCm2 = areaCm2Of(mesh, full);
    stats.largestGapMm =
        static_cast<double>(largestGap(mesh, full, dots, static_cast<float>(ground.medianMm)).largestMm);
    return stats;
}

nlohmann::ordered_json placementStatsJson(const PlacementStats& stats) {
    const auto part = [](const PlacementStats::Part& p) {
        return nlohmann::ordered_json{{"dots", p.dots},
                                      {"areaCm2", reportNumber(p.areaCm2)},
                                      {"dotsPerCm2", reportNumber(p.dotsPerCm2())}};
    };
    nlohmann::ordered_json json = part(stats.whole);
    json["zones"] = nlohmann::ordered_json::object();
    for (const PlacementStats::ZonePart& zone : stats.zones)
        json["zones"][std::string(zoneName(zone.zone))] = part(zone);
    json["dotsPerSession"] = stats.dotsPerSession;
    json["localSpacingMm"] = reportNumber(stats.spacingMm);
    json["nearestNeighbourMm"] = quantilesJson(stats.nearestMm);
    json["relativeNearestNeighbour"] = quantilesJson(stats.nearestRelative);
    json["smallestDistanceMm"] = reportNumber(stats.smallestMm);
    json["shareCloserThan066"] = reportNumber(stats.closeShare);
    json["pairCorrelationPeak"] = reportNumber(stats.correlationPeak);
    json["pairCorrelationPeakAt"] = reportNumber(stats.correlationPeakAt);
    json["fullyTreatedAreaCm2"] = reportNumber(stats.fullAreaCm2);
    json["largestGapMm"] = reportNumber(stats.largestGapMm);
    return json;
}

std::string placementStatsText(const PlacementStats& stats) {
    const auto line = [](std::string_view name, const PlacementStats::Part& p) {
        return fmt::format("{:<12}{:>8} dots{:>9.1f} cm²{:>8.1f} dots/cm²\n", name, p.dots, p.areaCm2,
                           p.dotsPerCm2());
    };
    std::string text = line("treated", stats.whole);
    for (const PlacementStats::ZonePart& zone : stats.zones)
        text += line(fmt::format("  {}", zoneName(zone.zone)), zone);
    if (stats.whole.dots == 0) return text;
    text += fmt::format("sessions: {} dots\n", fmt::join(stats.dotsPerSession, ", "));
    const Quantiles &mm = stats.nearestMm, &relative = stats.nearestRelative;
    text += fmt::format(
        "nearest neighbours {:.2f} mm (5 %), {:.2f} mm (median), {:.2f} mm (95 %); smallest distance {:.3f} "
        "mm\n",
        mm.fifth, mm.median, mm.ninetyFifth, stats.smallestMm);
    if (stats.whole.areaCm2 == 0) return text;
    return text + fmt::format(
                      "local spacing {:.2f} mm (median); nearest neighbours in it {:.2f}, {:.2f}, {:.2f}\n"
                      "{:.2f} % of dots are closer than {} local spacings\n"
                      "{}\n"
                      "largest gap {:.2f} mm in the {:.1f} cm² that are treated in full\n",
                      stats.spacingMm, relative.fifth, relative.median, relative.ninetyFifth,
                      100 * stats.closeShare, PlacementStats::kClose,
                      peakText(stats.correlationPeak, stats.correlationPeakAt), stats.largestGapMm,
                      stats.fullAreaCm2);
}

}  // namespace stubble
