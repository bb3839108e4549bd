#pragma once
// FLIP: how much two aligned pictures differ when one flips between them.

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

struct FlipDifference {
    Image<float> map;  ///< 0: no difference, 1: the largest
    double mean = 0;
};

/// FLIP for pictures in [0, 1] (linear sRGB, values outside are clamped) at `pixelsPerDegree` > 0, 67 being
/// its usual one. Symmetric. Fails on empty pictures, different sizes or values that are not finite.
/// (Andersson et al., "FLIP: a difference evaluator for alternating images", 2020.)
Result<FlipDifference> flipDifference(const ImageLinear& reference, const ImageLinear& test,
                                      double pixelsPerDegree);

}  // namespace stubble
