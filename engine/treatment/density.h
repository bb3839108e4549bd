#pragma once
// How dense a treatment is, place by place.

#include <span>
#include <vector>

#include "engine/scalp/head.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// The share of hair that is missing at each vertex, 0 to 1, for which pigment stands in: 1 where skin is
/// bald, 0 where hair is full, with a ramp of blendMm (and of the belt of miniaturised hair itself) centred
/// on the border between the two. 0 off the cranium. `hairShare` comes from engine/scalp/hair_loss.h and has
/// one value a vertex.
std::vector<float> missingHair(const Head& head, std::span<const float> hairShare, float blendMm);

/// The share of smp.densityPerCm2 that the hairline allows at a distance behind it, 0 to 1: none before it;
/// behind it the edge fades in over featherMm, and density climbs from smp.frontDensity to full over
/// smp.gradientMm.
float hairlineShare(float signedDistanceMm, float featherMm, const SmpDesign& smp);

}  // namespace stubble
