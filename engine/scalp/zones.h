#pragma once
// The zones of the scalp by practitioners' names.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/scalp/hairline.h"

namespace stubble {

enum class Zone : std::uint8_t {
    frontEdge,   ///< the first 10 mm behind the hairline over the forehead: single hairs
    transition,  ///< the next 15 mm, where density rises
    forelock,    ///< behind it in the middle, before the ear-to-ear line's middle
    midScalp,    ///< between forelock and crown
    crown,       ///< around the whorl
    temples,     ///< beside the forelock and in front of the ears, sideburns included
    sides,       ///< above and behind the ears
    nape,        ///< the back below the crown
    scar,        ///< in a scar of the client, wherever it lies: engine/scalp/scar.h
    outside,     ///< before the hairline
};
inline constexpr int kZoneCount = 10;
/// Zones that can be treated: those before `outside`.
inline constexpr int kTreatedZoneCount = 9;

/// "front edge", "transition", …: for people.
std::string_view zoneName(Zone zone);
std::optional<Zone> zoneFromName(std::string_view name);
/// "frontEdge", "transition", …: in keys of a design.
std::string_view zoneKey(Zone zone);
/// Where it lies, for people: "the first 10 mm behind the hairline over the forehead".
std::string_view zoneMeaning(Zone zone);

/// From this distance behind the hairline on a zone depends on the chart alone, mm.
inline constexpr float kZoneReachMm = 25;

/// The zone of a place given its chart position and its distance behind the hairline; never `scar`. Does not
/// know ears or neck: ask head.craniumMask.
Zone zoneAt(glm::vec2 chart, float hairlineDistanceMm);

/// Area of each zone on the head, cm², counting skin by head.craniumMask. Scars count to the zone they lie
/// in.
std::array<double, kZoneCount> zoneAreasCm2(const Head& head, const HairlineField& hairline);

}  // namespace stubble
