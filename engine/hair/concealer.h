#pragma once
// What people put on thin hair for the day: loose fibres, or a powder that paints the skin.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/hair/strands.h"
#include "engine/scalp/hairline.h"

namespace stubble {

enum class ConcealerKind { none, fibres, powder };
inline constexpr int kConcealerKindCount = 3;
/// "none", "fibres", "powder": the names in designs.
std::string_view concealerKindName(ConcealerKind kind);

/// Ranges are checked when a design is read. Sources: docs/sources.md, hair.
struct ConcealerDesign {
    ConcealerKind kind = ConcealerKind::none;
    float amount = 0.7f;  ///< 0 none, 1 as much as stays on

    bool operator==(const ConcealerDesign&) const = default;
};

/// How much concealer a place gets at each vertex, 0 to 1: where hair is lacking behind the hairline.
std::vector<float> concealerShare(const Head& head, const Hairline& hairline,
                                  std::span<const float> vertexHairShare);

/// The share of skin that it hides evenly, of a place's share times the design's amount: all of a powder; of
/// fibres what lies under those that looseFibres makes.
float hiddenSkin(ConcealerKind kind, float laid);

/// Fibres that lie at random on the skin and on the hair that stands there, of the hair's colour: the
/// uppermost ones. `share` as concealerShare; depends on its arguments alone.
Strands looseFibres(const Head& head, std::span<const float> share, float amount, const Strands& hair,
                    std::uint64_t seed);

}  // namespace stubble
