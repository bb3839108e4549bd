#pragma once
// Follicle patterns as orders in which candidates come in.

#include <vector>

#include "engine/treatment/candidates.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Of each candidate the even density, dots/cm², at which it becomes a dot (afro: a cluster of three): its
/// own; for the random pattern ranks are shuffled a little, and by patches, so that dots crowd here and leave
/// gaps there while the mean over a cm stays. Shuffling has less room the nearer the density comes to that of
/// all candidates: distances to the nearest neighbour vary by about 0.35, 0.3 and 0.2 of their mean at 90,
/// 180 and 300 dots/cm².
std::vector<float> patternDensities(const Candidates& candidates, DotPattern pattern);

}  // namespace stubble
