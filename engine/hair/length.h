#pragma once
// How long hair stands above the skin.

#include <array>
#include <string_view>

#include "engine/hair/hair.h"

namespace stubble {

/// A clipper's setting and the length it leaves.
struct ClipperSetting {
    std::string_view name;
    float lengthMm;
};
/// razor, foil and none (no guard) are working defaults within their usual ranges; guards by their makers.
inline constexpr std::array<ClipperSetting, 13> kClipperSettings = {{{"razor", 0.05f},
                                                                     {"foil", 0.15f},
                                                                     {"none", 0.75f},
                                                                     {"#1/2", 1.5f},
                                                                     {"#1", 3},
                                                                     {"#1.5", 4.5f},
                                                                     {"#2", 6},
                                                                     {"#3", 10},
                                                                     {"#4", 13},
                                                                     {"#5", 16},
                                                                     {"#6", 19},
                                                                     {"#7", 22},
                                                                     {"#8", 25}}};

/// Along the shaft, mm: all hairs are clipped to one length, growing ones have grown since by their ancestry,
/// and none is longer than its reach (Follicles::reachMm).
float hairLengthMm(const HairDesign& hair, bool growing, float reachMm);

}  // namespace stubble
