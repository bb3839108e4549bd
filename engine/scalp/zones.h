#pragma once
// The parts of a scalp as practitioners name them.

#include <array>
#include <cstdint>
#include <glm/glm.hpp>
#include <string_view>

namespace stubble {

enum class Zone : std::uint8_t { frontEdge, transition, forelock, midScalp, crown, temples, sides, nape };
inline constexpr std::size_t kZoneCount = 8;

/// "front edge", "transition", …
std::string_view zoneName(Zone zone);

/// The zone of a chart place that lies behindHairlineMm behind the designed hairline (negative: before it).
Zone zoneAt(glm::vec2 chart, float behindHairlineMm);

}  // namespace stubble
