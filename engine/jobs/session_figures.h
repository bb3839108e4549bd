#pragma once
// What the sessions of a treatment ask for: dots, dilution, time.

#include <vector>

#include "engine/scene/scene.h"

namespace stubble {

/// What one session puts in, counted from the impressions that are there.
struct SessionFigures {
    std::size_t dots = 0;
    double share = 0;       ///< of all dots
    double diameterMm = 0;  ///< mean, as the design means it healed
    double dilution = 0;    ///< parts of water to one of pigment that its mean load needs; 0 without dots
};
/// As many as the design has sessions.
std::vector<SessionFigures> sessionFigures(const Scene& scene);

/// How long so many dots take, hours.
struct Hours {
    double least = 0, most = 0;
};
Hours hoursFor(std::size_t dots);

}  // namespace stubble
