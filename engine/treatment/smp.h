#pragma once
// What a design says about the pigment treatment.

#include <array>
#include <string_view>
#include <vector>

#include "engine/core/pigment_base.h"
#include "engine/scalp/zones.h"
#include "engine/treatment/brush.h"

namespace stubble {

/// Pigment put into a dot, percent of its volume when healed, for a dilution of one part of water: 10:1 puts
/// in 0.5 %, of which 0.3 % stays, inside the 0.1–1 % taken for healed pigment. Working default.
inline constexpr float kLoadPercentTimesDilution = 5;

/// Follicle patterns by practitioners' names.
enum class DotPattern {
    fine,    ///< single dots, evenly spread
    random,  ///< uneven, as natural follicles lie
    afro,    ///< triple taps: clusters of three with gaps between
};
inline constexpr std::array<std::string_view, 3> kDotPatternNames = {"fine", "random", "afro"};

/// Cartridges by the number of their needle's points. A record for the treatment sheet: how large and how
/// deep dots turn out stands in keys of their own.
enum class Needle { onePoint, threePoint, fivePoint };
inline constexpr std::array<std::string_view, 3> kNeedleNames = {"1-point", "3-point", "5-point"};
inline constexpr std::array<int, 3> kNeedlePoints = {1, 3, 5};

/// What a zone has of its own, relative to the whole treatment.
struct ZoneDesign {
    float density = 1;  ///< times smp.densityPerCm2 and its gradient, 0 to 3
    float size = 1;     ///< times smp.diameterMm, 0.3 to 3
    float shade = 1;    ///< times the load, 0.2 to 3

    bool operator==(const ZoneDesign&) const = default;
};

/// Most impressions that smp.count may ask for: ten times a whole head.
inline constexpr int kMaxImpressionCount = 500000;

/// Ranges are checked when a design is read. Sources: docs/sources.md, practice.
struct SmpDesign {
    bool enabled = true;
    float densityPerCm2 = 220;  ///< all sessions together, where full; 0 to 400. Working default, as dark as
                                ///< shaved hair beside it
    float diameterMm = 0.15f;   ///< healed, at the surface; 0.03 to 0.8 (healed 0.07–0.15)
    float diameterSpread = 0.12f;  ///< relative standard deviation, 0 to 0.5; working default
    float depthMm = 0.14f;         ///< of the pigment's centroid, 0.05 to 1.5 (0.10–0.30 where well done)
    float depthSpreadMm = 0.03f;   ///< standard deviation, 0 to 0.3; working default
    float loadSpread = 0.15f;      ///< relative standard deviation, 0 to 0.5; working default
    int sessions = 3;              ///< 1 to 6 (2–5, usually 3)
    float dilution = 6;            ///< parts of water to one of pigment, 1 to 40 (6–20)
    PigmentBase pigment = PigmentBase::carbon;
    Needle needle = Needle::threePoint;  ///< the common one
    float frontDensity =
        0.75f;  ///< density at the front edge relative to full, 0 to 1: the front-to-back gradient
    float gradientMm = 35;  ///< distance behind the hairline at which density is full, 0 to 100
    float blendMm = 15;  ///< how far the treatment fades into the hair that remains, 0 to 60; working default
    DotPattern pattern = DotPattern::fine;
    int count = 0;  ///< exactly so many impressions, 0 to kMaxImpressionCount; 0: as many as density asks for
    std::array<ZoneDesign, kTreatedZoneCount> zones{};  ///< by Zone
    std::vector<BrushStroke> strokes;                   ///< in the order they are applied

    bool operator==(const SmpDesign&) const = default;
};

}  // namespace stubble
