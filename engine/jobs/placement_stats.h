#pragma once
// How a treatment lies on a head: densities by zone, and how well its dots are spread.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/geometry/mesh.h"
#include "engine/geometry/spread.h"
#include "engine/scalp/zones.h"
#include "engine/treatment/impressions.h"

namespace stubble {

/// Where density varies, distances are judged by the local spacing s: that of a hexagonal lattice of the
/// density around a dot (localSpacingsMm).
struct TreatedParts {
    /// A part of the treatment. Its area is the skin whose nearest dot, at most s away, belongs to it.
    struct Part {
        std::size_t dots = 0;
        double areaCm2 = 0;  ///< 0 for fewer than 20 dots
        [[nodiscard]] double dotsPerCm2() const {
            return areaCm2 > 0 ? static_cast<double>(dots) / areaCm2 : 0;
        }
    };
    struct ZonePart : Part {
        Zone zone = Zone::frontEdge;
    };
    Part whole;
    std::vector<ZonePart> zones;  ///< those with dots, in the order of Zone
};

struct PlacementStats : TreatedParts {
    std::vector<std::size_t> dotsPerSession;

    double spacingMm = 0;       ///< median of s over the dots
    Quantiles nearestMm;        ///< each dot to its nearest neighbour on its side of the skin
    Quantiles nearestRelative;  ///< the same ÷ s
    double smallestMm = 0;      ///< between any two on one side
    double closeShare = 0;      ///< of the dots: nearest neighbour nearer than kClose · s
    double correlationPeak = 0, correlationPeakAt = 0;  ///< PairStatistics::peak, distances in s

    /// Fully treated: mesh triangles that stand among dots (at corners and centre, dots within 3 s leave no
    /// direction open by more than 120°) whose s is at most 1.1 times the median.
    double fullAreaCm2 = 0;
    double largestGapMm = 0;  ///< to within 1 % of spacingMm, in the fully treated area; 0 where that is none

    static constexpr double kClose = 0.66;
};

/// The parts alone, a fraction of the work. `mesh` has one normal a vertex.
TreatedParts measureTreated(const TriMesh& mesh, const Impressions& impressions);

/// Fewer than 20 dots have counts, sessions and distances alone. `mesh` has one normal a vertex.
PlacementStats measurePlacement(const TriMesh& mesh, const Impressions& impressions);

nlohmann::ordered_json placementStatsJson(const PlacementStats& stats);
/// For a person, one measure a line.
std::string placementStatsText(const PlacementStats& stats);

}  // namespace stubble
