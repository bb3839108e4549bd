#pragma once
// Follicle patterns as orders in which candidates come in.

#include <vector>

#include "engine/treatment/candidates.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Of each candidate the even density, dots/cm², at which it becomes a dot (afro: a cluster of three): its
/// own; for the random pattern ranks are shuffled, so that dots stand closer here and leave gaps there while
/// the mean over a cm stays. Shuffling has less room the nearer the density comes to that of all candidates.
std::vector<float> patternDensities(const Candidates& candidates, DotPattern pattern);

}  // namespace stubble
