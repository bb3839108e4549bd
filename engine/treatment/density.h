#pragma once
// How many dots a treatment puts where.

#include <span>
#include <vector>

#include "engine/scalp/hair_loss.h"
#include "engine/scalp/head.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Dots/cm² at each vertex: none before the hairline, rising over featherMm behind it, from frontDensity to
/// full over gradientMm, and fading out over blendMm where the client's own hair takes over.
/// `behindHairlineMm` is one value a vertex.
std::vector<float> treatmentDensity(const Head& head, std::span<const float> behindHairlineMm,
                                    const HairLossField& loss, const SmpDesign& smp, float featherMm);

}  // namespace stubble
