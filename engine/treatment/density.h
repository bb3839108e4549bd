#pragma once
// How dense a treatment is, place by place.

#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/scalp/hairline.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Impressions per cm² at each vertex. None before the hairline; behind it the edge fades in over the
/// hairline's feather, and density climbs from smp.frontDensity to full over smp.gradientMm. Pigment stands
/// in for the hair that is missing: full where skin is bald, none where hair is full, with a ramp of
/// smp.blendMm (and of the belt of miniaturised hair itself) centred on the border between the two. Never on
/// face, ears or neck. All 0 when the treatment is off. `hairShare` comes from engine/scalp/hair_loss.h.
/// Fails (badInput) when a field does not have one value a vertex.
Result<std::vector<float>> treatmentDensity(const Head& head, const HairlineField& hairline,
                                            std::span<const float> hairShare, const SmpDesign& smp);

/// The same at a place: the share of smp.densityPerCm2 that the hairline allows there, 0 to 1.
float hairlineShare(float signedDistanceMm, float featherMm, const SmpDesign& smp);

}  // namespace stubble
